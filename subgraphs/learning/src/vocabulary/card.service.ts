import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { LoaderDefinition } from '@tutorgraph/kit/graphql/loader';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { once } from '@tutorgraph/kit/idempotency/idempotency';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { refusing } from '../constraints.js';
import { openLesson } from '../enrollments/enrollment-access.js';
import type { LearningErrorCode } from '../errors.js';
import { noteActivity } from '../students/activity.js';
import { lockStudents } from '../students/student.repository.js';
import type { StudentAccess } from '../students/student-access.js';
import { VocabularyCard, VocabularyReview } from './card.entity.js';
import {
  type CardSearch,
  type CardStatistics,
  findCards,
  findDueCards,
  lockCard,
  statisticsOfStudents,
} from './card.repository.js';
import { cardChange, cardRest, dedupeKeyOf, MOST_CARDS, newCard, newReview, whichCard } from './card.rules.js';
import { type CardChoice, type CardRating, type CardScheduler, elapsedDays, newMemory } from './scheduler.js';

const WHICH_CARD = ['input', 'cardId'];
const TAKEN = { vocabulary_cards_key_unique: ['CARD_EXISTS', 'front'] } as const;

type Wanted = Omit<ReturnType<typeof newCard.parse>, 'idempotencyKey'>;

/** Cards by which students learn words, and their own mistakes. */
export class CardService {
  private readonly statistics: LoaderDefinition<string, CardStatistics>;

  /** @param newADay how many cards that were never reviewed come up in a day */
  constructor(
    private readonly access: StudentAccess,
    private readonly scheduler: CardScheduler,
    private readonly newADay: number,
  ) {
    this.statistics = statisticsOfStudents(newADay);
  }

  /** What the viewer should review now; null when they are no student. */
  async due(context: RequestContext, page: PageRequest): Promise<Connection<VocabularyCard> | null> {
    const student = await this.access.mine(context);
    return student && findDueCards(context.em, student.id, { at: new Date(), newADay: this.newADay }, page);
  }

  /** The viewer's own cards, the newest first; null when they are no student. */
  async list(
    context: RequestContext,
    search: CardSearch,
    page: PageRequest,
  ): Promise<Connection<VocabularyCard> | null> {
    const student = await this.access.mine(context);
    return student && findCards(context.em, student.id, search, page);
  }

  /** When a card comes up again, for each rating that may be given now. */
  choices(card: VocabularyCard): CardChoice[] {
    return this.scheduler.choices(memoryOf(card), new Date());
  }

  /** How a student gets on; null unless they are the viewer, or the viewer is of their staff. */
  async ofStudent(context: RequestContext, studentId: string): Promise<CardStatistics | null> {
    const seen = await this.access.maySee(context, [studentId]);
    return seen.has(studentId) ? context.loader(this.statistics).load(studentId) : null;
  }

  /**
   * Makes a card of the viewer's own.
   *
   * @throws Refusal INVALID_INPUT, NOT_A_STUDENT, CARD_EXISTS, TOO_MANY_CARDS, NOT_FOUND, NOT_ENROLLED, LESSON_LOCKED,
   *   IDEMPOTENCY_KEY_REUSED
   */
  async add(context: RequestContext, input: unknown): Promise<VocabularyCard> {
    const { idempotencyKey: key, ...wanted } = accept(newCard, input, context.locale);
    const { id: studentId } = await this.access.requireMine(context);
    if (wanted.lessonId) await openLesson(context, wanted.lessonId);
    const call = { viewerId: context.user.userId, mutation: 'addCard', key, input: wanted };
    return refusing(TAKEN, () =>
      transaction(context.em, (tx) =>
        once<VocabularyCard, { cardId: string }>(tx, call, {
          work: () => insert(tx, studentId, wanted),
          reference: ({ id }) => ({ cardId: id }),
          recall: ({ cardId }) => requireCard(tx, studentId, cardId),
        }),
      ),
    );
  }

  /** Changes what a card says. @throws Refusal INVALID_INPUT, NOT_A_STUDENT, NOT_FOUND, CARD_EXISTS */
  async update(context: RequestContext, input: unknown): Promise<VocabularyCard> {
    const { cardId, context: sentence, ...change } = accept(cardChange, input, context.locale);
    return refusing(TAKEN, () =>
      this.change(context, cardId, (card) => {
        Object.assign(card, change);
        if (sentence !== undefined) card.context = sentence || null;
        // A mistake stays the same mistake, however its card is worded.
        if (card.source !== 'MISTAKE') card.dedupeKey = dedupeKeyOf('OWN', card.front);
      }),
    );
  }

  /** Lets a card rest, or come up again. @throws Refusal INVALID_INPUT, NOT_A_STUDENT, NOT_FOUND */
  async suspend(context: RequestContext, input: unknown): Promise<VocabularyCard> {
    const { cardId, isSuspended } = accept(cardRest, input, context.locale);
    return this.change(context, cardId, (card, now) => {
      card.suspendedAt = isSuspended ? (card.suspendedAt ?? now) : null;
    });
  }

  /** Takes a card away, with its reviews. @throws Refusal NOT_A_STUDENT, NOT_FOUND */
  async delete(context: RequestContext, input: unknown): Promise<string> {
    const { cardId } = accept(whichCard, input, context.locale);
    const { id: studentId } = await this.access.requireMine(context);
    return transaction(context.em, async (tx) => {
      await requireCard(tx, studentId, cardId);
      await tx.nativeDelete(VocabularyCard, { id: cardId });
      return cardId;
    });
  }

  /**
   * Notes how well the viewer knew a card, and says when it comes up again. Of two devices at once one counts.
   *
   * @throws Refusal INVALID_INPUT, NOT_A_STUDENT, NOT_FOUND, CARD_SUSPENDED, CHANGED, IDEMPOTENCY_KEY_REUSED
   */
  async review(context: RequestContext, input: unknown): Promise<VocabularyCard> {
    const { idempotencyKey: key, ...wanted } = accept(newReview, input, context.locale);
    const { cardId, rating, expectedReviews } = wanted;
    const { id: studentId } = await this.access.requireMine(context);
    const call = { viewerId: context.user.userId, mutation: 'reviewCard', key, input: wanted };
    return transaction(context.em, (tx) =>
      once<VocabularyCard, { cardId: string }>(tx, call, {
        work: async () => {
          const card = await requireCard(tx, studentId, cardId);
          if (card.reviewCount !== expectedReviews) {
            throw new Refusal<LearningErrorCode>('CHANGED', ['input', 'expectedReviews']);
          }
          if (card.suspendedAt) throw new Refusal<LearningErrorCode>('CARD_SUSPENDED', WHICH_CARD);
          await this.keepReview(tx, card, rating);
          return card;
        },
        reference: ({ id }) => ({ cardId: id }),
        recall: ({ cardId: id }) => requireCard(tx, studentId, id),
      }),
    );
  }

  private async keepReview(tx: EntityManager, card: VocabularyCard, rating: CardRating): Promise<void> {
    const at = new Date();
    const before = memoryOf(card);
    const next = this.scheduler.review(before, rating, at);
    tx.create(VocabularyReview, {
      ...{ id: newId(), cardId: card.id, number: next.reviewCount, rating, stateBefore: before.state },
      ...{ stabilityBefore: before.stability, difficultyBefore: before.difficulty, dueBefore: before.dueAt },
      ...{ elapsedDays: elapsedDays(before, at), reviewedAt: at },
    });
    Object.assign(card, next, { introducedAt: card.introducedAt ?? at, updatedAt: at });
    await tx.flush();
    await noteActivity(tx, card.studentId, 'CARD', at);
  }

  private async change(
    context: RequestContext,
    cardId: string,
    make: (card: VocabularyCard, now: Date) => void,
  ): Promise<VocabularyCard> {
    const { id: studentId } = await this.access.requireMine(context);
    return transaction(context.em, async (tx) => {
      const card = await requireCard(tx, studentId, cardId);
      const now = new Date();
      make(card, now);
      card.updatedAt = now;
      await tx.flush();
      return card;
    });
  }
}

async function insert(tx: EntityManager, studentId: string, wanted: Wanted): Promise<VocabularyCard> {
  const { front, back, context = null, lessonId = null } = wanted;
  // Whoever adds cards at once is counted one after the other.
  await lockStudents(tx, [studentId]);
  if ((await tx.count(VocabularyCard, { studentId })) >= MOST_CARDS) {
    throw new Refusal<LearningErrorCode>('TOO_MANY_CARDS');
  }
  const now = new Date();
  const card = tx.create(VocabularyCard, {
    ...{ id: newId(), studentId, front, back, context, kind: null, lessonId, source: lessonId ? 'LESSON' : 'OWN' },
    ...{ dedupeKey: dedupeKeyOf('OWN', front), ...newMemory(now), introducedAt: null, suspendedAt: null },
    ...{ createdAt: now, updatedAt: now },
  });
  await tx.flush();
  return card;
}

async function requireCard(tx: EntityManager, studentId: string, cardId: string): Promise<VocabularyCard> {
  const card = await lockCard(tx, studentId, cardId);
  if (!card) throw new Refusal<LearningErrorCode>('NOT_FOUND', WHICH_CARD);
  return card;
}

function memoryOf(card: VocabularyCard) {
  const { state, dueAt, stability, difficulty, scheduledDays, learningStep, reviewCount, lapses, lastReviewedAt } =
    card;
  const counted = { scheduledDays, learningStep, reviewCount, lapses };
  return { state, dueAt, stability, difficulty, ...counted, lastReviewedAt: lastReviewedAt ?? null };
}
