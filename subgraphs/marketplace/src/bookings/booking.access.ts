import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { tutorOfViewer } from '../tutors/tutor.repository.js';
import type { Booking } from './booking.entity.js';

/** May the viewer see this booking? It is for its two people and staff. */
export async function maySeeBooking(context: RequestContext, booking: Booking): Promise<boolean> {
  if (context.isUser(booking.studentId) || context.can('marketplace.orders.read-any')) return true;
  const tutor = await tutorOfViewer(context);
  return tutor?.id === booking.tutorId;
}
