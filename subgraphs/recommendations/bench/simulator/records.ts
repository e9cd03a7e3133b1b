import type { SimulatedOrder, SimulatedTutor } from './people.ts';

/** How large a market is, and how fast it turns. */
export interface MarketSize {
  /** Tutors at the beginning. */
  tutors: number;
  /** New tutors a day. */
  arrivals: number;
  orders: number;
}

/** The size of markets in which rankings are compared. */
export const USUAL_SIZE: MarketSize = { tutors: 360, arrivals: 0.8, orders: 30 };

/** What was counted of a tutor, as the platform counts it. */
export interface History {
  reviewCount: number;
  ratingSum: number;
  sentimentSum: number;
  applicationCount: number;
  chosenCount: number;
  /** Minutes of the last answers, and their median; null without any. */
  answers: number[];
  answerMedian: number | null;
  studentCount: number;
  returningCount: number;
  bookingCount: number;
  letDownCount: number;
  lessonCount: number;
  /** By subject. */
  lessonsOf: Record<number, number>;
  /** How often they were chosen, by `subject level`. */
  chosenBy: Record<string, number>;
  /** Days of lessons that may still count as recent. */
  lessonDays: number[];
  lastActiveDay: number;
  /** Students who have lessons now. */
  students: number;
}

/** What became of a tutor who was shown; grows while the story goes on. */
export interface ShownOutcome {
  opened: boolean;
  applied: boolean;
  chosen: boolean;
  booked: boolean;
  repeated: boolean;
  /** Of a review; null without one. */
  rating: number | null;
}

/** A student who has lessons with a tutor. */
export interface Relation {
  order: SimulatedOrder;
  tutor: number;
  /** Lessons that were held. */
  lessons: number;
  nextDay: number;
  /** Where it is noted what becomes of it. */
  outcome: ShownOutcome;
}

/** All that a market is: plain data. */
export interface State {
  seed: number;
  day: number;
  orders: number;
  size: MarketSize;
  tutors: SimulatedTutor[];
  histories: History[];
  relations: Relation[];
  /** The greatest number of choices of one tutor, by `subject level`. */
  mostChosen: Record<string, number>;
}

/** A history in which nothing has happened. */
export function emptyHistory(day: number): History {
  return {
    ...{ reviewCount: 0, ratingSum: 0, sentimentSum: 0, applicationCount: 0, chosenCount: 0 },
    ...{ answers: [], answerMedian: null, studentCount: 0, returningCount: 0, bookingCount: 0, letDownCount: 0 },
    ...{ lessonCount: 0, lessonsOf: {}, chosenBy: {}, lessonDays: [], lastActiveDay: day, students: 0 },
  };
}

/** Of somebody who has just been shown. */
export function nothingYet(): ShownOutcome {
  return { opened: false, applied: false, chosen: false, booked: false, repeated: false, rating: null };
}

/** Students who are alike: by subject and level. */
export function kindOf({ subject, level }: SimulatedOrder): string {
  return `${subject} ${level}`;
}

/** The middle one of values; null of none. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
