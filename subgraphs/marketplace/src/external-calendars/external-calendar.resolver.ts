import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { ExternalCalendar } from './external-calendar.entity.js';
import {
  CalendarError,
  CalendarReferenceInput,
  ConnectCalendarInput,
  ConnectCalendarPayload,
  DisconnectCalendarPayload,
  RefreshCalendarPayload,
} from './external-calendar.payloads.js';
import type { ExternalCalendarService } from './external-calendar.service.js';
import { ExternalCalendarType } from './external-calendar.types.js';

/** Calendars that people keep elsewhere. */
@Resolver()
export class ExternalCalendarResolver {
  constructor(private readonly calendars: ExternalCalendarService) {}

  @SignedIn()
  @Query(() => [ExternalCalendarType], {
    nullable: true,
    description: 'Calendars that you have connected, five at most, the first connected first.',
  })
  myCalendars(@Ctx() context: RequestContext): Promise<ExternalCalendar[]> {
    return this.calendars.own(context);
  }

  @SignedIn()
  @Limited({ viewer: { points: 20, seconds: 60 * 60 } })
  @Mutation(() => ConnectCalendarPayload, {
    nullable: true,
    description: 'Connects a calendar that you keep elsewhere; it is read at once and then every 15 minutes.',
  })
  connectCalendar(
    @Arg('input', () => ConnectCalendarInput, { description: 'The calendar.' }) input: ConnectCalendarInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, CalendarError, async () => ({ calendar: await this.calendars.connect(context, input) }));
  }

  @SignedIn()
  @Limited({ viewer: { points: 20, seconds: 60 * 60 } })
  @Mutation(() => RefreshCalendarPayload, { nullable: true, description: 'Has a calendar of yours read now.' })
  refreshCalendar(
    @Arg('input', () => CalendarReferenceInput, { description: 'Which calendar.' }) input: CalendarReferenceInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, CalendarError, async () => ({ calendar: await this.calendars.refresh(context, input) }));
  }

  @SignedIn()
  @Mutation(() => DisconnectCalendarPayload, {
    nullable: true,
    description: 'Forgets a calendar of yours, its address and the times that it kept.',
  })
  disconnectCalendar(
    @Arg('input', () => CalendarReferenceInput, { description: 'Which calendar.' }) input: CalendarReferenceInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, CalendarError, async () => ({
      disconnectedCalendarId: await this.calendars.disconnect(context, input),
    }));
  }
}
