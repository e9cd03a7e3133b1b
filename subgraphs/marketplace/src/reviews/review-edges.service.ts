import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import type { Booking } from '../bookings/booking.entity.js';
import { bookingsById } from '../bookings/booking.repository.js';
import type { Subject } from '../subjects/subject.entity.js';
import { subjectsById } from '../subjects/subject.repository.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { tutorsById } from '../tutors/tutor.repository.js';
import type { Review } from './review.entity.js';
import { reviewPages, reviewsByBooking } from './review.repository.js';

/** What lies around a review. */
export class ReviewEdgesService {
  /** A page of a tutor's reviews, the newest first. */
  ofTutor(context: RequestContext, tutor: Tutor, page: PageRequest): Promise<Connection<Review>> {
    return context.loader(reviewPages).load({ parent: tutor.id, page });
  }

  /** The review of a booking. */
  ofBooking(context: RequestContext, booking: Booking): Promise<Review | null> {
    return context.loader(reviewsByBooking).load(booking.id);
  }

  /** Who was reviewed. */
  tutor(context: RequestContext, review: Review): Promise<Tutor | null> {
    return context.loader(tutorsById).load(review.tutorId);
  }

  /** What was taught. */
  async subject(context: RequestContext, review: Review): Promise<Subject | null> {
    const booking = await context.loader(bookingsById).load(review.bookingId);
    return booking && context.loader(subjectsById).load(booking.subjectId);
  }

  /** The account of whoever wrote it, for themselves, the tutor and staff. */
  async author(context: RequestContext, review: Review): Promise<string | null> {
    return (await this.isInvolved(context, review)) ? review.studentId : null;
  }

  /** The booking, for its two people and staff. */
  async booking(context: RequestContext, review: Review): Promise<Booking | null> {
    return (await this.isInvolved(context, review)) ? context.loader(bookingsById).load(review.bookingId) : null;
  }

  private async isInvolved(context: RequestContext, review: Review): Promise<boolean> {
    if (context.isUser(review.studentId) || context.can('marketplace.orders.read-any')) return true;
    if (context.viewer.kind !== 'user') return false;
    const tutor = await this.tutor(context, review);
    return tutor !== null && context.isUser(tutor.userId);
  }
}
