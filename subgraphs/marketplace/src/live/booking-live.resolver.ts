import type { LiveMessage } from '@tutorgraph/kit/events/live-stream';
import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Arg, Ctx, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { BookingLiveService } from './booking-live.service.js';
import { BookingChangedEvent } from './booking-live.types.js';

interface Start {
  args: { bookingId?: string | null; after?: string | null };
  context: RequestContext;
}

/** Bookings that people watch live. */
@Resolver()
export class BookingLiveResolver {
  constructor(readonly service: BookingLiveService) {}

  @SignedIn()
  @Subscription(() => BookingChangedEvent, {
    nullable: true,
    description:
      'Changes of your own bookings, as a student and as a tutor, whoever makes them and when time does; new ones too. With an id, of that booking only; staff may watch any.',
    subscribe: ({ args, context }: Start) =>
      context.resolver(BookingLiveResolver).service.watch(context, args.bookingId, args.after),
  })
  async bookingChanged(
    @Root() { cursor, event }: LiveMessage,
    @Arg('bookingId', () => ID, { nullable: true, description: 'Which booking; all of your own without it.' })
    bookingId: string | null | undefined,
    @Arg('after', () => String, {
      nullable: true,
      description: 'The cursor of the last message that you have, to go on behind it; from now on without it.',
    })
    _after: string | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return { cursor, booking: await this.service.changed(context, bookingId, event) };
  }
}
