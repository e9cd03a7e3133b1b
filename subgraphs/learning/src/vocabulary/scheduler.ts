import { type Card, type FSRS, fsrs, type Grade, type RecordLogItem, State } from 'ts-fsrs';

/** How well somebody knew a card. */
export const cardRatings = ['AGAIN', 'HARD', 'GOOD', 'EASY'] as const;
/** @see cardRatings */
export type CardRating = (typeof cardRatings)[number];

/** How far a card is learned. */
export const cardStates = ['NEW', 'LEARNING', 'REVIEW', 'RELEARNING'] as const;
/** @see cardStates */
export type CardState = (typeof cardStates)[number];

/** What FSRS knows about somebody's memory of a card. */
export interface CardMemory {
  state: CardState;
  dueAt: Date;
  /** After so many days it is still known with a probability of 90 %; 0 before the first review. */
  stability: number;
  /** From 1 to 10; 0 before the first review. */
  difficulty: number;
  /** Days between the last review and the next. */
  scheduledDays: number;
  /** Which of the short steps comes next while it is being learned. */
  learningStep: number;
  reviewCount: number;
  /** How often it was forgotten once it had been learned. */
  lapses: number;
  lastReviewedAt: Date | null;
}

/** What a rating would do to a card. */
export interface CardChoice {
  rating: CardRating;
  dueAt: Date;
}

const GRADES: Readonly<Record<CardRating, Grade>> = { AGAIN: 1, HARD: 2, GOOD: 3, EASY: 4 };
const DAY_MS = 24 * 60 * 60 * 1000;

/** When cards come up again, by FSRS. Nothing is random: the same reviews at the same moments give the same dates. */
export class CardScheduler {
  private readonly fsrs: FSRS;

  /** @param retention how likely it is to be that a card is still known when it comes up */
  constructor(retention: number) {
    this.fsrs = fsrs({ request_retention: retention, enable_fuzz: false });
  }

  /** What is known of a card's memory after a review. */
  review(memory: CardMemory, rating: CardRating, at: Date): CardMemory {
    return memoryOf(this.fsrs.next(cardOf(memory), notBefore(memory, at), GRADES[rating]));
  }

  /** When a card would come up again, for each rating. */
  choices(memory: CardMemory, at: Date): CardChoice[] {
    const preview = this.fsrs.repeat(cardOf(memory), notBefore(memory, at));
    return cardRatings.map((rating) => ({ rating, dueAt: preview[GRADES[rating]].card.due }));
  }
}

/** The memory of a card that nobody has seen. */
export function newMemory(at: Date): CardMemory {
  const nothing = { stability: 0, difficulty: 0, scheduledDays: 0, learningStep: 0, reviewCount: 0, lapses: 0 };
  return { state: 'NEW', dueAt: at, ...nothing, lastReviewedAt: null };
}

/** Whole days since the last review; 0 for the first one. */
export function elapsedDays({ lastReviewedAt }: Pick<CardMemory, 'lastReviewedAt'>, at: Date): number {
  return lastReviewedAt ? Math.max(0, Math.floor((at.getTime() - lastReviewedAt.getTime()) / DAY_MS)) : 0;
}

/** Clocks of two machines differ, and FSRS refuses a review before the last one. */
function notBefore({ lastReviewedAt }: CardMemory, at: Date): Date {
  return lastReviewedAt && lastReviewedAt > at ? lastReviewedAt : at;
}

function cardOf(memory: CardMemory): Card {
  return {
    due: memory.dueAt,
    stability: memory.stability,
    difficulty: memory.difficulty,
    // FSRS counts it anew from the last review.
    elapsed_days: 0,
    scheduled_days: memory.scheduledDays,
    learning_steps: memory.learningStep,
    reps: memory.reviewCount,
    lapses: memory.lapses,
    state: cardStates.indexOf(memory.state),
    ...(memory.lastReviewedAt && { last_review: memory.lastReviewedAt }),
  };
}

function memoryOf({ card, log }: RecordLogItem): CardMemory {
  const { due, stability, difficulty, scheduled_days, learning_steps, reps, lapses, state } = card;
  const states = { [State.New]: 'NEW', [State.Learning]: 'LEARNING', [State.Review]: 'REVIEW' } as const;
  return {
    state: state === State.Relearning ? 'RELEARNING' : states[state],
    ...{ dueAt: due, stability, difficulty, lapses },
    ...{ scheduledDays: scheduled_days, learningStep: learning_steps, reviewCount: reps, lastReviewedAt: log.review },
  };
}
