import type { LessonFormat, Level } from '../market/market.rules.js';
import type { LearningStyle, Wish } from './wish.js';

/** All that the features of a tutor are counted from, for one wish. Null: not known. */
export interface TutorFacts {
  tutorId: string;
  userId: string;
  /** Levels taught in the wanted subject. */
  levels: readonly Level[];
  /** For an hour, in minor units of `currency`. */
  rateMinor: number;
  currency: string;
  city: string | null;
  languages: readonly string[];
  formats: readonly LessonFormat[];
  /** 168 bits, Monday 00:00 UTC first. */
  hours: string | null;
  subjectCount: number;
  /** Completed lessons in the wanted subject. */
  subjectLessons: number;
  experienceYears: number;
  verified: boolean;
  reviewCount: number;
  rating: number | null;
  applicationCount: number;
  chosenCount: number;
  responseMinutes: number | null;
  studentCount: number;
  returningCount: number;
  bookingCount: number;
  letDownCount: number;
  recentLessons: number;
  upcomingLessons: number;
  createdAt: Date;
  lastActiveAt: Date;
  /** How near texts of profile and wish are, -1 to 1. */
  similarity: number | null;
  /** How often students like this one chose the tutor, 0 to 1. */
  collaborative: number | null;
  /** Lessons that this very student has completed with the tutor. */
  lessonsTogether: number;
  /** Kilometres between the cities; 0 in the same one. */
  distanceKm: number | null;
  /** How much of each way of teaching texts show, 0 to 1. */
  styles: Partial<Record<LearningStyle, number>> | null;
  /** How well reviews speak, -1 to 1. */
  sentiment: number | null;
}

/** What holds for all tutors of a wish: what is usual in its subject. */
export interface SubjectFacts {
  /** The median rate in the wish's currency, in minor units; null when too few are known. */
  medianRateMinor: number | null;
  /** The mean rating of all tutors. */
  meanRating: number;
}

/** One thing that the ranking is told of a tutor. */
interface Feature {
  /** 1 when more of it can only be better, -1 worse, 0 when the data decide. */
  direction: -1 | 0 | 1;
  /** What it is; NaN when it is not known. */
  of(tutor: TutorFacts, wish: Wish, subject: SubjectFacts, now: Date): number;
}

const DAY = 24 * 60 * 60 * 1000;
/** A rating counts as if so many reviews of the usual rating stood beside it (Bayesian mean). */
const RATING_PRIOR = 5;
/** So many students, applications or bookings of the usual share stand beside what was counted. */
const SHARE_PRIOR = 4;
const USUAL = { choice: 0.2, retention: 0.6, reliability: 0.95 };

/**
 * All that the ranking is told, in the order in which a row has it. Models name their features: change a meaning, change
 * its name. Rows that were logged are read by place: new ones go to the end, and none goes away.
 */
const FEATURES = {
  /** Is the wanted level among those taught? */
  levelMatch: { direction: 1, of: ({ levels }, { level }) => Number(levels.includes(level)) },
  /** How much of a specialist: 1 for whoever teaches this subject only. */
  subjectFocus: { direction: 1, of: ({ subjectCount }) => 1 / Math.max(1, subjectCount) },
  /** Completed lessons in the subject, as a logarithm. */
  subjectLessons: { direction: 1, of: ({ subjectLessons }) => Math.log1p(subjectLessons) },
  experienceYears: { direction: 1, of: ({ experienceYears }) => Math.log1p(experienceYears) },
  /** The rate above what was meant to be spent, as a logarithm of their ratio; 0 up to the budget. */
  overBudget: { direction: -1, of: (tutor, wish) => Math.max(0, budgetRatio(tutor, wish)) },
  /** The rate below the budget, likewise. */
  underBudget: { direction: 0, of: (tutor, wish) => Math.max(0, -budgetRatio(tutor, wish)) },
  /** The rate against the subject's median, as a logarithm of their ratio. */
  priceAgainstMedian: {
    direction: 0,
    of: ({ rateMinor, currency }, wish, { medianRateMinor }) =>
      medianRateMinor && currency === wish.currency ? Math.log(rateMinor / medianRateMinor) : Number.NaN,
  },
  /** Cosine of the texts' embeddings. */
  similarity: { direction: 1, of: ({ similarity }) => similarity ?? Number.NaN },
  /** The share of the wanted hours in which lessons can be. */
  hoursOverlap: { direction: 1, of: (tutor, wish) => hoursOverlap(tutor.hours, wish.hours) },
  /** Hours a week in which lessons can be. */
  weeklyHours: { direction: 0, of: ({ hours }) => (hours === null ? Number.NaN : ones(hours)) },
  /** The mean rating, drawn to the usual one where reviews are few. */
  rating: {
    direction: 1,
    of: ({ rating, reviewCount }, _wish, { meanRating }) =>
      ((rating ?? meanRating) * reviewCount + meanRating * RATING_PRIOR) / (reviewCount + RATING_PRIOR),
  },
  reviewCount: { direction: 1, of: ({ reviewCount }) => Math.log1p(reviewCount) },
  /** Minutes from an order to an application, as a logarithm. */
  responseTime: {
    direction: -1,
    of: ({ responseMinutes }) => (responseMinutes === null ? Number.NaN : Math.log1p(responseMinutes)),
  },
  /** How likely an application of theirs is chosen. */
  choiceRate: {
    direction: 1,
    of: ({ chosenCount, applicationCount }) => share(chosenCount, applicationCount, USUAL.choice),
  },
  /** How likely they keep what was agreed, after Airbnb's likelihood of acceptance. */
  acceptance: {
    direction: 1,
    of: ({ letDownCount, bookingCount }) => share(bookingCount - letDownCount, bookingCount, USUAL.reliability),
  },
  /** How likely a student comes back after the first lesson. */
  retention: {
    direction: 1,
    of: ({ returningCount, studentCount }) => share(returningCount, studentCount, USUAL.retention),
  },
  /** Lessons agreed for the next two weeks, by the hours in which lessons can be. */
  workload: {
    direction: -1,
    of: ({ upcomingLessons, hours }) => (hours === null ? Number.NaN : upcomingLessons / Math.max(1, 2 * ones(hours))),
  },
  verified: { direction: 1, of: ({ verified }) => Number(verified) },
  /** Kilometres to where lessons in person are wanted, as a logarithm. */
  distance: {
    direction: -1,
    of: ({ distanceKm }, { format }) =>
      format === 'ONLINE' || distanceKm === null ? Number.NaN : Math.log1p(distanceKm),
  },
  /** Days since the tutor last did something, as a logarithm. */
  freshness: { direction: -1, of: ({ lastActiveAt }, _wish, _subject, now) => daysSince(lastActiveAt, now) },
  /** Days since the tutor came, as a logarithm. */
  age: { direction: 0, of: ({ createdAt }, _wish, _subject, now) => daysSince(createdAt, now) },
  /** Completed lessons of the last 90 days, as a logarithm. */
  popularity: { direction: 1, of: ({ recentLessons }) => Math.log1p(recentLessons) },
  /** How often students like this one chose the tutor. */
  collaborative: { direction: 1, of: ({ collaborative }) => collaborative ?? Number.NaN },
  /** Lessons that this student had with the tutor, as a logarithm. */
  lessonsTogether: { direction: 1, of: ({ lessonsTogether }) => Math.log1p(lessonsTogether) },
  /** Is one of the languages spoken? */
  languageMatch: {
    direction: 1,
    of: ({ languages }, wish) =>
      wish.languages.length === 0 ? Number.NaN : Number(wish.languages.some((one) => languages.includes(one))),
  },
  /** How much of the wanted way of teaching texts show. */
  styleMatch: {
    direction: 1,
    of: ({ styles }, { style }) => (style === null || styles === null ? Number.NaN : (styles[style] ?? 0)),
  },
  sentiment: { direction: 1, of: ({ sentiment }) => sentiment ?? Number.NaN },
} satisfies Record<string, Feature>;

/** @see FEATURES */
export type FeatureName = keyof typeof FEATURES;

/** In the order in which a row has them. */
export const FEATURE_NAMES = Object.keys(FEATURES) as FeatureName[];

/** Of each feature, the direction of its effect. */
export const FEATURE_DIRECTIONS: readonly number[] = FEATURE_NAMES.map((name) => FEATURES[name].direction);

/** A row for a model: the features of one tutor for one wish. */
export function featureRow(tutor: TutorFacts, wish: Wish, subject: SubjectFacts, now: Date): number[] {
  return FEATURE_NAMES.map((name) => FEATURES[name].of(tutor, wish, subject, now));
}

/** The share of the wanted hours in which lessons can be, 0 to 1; NaN when one of them is not known. */
export function hoursOverlap(hours: string | null, wanted: string | null): number {
  if (hours === null || wanted === null) return Number.NaN;
  let [both, asked] = [0, 0];
  for (let hour = 0; hour < wanted.length; hour++) {
    if (wanted[hour] !== '1') continue;
    asked++;
    if (hours[hour] === '1') both++;
  }
  return asked === 0 ? Number.NaN : both / asked;
}

function budgetRatio({ rateMinor, currency }: TutorFacts, wish: Wish): number {
  const isComparable = wish.budgetMinor !== null && wish.budgetMinor > 0 && currency === wish.currency;
  return isComparable ? Math.log(rateMinor / (wish.budgetMinor ?? 1)) : Number.NaN;
}

function share(part: number, whole: number, usual: number): number {
  return (part + SHARE_PRIOR * usual) / (whole + SHARE_PRIOR);
}

function daysSince(at: Date, now: Date): number {
  return Math.log1p(Math.max(0, (now.getTime() - at.getTime()) / DAY));
}

function ones(bits: string): number {
  let count = 0;
  for (const bit of bits) if (bit === '1') count++;
  return count;
}
