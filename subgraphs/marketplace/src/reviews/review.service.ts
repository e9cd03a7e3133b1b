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
import { withdrawCases } from '../moderation/case-file.js';
import { type Content, present } from '../moderation/content.js';
import type { Screening } from '../moderation/screening.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { findTutorByUser, lockTutor } from '../tutors/tutor.repository.js';
import { counted, recount, recounting } from './rating.repository.js';
import { dimensions } from './rating.rules.js';
import { maySeeReview } from './review.access.js';
import { Review } from './review.entity.js';
import type { ReviewErrorCode } from './review.errors.js';
import { findAnswer, findReview, lockReview } from './review.repository.js';
import { isEditable, newReview, reviewChange, reviewReference } from './review.rules.js';
import type { Weighing } from './signals/weighing.js';

/** A review, and its tutor with the rating that follows from it. */
export interface Reviewed {
  review: Review;
  tutor: Tutor;
}

/** Reviews: the tutor's row is locked while one changes, so that all figures always fit. */
export class ReviewService {
  constructor(
    private readonly screening: Screening,
    private readonly weighing: Weighing,
  ) {}

  /** @throws Refusal NOT_FOUND, NOT_YOUR_BOOKING, BOOKING_NOT_COMPLETED, ALREADY_REVIEWED */
  async post(context: RequestContext, input: unknown): Promise<Reviewed> {
    const { bookingId, text = null, ...scores } = accept(newReview, input, context.locale);
    const now = new Date();
    return refusing<ReviewErrorCode, Reviewed>({ reviews_once_per_booking: 'ALREADY_REVIEWED' }, () =>
      transaction(context.em, async (tx) => {
        const booking = await ownBooking(context, tx, bookingId);
        if (booking.status !== 'COMPLETED') throw new Refusal<ReviewErrorCode>('BOOKING_NOT_COMPLETED');
        const tutor = await lockTutor(tx, booking.tutorId);
        const review = tx.create(Review, {
          id: newId(),
          bookingId,
          tutorId: tutor.id,
          studentId: booking.studentId,
          ...scores,
          text,
          ...this.weighing.traitsOf(text, context.metadata.clientAddress),
          version: 1,
          state: 'PUBLISHED',
          createdAt: now,
          updatedAt: now,
        });
        await tx.flush();
        review.state = await this.screening.screen(tx, contentOf(review), null, now);
        await recount(tx, tutor, null, counted(review));
        await this.weighing.request(tx, review);
        recordEvent(tx, reviewPosted.create(about(review)));
        return { review, tutor };
      }),
    );
  }

  /** @throws Refusal NOT_FOUND, NOT_YOUR_REVIEW, REVIEW_TOO_OLD */
  async update(context: RequestContext, input: unknown): Promise<Reviewed> {
    const { reviewId, ...change } = accept(reviewChange, input, context.locale);
    const now = new Date();
    return transaction(context.em, async (tx) => {
      const { review, tutor } = await lockOwn(context, tx, reviewId);
      if (!isEditable(review, now)) throw new Refusal<ReviewErrorCode>('REVIEW_TOO_OLD', ['input', 'reviewId']);
      const isReworded = change.text !== undefined && change.text !== (review.text ?? null);
      await recounting(tx, tutor, review, async () => {
        review.rating = change.rating ?? review.rating;
        for (const dimension of dimensions) {
          if (change[dimension] !== undefined) review[dimension] = change[dimension];
        }
        review.updatedAt = now;
        if (!isReworded) return;
        Object.assign(review, { text: change.text, version: review.version + 1 });
        Object.assign(review, this.weighing.traitsOf(review.text, context.metadata.clientAddress));
        review.state = await this.screening.screen(tx, contentOf(review), review.state, now);
      });
      await this.weighing.request(tx, review);
      recordEvent(tx, reviewUpdated.create(about(review)));
      return { review, tutor };
    });
  }

  /**
   * Whoever wrote a review may take it back at any time, however old it is and whatever staff said of it.
   *
   * @throws Refusal NOT_FOUND, NOT_YOUR_REVIEW
   */
  async delete(context: RequestContext, input: unknown): Promise<{ deletedReviewId: string; tutor: Tutor }> {
    const { reviewId } = accept(reviewReference, input, context.locale);
    const now = new Date();
    return transaction(context.em, async (tx) => {
      const { review, tutor } = await lockOwn(context, tx, reviewId);
      await withdrawCases(tx, reviewId, now);
      const answer = await findAnswer(tx, reviewId);
      if (answer) await withdrawCases(tx, answer.id, now);
      await recount(tx, tutor, counted(review), null);
      tx.remove(review);
      recordEvent(tx, reviewDeleted.create(about(review)));
      return { deletedReviewId: reviewId, tutor };
    });
  }
}

function contentOf({ id, version, studentId, tutorId, text }: Review): Content {
  return { kind: 'REVIEW', targetId: id, version, authorId: studentId, tutorId, texts: present({ text }) };
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
  if (!found || !maySeeReview(context, found)) throw new Refusal<ReviewErrorCode>('NOT_FOUND', ['input', 'reviewId']);
  if (!context.isUser(found.studentId)) throw new Refusal<ReviewErrorCode>('NOT_YOUR_REVIEW', ['input', 'reviewId']);
  const tutor = await lockTutor(tx, found.tutorId);
  const review = await lockReview(tx, found.id);
  if (!review) throw new Refusal<ReviewErrorCode>('NOT_FOUND', ['input', 'reviewId']);
  return { review, tutor };
}

function about(review: Review) {
  return { subject: review.id, data: { tutorId: review.tutorId, bookingId: review.bookingId } };
}
