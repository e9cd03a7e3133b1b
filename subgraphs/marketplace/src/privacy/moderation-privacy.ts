import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { reviewUpdated } from '../events.js';
import { moveCase } from '../moderation/case-file.js';
import { ModerationCase } from '../moderation/moderation-case.entity.js';
import { ProfileText } from '../moderation/profile-text.entity.js';
import { Review } from '../reviews/review.entity.js';
import { ReviewAnswer } from '../reviews/review-answer.entity.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { findTutorByUser } from '../tutors/tutor.repository.js';

const OLDEST_FIRST = { createdAt: 'asc', id: 'asc' } as const;
const LOCKED = { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } } as const;

/** What somebody wrote that is moderated, and what became of it, for the archive; who decided is not theirs. */
export async function collectModerated(
  em: EntityManager,
  userId: string,
  tutor: Tutor | null,
): Promise<Record<string, unknown>> {
  const answers = tutor ? await em.find(ReviewAnswer, { tutorId: tutor.id }, { orderBy: OLDEST_FIRST }) : [];
  const texts = tutor ? await em.findOne(ProfileText, { tutorId: tutor.id }) : null;
  const cases = await em.find(ModerationCase, { authorId: userId }, { orderBy: OLDEST_FIRST });
  return {
    heldTexts: texts?.held ?? {},
    reviewAnswers: answers.map(({ tutorId: _, ...answer }) => answer),
    moderationCases: cases.map(({ authorId: _, decidedBy: __, ...found }) => found),
  };
}

/** Removes the words of somebody's answers, of texts that were kept back and of the cases about them. */
export async function eraseModerated(tx: EntityManager, userId: string): Promise<void> {
  const now = new Date();
  const tutor = await findTutorByUser(tx, userId);
  if (tutor) await eraseAnswers(tx, tutor);
  for (const found of await tx.find(ModerationCase, { authorId: userId }, LOCKED)) {
    moveCase(found, 'WITHDRAWN', now);
    Object.assign(found, { texts: {}, reason: null, appealStatement: null });
  }
}

async function eraseAnswers(tx: EntityManager, { id: tutorId }: Tutor): Promise<void> {
  const answers = await tx.find(ReviewAnswer, { tutorId }, LOCKED);
  const reviews = await tx.find(Review, { id: { $in: answers.map(({ reviewId }) => reviewId) } });
  for (const answer of answers) tx.remove(answer);
  for (const { id: subject, bookingId } of reviews) {
    recordEvent(tx, reviewUpdated.create({ subject, data: { tutorId, bookingId } }));
  }
  // A job that is on its way must not bring back what was accepted once.
  await tx.nativeDelete(ProfileText, { tutorId });
}
