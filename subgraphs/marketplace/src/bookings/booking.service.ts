import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import type { Application } from '../applications/application.entity.js';
import { applicationsById } from '../applications/application.loaders.js';
import type { Order } from '../orders/order.entity.js';
import { ordersById } from '../orders/order.repository.js';
import type { Policy } from '../policies/policy.entity.js';
import { policiesById } from '../policies/policy.repository.js';
import type { Subject } from '../subjects/subject.entity.js';
import { subjectsById } from '../subjects/subject.repository.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { tutorOfViewer, tutorsById } from '../tutors/tutor.repository.js';
import { maySeeBooking } from './booking.access.js';
import type { Booking } from './booking.entity.js';
import { bookingsById, bookingsBySeries, findBookingsOf, lessonsBefore } from './booking.repository.js';
import type { BookingOrderName, BookingRoleName, BookingStatus } from './booking.rules.js';

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
    order: BookingOrderName | null | undefined,
    page: PageRequest,
  ): Promise<Connection<Booking>> {
    const tutor = filter?.role === 'STUDENT' ? null : await tutorOfViewer(context);
    const studentId = filter?.role === 'TUTOR' ? undefined : context.user.userId;
    return findBookingsOf(context.em, { studentId, tutorId: tutor?.id }, filter?.status, order ?? 'NEWEST', page);
  }

  async order(context: RequestContext, { orderId }: Booking): Promise<Order | null> {
    return orderId ? context.loader(ordersById).load(orderId) : null;
  }

  async application(context: RequestContext, { applicationId }: Booking): Promise<Application | null> {
    return applicationId ? context.loader(applicationsById).load(applicationId) : null;
  }

  tutor(context: RequestContext, booking: Booking): Promise<Tutor | null> {
    return context.loader(tutorsById).load(booking.tutorId);
  }

  subject(context: RequestContext, booking: Booking): Promise<Subject | null> {
    return context.loader(subjectsById).load(booking.subjectId);
  }

  /** The bookings that were made together with it; they are of the same two people. */
  async series(context: RequestContext, { seriesId }: Booking): Promise<Booking[]> {
    return seriesId ? context.loader(bookingsBySeries).load(seriesId) : [];
  }

  lessonsBefore(context: RequestContext, { id }: Booking): Promise<number> {
    return context.loader(lessonsBefore).load(id);
  }

  policy(context: RequestContext, { policyId }: Booking): Promise<Policy | null> {
    return context.loader(policiesById).load(policyId);
  }

  /** The platform's share, for everybody who may see it but the student. */
  commission(context: RequestContext, { studentId, commissionPercent }: Booking): number | null {
    return context.isUser(studentId) ? null : commissionPercent;
  }
}
