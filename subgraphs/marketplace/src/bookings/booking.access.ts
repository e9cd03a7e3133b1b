import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { tutorOfViewer } from '../tutors/tutor.repository.js';
import type { Booking } from './booking.entity.js';
import type { BookingSide } from './booking.rules.js';

/** May the viewer see this booking? It is for its two people and staff. */
export async function maySeeBooking(context: RequestContext, booking: Booking): Promise<boolean> {
  return context.can('marketplace.orders.read-any') || isOneOfTheTwo(context, booking);
}

/** Is the viewer the student or the tutor of this booking? */
export async function isOneOfTheTwo(context: RequestContext, { studentId, tutorId }: Booking): Promise<boolean> {
  return context.isUser(studentId) || (await tutorOfViewer(context))?.id === tutorId;
}

/** From which side the viewer acts upon a booking, if they may at all; its two people are never staff in it. */
export async function sideIn(context: RequestContext, booking: Booking): Promise<BookingSide | null> {
  if (context.isUser(booking.studentId)) return 'STUDENT';
  const tutor = await tutorOfViewer(context);
  if (tutor?.id === booking.tutorId) return 'TUTOR';
  return context.can('marketplace.bookings.manage') ? 'STAFF' : null;
}
