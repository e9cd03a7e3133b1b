import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import type { Application } from '../applications/application.entity.js';
import { applicationsById } from '../applications/application.loaders.js';
import type { Order } from '../orders/order.entity.js';
import { ordersById } from '../orders/order.repository.js';
import type { Subject } from '../subjects/subject.entity.js';
import { subjectsById } from '../subjects/subject.repository.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { tutorOfViewer, tutorsById } from '../tutors/tutor.repository.js';
import { maySeeBooking } from './booking.access.js';
import type { Booking } from './booking.entity.js';
import { bookingsById, findBookingsOf } from './booking.repository.js';
import type { BookingRoleName, BookingStatus } from './booking.rules.js';

/** Lessons that were agreed. Whoever may see a booking may see all that it is about. */
export class BookingService {
  /** A booking that the viewer may see. */
  async find(context: RequestContext, id: string): Promise<Booking | null> {
    const booking = await context.loader(bookingsById).load(id);
    return booking && (await maySeeBooking(context, booking)) ? booking : null;
  }

  /** A page of the viewer's own bookings, on one side or on both. */
  async own(
    context: RequestContext,
    filter: { status?: BookingStatus | null; role?: BookingRoleName | null } | null | undefined,
    page: PageRequest,
  ): Promise<Connection<Booking>> {
    const tutor = filter?.role === 'STUDENT' ? null : await tutorOfViewer(context);
    const studentId = filter?.role === 'TUTOR' ? undefined : context.user.userId;
    return findBookingsOf(context.em, { studentId, tutorId: tutor?.id }, filter?.status, page);
  }

  order(context: RequestContext, booking: Booking): Promise<Order | null> {
    return context.loader(ordersById).load(booking.orderId);
  }

  application(context: RequestContext, booking: Booking): Promise<Application | null> {
    return context.loader(applicationsById).load(booking.applicationId);
  }

  tutor(context: RequestContext, booking: Booking): Promise<Tutor | null> {
    return context.loader(tutorsById).load(booking.tutorId);
  }

  subject(context: RequestContext, booking: Booking): Promise<Subject | null> {
    return context.loader(subjectsById).load(booking.subjectId);
  }
}
