import type { DomainEvent } from '@tutorgraph/kit/events/event';
import type { LiveMessage, LiveStream } from '@tutorgraph/kit/events/live-stream';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { forbidden } from '@tutorgraph/kit/graphql/errors';
import { isOneOfTheTwo, maySeeBooking } from '../bookings/booking.access.js';
import type { Booking } from '../bookings/booking.entity.js';
import { bookingsById } from '../bookings/booking.repository.js';
import {
  bookingCancelled,
  bookingCompleted,
  bookingConfirmed,
  bookingCreated,
  bookingDisputed,
  bookingExpired,
  bookingHeld,
  bookingMeetingChanged,
  bookingNoShow,
  bookingPaymentAwaited,
  bookingRefundDue,
  bookingRescheduled,
  bookingStarted,
} from '../events.js';
import { tutorOfViewer } from '../tutors/tutor.repository.js';

/** A reminder changes nothing. */
const changes = [
  bookingCreated,
  bookingHeld,
  bookingPaymentAwaited,
  bookingConfirmed,
  bookingRescheduled,
  bookingStarted,
  bookingCompleted,
  bookingCancelled,
  bookingExpired,
  bookingNoShow,
  bookingDisputed,
  bookingRefundDue,
  bookingMeetingChanged,
].map(({ type }) => type);

/**
 * Bookings that people watch live. Who may is decided when a subscription starts and again at each message, which finds
 * the booking as it is in the database then.
 */
export class BookingLiveService {
  constructor(private readonly live: LiveStream) {}

  /** Changes of one booking, or of all that are the viewer's own. @throws FORBIDDEN */
  async watch(
    context: RequestContext,
    bookingId: string | null | undefined,
    after: string | null | undefined,
  ): Promise<AsyncIterable<LiveMessage>> {
    const keys = bookingId ? [`booking:${(await watched(context, bookingId)).id}`] : await ownKeys(context);
    return this.live.subscribe({ after, keys, types: changes, signal: context.signal });
  }

  /** The booking that a message is about. @throws FORBIDDEN when the one that is watched is not for the viewer any longer */
  async changed(
    context: RequestContext,
    bookingId: string | null | undefined,
    event: DomainEvent | null,
  ): Promise<Booking | null> {
    if (bookingId) {
      const booking = await watched(context, bookingId);
      return event && booking;
    }
    const booking = event && (await context.loader(bookingsById).load(event.subject));
    return booking && (await isOneOfTheTwo(context, booking)) ? booking : null;
  }
}

/** A booking that the viewer may watch. The refusal does not tell whether it exists. */
async function watched(context: RequestContext, id: string): Promise<Booking> {
  const booking = await context.loader(bookingsById).load(id);
  if (booking && (await maySeeBooking(context, booking))) return booking;
  throw forbidden('Only the two people of this booking may watch it');
}

async function ownKeys(context: RequestContext): Promise<string[]> {
  const tutor = await tutorOfViewer(context);
  return [`student:${context.user.userId}`, ...(tutor ? [`tutor:${tutor.id}`] : [])];
}
