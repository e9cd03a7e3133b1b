import type { LessonFormat, Level } from '../market/market.rules.js';

/** How somebody likes to be taught. */
export const learningStyles = [
  'CONVERSATIONAL',
  'STRUCTURED',
  'EXAM_FOCUSED',
  'PLAYFUL',
  'PATIENT',
  'DEMANDING',
] as const;
/** @see learningStyles */
export type LearningStyle = (typeof learningStyles)[number];

/** How soon lessons are needed. */
export const urgencies = ['NOW', 'THIS_MONTH', 'LATER'] as const;
/** @see urgencies */
export type Urgency = (typeof urgencies)[number];

/** What somebody looks for: an order, or the same before there is one. */
export interface Wish {
  orderId: string | null;
  /** The account of whoever asks; null when nobody is known. */
  studentId: string | null;
  subjectId: string;
  level: Level;
  format: LessonFormat;
  /** In lower case; null for lessons online. */
  city: string | null;
  /** In which lessons could be, ISO 639-1; empty when any will do. */
  languages: readonly string[];
  /** Must lessons be in one of these languages? Of an order they are only guessed. */
  languagesAreAsked: boolean;
  /** What an hour should cost at most, in minor units of `currency`; null when nothing was said. */
  budgetMinor: number | null;
  /** What it should cost at least, likewise; open when it is left out. */
  budgetFromMinor?: number | null;
  currency: string | null;
  /** 168 bits, Monday 00:00 UTC first; null when any time will do. */
  hours: string | null;
  style: LearningStyle | null;
  urgency: Urgency | null;
  /** Title, goal and description: what is compared with profiles. */
  text: string;
}
