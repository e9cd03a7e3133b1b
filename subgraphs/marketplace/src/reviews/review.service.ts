import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { Booking } from '../bookings/booking.entity.js';
import { findBooking } from '../bookings/booking.repository.js';
import { refusing } from '../constraints.js';
import { reviewDeleted, reviewPosted, reviewUpdated } from '../events.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { findTutorByUser, lockTutor } from '../tutors/tutor.repository.js';
import { Review } from './review.entity.js';
import { findReview, lockReview } from './review.repository.js';
import { newReview, reviewChange, reviewReference } from './review.rules.js';
import type { ReviewErrorCode } from './review.types.js';

/** A review, and its tutor with the rating that follows from it. */
export interface Reviewed {
  review: Review;
  tutor: Tutor;
}

/** Reviews: the tutor's row is locked while one changes, so that sum and count of ratings always fit. */
export class ReviewService {
  /** @throws Refusal NOT_FOUND, NOT_YOUR_BOOKING, BOOKING_NOT_COMPLETED, ALREADY_REVIEWED */
  async post(context: RequestContext, input: unknown): Promise<Reviewed> {
    const { bookingId, rating, text } = accept(newReview, input, context.locale);
    return refusing<ReviewErrorCode, Reviewed>({ reviews_once_per_booking: 'ALREADY_REVIEWED' }, () =>
      transaction(context.em, async (tx) => {
        const booking = await ownBooking(context, tx, bookingId);
        if (booking.status !== 'COMPLETED') throw new Refusal<ReviewErrorCode>('BOOKING_NOT_COMPLETED');
        const tutor = await lockTutor(tx, booking.tutorId);
        const now = new Date();
        const review = tx.create(Review, {
          id: newId(),
          bookingId,
          tutorId: tutor.id,
          studentId: booking.studentId,
          rating,
          text: text ?? null,
          createdAt: now,
          updatedAt: now,
        });
        tutor.ratingSum += rating;
        tutor.reviewCount += 1;
        recordEvent(tx, reviewPosted.create(about(review)));
        return { review, tutor };
      }),
    );
  }

  /** @throws Refusal NOT_FOUND, NOT_YOUR_REVIEW */
  async update(context: RequestContext, input: unknown): Promise<Reviewed> {
    const { reviewId, rating, text } = accept(reviewChange, input, context.locale);
    return transaction(context.em, async (tx) => {
      const { review, tutor } = await lockOwn(context, tx, reviewId);
      const before = review.rating;
      review.rating = rating ?? before;
      if (text !== undefined) review.text = text;
      review.updatedAt = new Date();
      tutor.ratingSum += review.rating - before;
      recordEvent(tx, reviewUpdated.create(about(review)));
      return { review, tutor };
    });
  }

  /** @throws Refusal NOT_FOUND, NOT_YOUR_REVIEW */
  async delete(context: RequestContext, input: unknown): Promise<{ deletedReviewId: string; tutor: Tutor }> {
    const { reviewId } = accept(reviewReference, input, context.locale);
    return transaction(context.em, async (tx) => {
      const { review, tutor } = await lockOwn(context, tx, reviewId);
      tutor.ratingSum -= review.rating;
      tutor.reviewCount -= 1;
      tx.remove(review);
      recordEvent(tx, reviewDeleted.create(about(review)));
      return { deletedReviewId: reviewId, tutor };
    });
  }
}

async function ownBooking(context: RequestContext, tx: EntityManager, id: string): Promise<Booking> {
  const booking = await findBooking(tx, id);
  if (booking && context.isUser(booking.studentId)) return booking;
  const tutor = booking && (await findTutorByUser(tx, context.user.userId));
  const visible = booking && (tutor?.id === booking.tutorId || context.can('marketplace.orders.read-any'));
  throw new Refusal<ReviewErrorCode>(visible ? 'NOT_YOUR_BOOKING' : 'NOT_FOUND', ['input', 'bookingId']);
}

async function lockOwn(context: RequestContext, tx: EntityManager, id: string): Promise<Reviewed> {
  const found = await findReview(tx, id);
  if (!found) throw new Refusal<ReviewErrorCode>('NOT_FOUND', ['input', 'reviewId']);
  if (!context.isUser(found.studentId)) throw new Refusal<ReviewErrorCode>('NOT_YOUR_REVIEW', ['input', 'reviewId']);
  const tutor = await lockTutor(tx, found.tutorId);
  const review = await lockReview(tx, found.id);
  if (!review) throw new Refusal<ReviewErrorCode>('NOT_FOUND', ['input', 'reviewId']);
  return { review, tutor };
}

function about(review: Review) {
  return { subject: review.id, data: { tutorId: review.tutorId, bookingId: review.bookingId } };
}
