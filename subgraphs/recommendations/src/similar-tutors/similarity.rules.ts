/** What two tutors have in common. */
export interface InCommon {
  tutorId: string;
  /** How near their profiles are, -1 to 1; null when it is not known. */
  similarity: number | null;
  /** How many students learned with both. */
  students: number;
  /** The share of the one's subjects that the other teaches, and of the levels in these, 0 to 1. */
  subjects: number;
  levels: number;
  /** The logarithm of the ratio of their rates, without its sign; null when they cannot be compared. */
  priceGap: number | null;
  /** The other's rating, drawn to the usual one where reviews are few. */
  rating: number;
}

/** How much each counts; together 1. */
const WEIGHTS = { similarity: 0.35, students: 0.2, subjects: 0.15, levels: 0.1, price: 0.1, rating: 0.1 };
/** So many students in common are half of all that can be had by them. */
const HALF_STUDENTS = 3;
/** What is not known counts as this. */
const UNKNOWN = 0.4;
const WORST_RATING = 3;
const BEST_RATING = 5;

/** How similar a tutor is to another for somebody who looks for one like them, 0 to 1. */
export function similarityScore(common: InCommon): number {
  const { similarity, students, subjects, levels, priceGap, rating } = common;
  return (
    WEIGHTS.similarity * (similarity === null ? UNKNOWN : within(similarity)) +
    WEIGHTS.students * (students / (students + HALF_STUDENTS)) +
    WEIGHTS.subjects * within(subjects) +
    WEIGHTS.levels * within(levels) +
    WEIGHTS.price * (priceGap === null ? UNKNOWN : within(1 - priceGap)) +
    WEIGHTS.rating * within((rating - WORST_RATING) / (BEST_RATING - WORST_RATING))
  );
}

function within(value: number): number {
  return Math.min(1, Math.max(0, value));
}
