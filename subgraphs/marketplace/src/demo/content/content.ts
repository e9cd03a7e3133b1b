/** Whom a lesson is for; the levels of the market's offerings and orders. */
export type DemoLevel = 'PRIMARY_SCHOOL' | 'SECONDARY_SCHOOL' | 'EXAM' | 'UNIVERSITY' | 'ADULT';

/** The key of a subject, also its slug. */
export type SubjectKey =
  | 'mathematics'
  | 'physics'
  | 'chemistry'
  | 'biology'
  | 'informatics'
  | 'programming'
  | 'english'
  | 'german'
  | 'french'
  | 'spanish'
  | 'chinese'
  | 'russian'
  | 'history'
  | 'social-studies'
  | 'piano'
  | 'guitar';

/**
 * A situation from which an order comes, with what tutors answer to it.
 *
 * `title` and `description` agree (`{masculine|feminine}`) with the learner: the author, or the child of a `parent`.
 * `replies` agree with the tutor; one that begins with `+` claims experience that a beginner does not have.
 */
export interface OrderSituation {
  level: DemoLevel;
  voice: 'self' | 'parent';
  title: string;
  description: string;
  /** Weeks from the order until the goal has to be reached, when there is such a day. */
  weeks?: number;
  replies: readonly string[];
}

/** What tutors of one subject say of themselves; `{masculine|feminine}` agrees with the tutor. */
export interface TutorTexts {
  headlines: readonly string[];
  /** What exactly the tutor teaches and how: the heart of a biography. */
  specialities: readonly string[];
  /** What pupils have reached; only an experienced tutor says such a thing. */
  results: readonly string[];
}

/** Something good that a learner says; only of lessons with that voice and level, where they are given. */
export interface Praise {
  text: string;
  voice?: OrderSituation['voice'];
  level?: DemoLevel;
  /** A part of the order's title; it is said of such orders only. */
  about?: string;
}

/** What learners say of lessons in one subject; `{a|b}` agrees with the tutor, `{~a|b}` with the learner. */
export interface ReviewTexts {
  /** Four and five stars. */
  praise: readonly Praise[];
  /** One to three stars. */
  doubts: readonly string[];
}
