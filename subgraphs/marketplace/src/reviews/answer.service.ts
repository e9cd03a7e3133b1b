import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { refusing } from '../constraints.js';
import { reviewUpdated } from '../events.js';
import { withdrawCases } from '../moderation/case-file.js';
import type { Content } from '../moderation/content.js';
import type { Screening } from '../moderation/screening.js';
import { lockTutorByUser } from '../tutors/tutor.repository.js';
import { maySeeReview } from './review.access.js';
import type { Review } from './review.entity.js';
import type { ReviewErrorCode } from './review.errors.js';
import { findAnswer, findReview, lockReview } from './review.repository.js';
import { answerOfTutor, reviewReference } from './review.rules.js';
import { ReviewAnswer } from './review-answer.entity.js';

/** What tutors answer to their reviews: one answer a review, moderated as reviews are. */
export class AnswerService {
  constructor(private readonly screening: Screening) {}

  /** @throws Refusal NOT_FOUND, NOT_ABOUT_YOU, ALREADY_ANSWERED */
  async answer(context: RequestContext, input: unknown): Promise<Review> {
    const { reviewId, text } = accept(answerOfTutor, input, context.locale);
    return refusing<ReviewErrorCode, Review>({ review_answers_once: 'ALREADY_ANSWERED' }, () =>
      transaction(context.em, async (tx) => {
        const review = await lockAboutViewer(context, tx, reviewId);
        if (await findAnswer(tx, reviewId)) throw new Refusal<ReviewErrorCode>('ALREADY_ANSWERED');
        const now = new Date();
        const { tutorId } = review;
        const moments = { createdAt: now, updatedAt: now };
        const fresh = { id: newId(), reviewId, tutorId, text, state: 'PUBLISHED', version: 1, ...moments } as const;
        const answer = tx.create(ReviewAnswer, fresh);
        answer.state = await this.screening.screen(tx, contentOf(context, answer), null, now);
        return touched(tx, review);
      }),
    );
  }

  /** @throws Refusal NOT_FOUND, NOT_ABOUT_YOU, NO_ANSWER */
  async change(context: RequestContext, input: unknown): Promise<Review> {
    const { reviewId, text } = accept(answerOfTutor, input, context.locale);
    return transaction(context.em, async (tx) => {
      const review = await lockAboutViewer(context, tx, reviewId);
      const answer = await ownAnswer(tx, reviewId);
      if (answer.text === text) return review;
      const now = new Date();
      Object.assign(answer, { text, version: answer.version + 1, updatedAt: now });
      answer.state = await this.screening.screen(tx, contentOf(context, answer), answer.state, now);
      return touched(tx, review);
    });
  }

  /** @throws Refusal NOT_FOUND, NOT_ABOUT_YOU, NO_ANSWER */
  async remove(context: RequestContext, input: unknown): Promise<Review> {
    const { reviewId } = accept(reviewReference, input, context.locale);
    return transaction(context.em, async (tx) => {
      const review = await lockAboutViewer(context, tx, reviewId);
      const answer = await ownAnswer(tx, reviewId);
      await withdrawCases(tx, answer.id, new Date());
      tx.remove(answer);
      return touched(tx, review);
    });
  }
}

function contentOf({ user }: RequestContext, { id, version, tutorId, text }: ReviewAnswer): Content {
  return { kind: 'ANSWER', targetId: id, version, authorId: user.userId, tutorId, texts: { text } };
}

/** A review of the viewer's lessons; their profile is locked first, as everything does that changes reviews. */
async function lockAboutViewer(context: RequestContext, tx: EntityManager, reviewId: string): Promise<Review> {
  const tutor = await lockTutorByUser(tx, context.user.userId);
  const found = await findReview(tx, reviewId);
  const review = found && maySeeReview(context, found) ? await lockReview(tx, found.id) : null;
  if (!review || !maySeeReview(context, review)) throw new Refusal<ReviewErrorCode>('NOT_FOUND', ['input', 'reviewId']);
  if (review.tutorId !== tutor?.id) throw new Refusal<ReviewErrorCode>('NOT_ABOUT_YOU', ['input', 'reviewId']);
  return review;
}

async function ownAnswer(tx: EntityManager, reviewId: string): Promise<ReviewAnswer> {
  const answer = await findAnswer(tx, reviewId);
  if (!answer) throw new Refusal<ReviewErrorCode>('NO_ANSWER', ['input', 'reviewId']);
  return answer;
}

function touched(tx: EntityManager, review: Review): Review {
  const { id: subject, tutorId, bookingId } = review;
  recordEvent(tx, reviewUpdated.create({ subject, data: { tutorId, bookingId } }));
  return review;
}
