import { Requires } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Booking } from '../bookings/booking.entity.js';
import { BookingType } from '../bookings/booking.types.js';
import type { MeetingService } from './meeting.service.js';
import { MeetingError, MeetingType, TestMeetingInput, TestMeetingPayload } from './meeting.types.js';

/** Video rooms in the graph. */
@Resolver(() => BookingType)
export class MeetingResolver {
  constructor(private readonly meetings: MeetingService) {}

  @FieldResolver(() => MeetingType, {
    nullable: true,
    description:
      'The video room of the lesson, for its two people only, while it is CONFIRMED or IN_PROGRESS; null until it is made, which takes seconds. It stays the same when the lesson is moved.',
  })
  meeting(@Root() booking: Booking, @Ctx() context: RequestContext): Promise<MeetingType | null> {
    return this.meetings.ofBooking(context, booking);
  }

  @Requires('marketplace.meetings.test')
  // Each makes a room with an outside provider.
  @Limited({ viewer: { points: 10, seconds: 60 } })
  @Mutation(() => TestMeetingPayload, {
    nullable: true,
    description: 'Tries a provider of video rooms as the settings have it: makes a room and removes it at once.',
  })
  testMeeting(
    @Arg('input', () => TestMeetingInput, { description: 'Which provider.' }) input: TestMeetingInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MeetingError, async () => ({ meeting: await this.meetings.test(input.provider) }));
  }
}
