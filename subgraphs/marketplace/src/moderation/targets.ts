import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { reviewUpdated, tutorChanged } from '../events.js';
import { recounting } from '../reviews/rating.repository.js';
import { Review } from '../reviews/review.entity.js';
import { ReviewAnswer } from '../reviews/review-answer.entity.js';
import { lockTutor } from '../tutors/tutor.repository.js';
import { type Content, present } from './content.js';
import type { ContentKind, ContentState } from './moderation.states.js';
import type { ModerationCase } from './moderation-case.entity.js';
import { lockProfileText } from './profile-text.repository.js';
import { acceptTexts, hold, publishHeld, textsOf, unaccepted } from './profile-text.rules.js';

/** Something that is moderated, locked until the transaction ends with all that its state moves. */
export interface LockedTarget {
  /** As it is now; of a profile, the texts that have not passed every check. */
  content: Content;
  state: ContentState;
  /** Texts that are kept back already beside those of the content. */
  held: Readonly<Record<string, string>>;
  /** Is a case about what is there now? */
  isCurrent(found: Pick<ModerationCase, 'targetVersion' | 'texts'>): boolean;
  /** Shows it, keeps it back or rejects it. @param fields which of its texts it is about */
  move(to: ContentState, fields: readonly string[], now: Date): Promise<void>;
  /** Notes that every check of these texts has passed. */
  accept(fields: readonly string[], now: Date): void;
}

/** Locks what is moderated, the tutor first, as everything does that changes it; null when it is gone. */
export function lockTarget(tx: EntityManager, kind: ContentKind, id: string): Promise<LockedTarget | null> {
  return lockers[kind](tx, id);
}

const lockers: Readonly<Record<ContentKind, (tx: EntityManager, id: string) => Promise<LockedTarget | null>>> = {
  REVIEW: lockReviewTarget,
  ANSWER: lockAnswerTarget,
  PROFILE: lockProfileTarget,
};
const FOR_UPDATE = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;

async function lockReviewTarget(tx: EntityManager, id: string): Promise<LockedTarget | null> {
  const found = await tx.findOne(Review, { id });
  if (!found) return null;
  const tutor = await lockTutor(tx, found.tutorId);
  const review = await tx.findOne(Review, { id }, FOR_UPDATE);
  if (!review) return null;
  const { tutorId, bookingId, studentId: authorId, version } = review;
  return {
    content: { kind: 'REVIEW', targetId: id, version, authorId, tutorId, texts: present({ text: review.text }) },
    state: review.state,
    held: {},
    isCurrent: ({ targetVersion }) => targetVersion === version,
    async move(to, _fields, now) {
      if (review.state === to) return;
      await recounting(tx, tutor, review, () => {
        review.state = to;
        review.updatedAt = now;
      });
      recordEvent(tx, reviewUpdated.create({ subject: id, data: { tutorId, bookingId } }));
    },
    accept() {},
  };
}

async function lockAnswerTarget(tx: EntityManager, id: string): Promise<LockedTarget | null> {
  const found = await tx.findOne(ReviewAnswer, { id });
  if (!found) return null;
  const tutor = await lockTutor(tx, found.tutorId);
  const answer = await tx.findOne(ReviewAnswer, { id }, FOR_UPDATE);
  if (!answer) return null;
  const { version, tutorId, reviewId } = answer;
  return {
    content: { kind: 'ANSWER', targetId: id, version, authorId: tutor.userId, tutorId, texts: { text: answer.text } },
    state: answer.state,
    held: {},
    isCurrent: ({ targetVersion }) => targetVersion === version,
    async move(to) {
      if (answer.state === to) return;
      answer.state = to;
      const { bookingId } = await tx.findOneOrFail(Review, { id: reviewId });
      recordEvent(tx, reviewUpdated.create({ subject: reviewId, data: { tutorId, bookingId } }));
    },
    accept() {},
  };
}

async function lockProfileTarget(tx: EntityManager, id: string): Promise<LockedTarget | null> {
  const tutor = await lockTutor(tx, id);
  const texts = await lockProfileText(tx, id);
  if (!texts || tutor.erasedAt) return null;
  const { userId } = tutor;
  const { version } = texts;
  return {
    content: { kind: 'PROFILE', targetId: id, version, authorId: userId, tutorId: id, texts: unaccepted(tutor, texts) },
    state: texts.state,
    held: present(texts.held),
    // Other fields may have changed meanwhile.
    isCurrent: ({ texts: asked }) => {
      const now: Record<string, string> = { ...present(textsOf(tutor)), ...present(texts.held) };
      return Object.entries(asked).every(([field, text]) => now[field] === text);
    },
    async move(to, fields, now) {
      if (to === 'PUBLISHED') publishHeld(tutor, texts, now);
      else hold(tutor, texts, fields, to, now);
      tutor.updatedAt = now;
      recordEvent(tx, tutorChanged.create({ subject: id, data: { userId } }));
    },
    accept: (fields, now) => acceptTexts(tutor, texts, fields, now),
  };
}
