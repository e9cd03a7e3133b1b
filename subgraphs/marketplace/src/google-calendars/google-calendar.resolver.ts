import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { CalendarError, ConnectCalendarPayload } from '../external-calendars/external-calendar.payloads.js';
import type { GoogleCalendarService } from './google-calendar.service.js';
import { ConnectGoogleCalendarInput, GoogleCalendarConsent } from './google-calendar.types.js';

/** People's own Google calendars. */
@Resolver()
export class GoogleCalendarResolver {
  constructor(private readonly calendars: GoogleCalendarService) {}

  @SignedIn()
  @Limited({ viewer: { points: 20, seconds: 60 * 60 } })
  @Query(() => GoogleCalendarConsent, {
    nullable: true,
    description:
      'Where you allow us to read when you are busy in your Google calendar and to write your lessons into it; null when this server has no client at Google.',
  })
  googleCalendarConsent(@Ctx() context: RequestContext): Promise<GoogleCalendarConsent | null> {
    return this.calendars.consent(context);
  }

  @SignedIn()
  @Limited({ viewer: { points: 20, seconds: 60 * 60 } })
  @Mutation(() => ConnectCalendarPayload, {
    nullable: true,
    description:
      'Connects your main Google calendar after your consent, or connects it again. It keeps you busy, and your lessons to come are in it from now on.',
  })
  connectGoogleCalendar(
    @Arg('input', () => ConnectGoogleCalendarInput, { description: 'What you came back with.' })
    input: ConnectGoogleCalendarInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, CalendarError, async () => ({ calendar: await this.calendars.connect(context, input) }));
  }
}
