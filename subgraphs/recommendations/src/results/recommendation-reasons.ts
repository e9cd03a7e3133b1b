import type { FeatureName, SubjectFacts, TutorFacts } from '../ranking/features.js';
import { FEATURE_NAMES, hoursOverlap } from '../ranking/features.js';
import { contributionsOf, type ModelContent } from '../ranking/ranking-model.js';
import type { Wish } from '../ranking/wish.js';

/** Why a tutor is recommended, and the figure that shows it; the figure's meaning goes with the code. */
export interface RecommendationReason {
  code: RecommendationReasonCode;
  /** Null where there is no figure. */
  value: number | null;
}

/** What a reason is seen in. */
interface View {
  tutor: TutorFacts;
  wish: Wish;
  subject: SubjectFacts;
  now: Date;
}

interface Rule {
  /** Whose contributions the reason stands for. */
  features: readonly FeatureName[];
  /** The figure (null: there is none) where the reason is true of the tutor, else undefined: a model may err, a reason may not. */
  of(view: View): number | null | undefined;
}

const MOST = 3;
const WHOLE = 100;
const DAY = 24 * 60 * 60 * 1000;

/** From where on something is worth saying. */
const LEAST = {
  nearness: 0.2,
  overlap: 0.5,
  cheaper: 10,
  lessons: 10,
  years: 3,
  rating: 4.5,
  reviews: 3,
  students: 5,
  returning: 0.6,
  applications: 5,
  chosen: 0.25,
  bookings: 10,
  kept: 0.97,
  recentLessons: 10,
  alike: 0.3,
  style: 0.5,
  sentiment: 0.5,
};
const MOST_MINUTES = 180;
const MOST_KM = 15;
const MOST_BUSY = 0.5;
const ACTIVE_DAYS = 3;

/** Which features a reason stands for, and when it is true; in the order in which they fill up where a model says nothing. */
const RULES = {
  /** Lessons that the student had with the tutor. */
  TAUGHT_YOU: { features: ['lessonsTogether'], of: ({ tutor }) => atLeast(tutor.lessonsTogether, 1) },
  /** The percentage of the wanted hours in which lessons can be. */
  HOURS_FIT: {
    features: ['hoursOverlap'],
    of: ({ tutor, wish }) => percent(atLeast(hoursOverlap(tutor.hours, wish.hours), LEAST.overlap)),
  },
  /** The percentage of students who came back after the first lesson. */
  STUDENTS_RETURN: {
    features: ['retention'],
    of: ({ tutor }) => percent(shareOf(tutor.returningCount, tutor.studentCount, LEAST.students, LEAST.returning)),
  },
  /** The mean rating, 1 to 5. */
  RATED_WELL: {
    features: ['rating', 'reviewCount'],
    of: ({ tutor }) => (tutor.reviewCount < LEAST.reviews ? undefined : atLeast(tutor.rating, LEAST.rating)),
  },
  /** Nothing but that the profile speaks of what is wanted. */
  PROFILE_FITS: { features: ['similarity'], of: ({ tutor }) => isTrue((tutor.similarity ?? 0) >= LEAST.nearness) },
  /** Nothing but that students like this one chose the tutor. */
  CHOSEN_BY_SIMILAR: {
    features: ['collaborative'],
    of: ({ tutor }) => isTrue((tutor.collaborative ?? 0) >= LEAST.alike),
  },
  /** By how many percent an hour is cheaper than the budget; 0 for one that takes all of it. */
  WITHIN_BUDGET: {
    features: ['overBudget', 'underBudget'],
    of: ({ tutor, wish }) =>
      tutor.currency === wish.currency ? cheaper(tutor.rateMinor, wish.budgetMinor, 0) : undefined,
  },
  /** By how many percent an hour is cheaper than is usual in the subject. */
  CHEAPER_THAN_USUAL: {
    features: ['priceAgainstMedian'],
    of: ({ tutor, wish, subject }) =>
      tutor.currency === wish.currency ? cheaper(tutor.rateMinor, subject.medianRateMinor, LEAST.cheaper) : undefined,
  },
  /** Nothing but that texts show the wanted way of teaching. */
  STYLE_FITS: {
    features: ['styleMatch'],
    of: ({ tutor, wish }) => isTrue(wish.style !== null && (tutor.styles?.[wish.style] ?? 0) >= LEAST.style),
  },
  /** Completed lessons in the subject. */
  TAUGHT_SUBJECT: { features: ['subjectLessons'], of: ({ tutor }) => atLeast(tutor.subjectLessons, LEAST.lessons) },
  /** Years of teaching. */
  EXPERIENCED: { features: ['experienceYears'], of: ({ tutor }) => atLeast(tutor.experienceYears, LEAST.years) },
  /** Nothing but that the tutor teaches this subject only. */
  SPECIALIST: { features: ['subjectFocus'], of: ({ tutor }) => isTrue(tutor.subjectCount === 1) },
  /** Kilometres between the cities. */
  NEARBY: {
    features: ['distance'],
    of: ({ tutor, wish }) => (wish.format === 'IN_PERSON' ? atMost(tutor.distanceKm, MOST_KM) : undefined),
  },
  /** Minutes from an order to an application. */
  ANSWERS_FAST: { features: ['responseTime'], of: ({ tutor }) => atMost(tutor.responseMinutes, MOST_MINUTES) },
  /** The percentage of lessons that took place as agreed. */
  RELIABLE: {
    features: ['acceptance'],
    of: ({ tutor }) =>
      percent(shareOf(tutor.bookingCount - tutor.letDownCount, tutor.bookingCount, LEAST.bookings, LEAST.kept)),
  },
  /** The percentage of applications that were chosen. */
  OFTEN_CHOSEN: {
    features: ['choiceRate'],
    of: ({ tutor }) => percent(shareOf(tutor.chosenCount, tutor.applicationCount, LEAST.applications, LEAST.chosen)),
  },
  /** Completed lessons of the last 90 days. */
  POPULAR: { features: ['popularity'], of: ({ tutor }) => atLeast(tutor.recentLessons, LEAST.recentLessons) },
  /** Nothing but that reviews speak well of the tutor. */
  PRAISED: {
    features: ['sentiment'],
    of: ({ tutor }) => isTrue(tutor.reviewCount >= LEAST.reviews && (tutor.sentiment ?? 0) >= LEAST.sentiment),
  },
  /** Nothing but that a language is spoken in which lessons should be. */
  SPEAKS_LANGUAGE: {
    features: ['languageMatch'],
    of: ({ tutor, wish }) => isTrue(wish.languages.some((one) => tutor.languages.includes(one))),
  },
  /** Nothing but that the level is taught. */
  TEACHES_LEVEL: { features: ['levelMatch'], of: ({ tutor, wish }) => isTrue(tutor.levels.includes(wish.level)) },
  /** Nothing but that there are hours left. */
  HAS_TIME: { features: ['workload', 'weeklyHours'], of: ({ tutor }) => isTrue(isFree(tutor)) },
  /** Nothing but that documents were checked. */
  VERIFIED: { features: ['verified'], of: ({ tutor }) => isTrue(tutor.verified) },
  /** Nothing but that the tutor has just been here. */
  ACTIVE: {
    features: ['freshness'],
    of: ({ tutor, now }) => isTrue(now.getTime() - tutor.lastActiveAt.getTime() < ACTIVE_DAYS * DAY),
  },
} satisfies Record<string, Rule>;

/** @see RULES */
export type RecommendationReasonCode = keyof typeof RULES;

/** @see RULES */
export const recommendationReasonCodes = Object.keys(RULES) as [
  RecommendationReasonCode,
  ...RecommendationReasonCode[],
];

/**
 * The three strongest reasons for a tutor: those that are true, by how much the features that they stand for raised the
 * score against that of a usual tutor. What lowered it is no reason, even where it is true.
 */
export function reasonsFor(model: ModelContent, row: readonly number[], view: View): RecommendationReason[] {
  const contributions = contributionsOf(model, row);
  const effectOf = (feature: FeatureName): number => contributions[FEATURE_NAMES.indexOf(feature)] ?? 0;
  return recommendationReasonCodes
    .flatMap((code) => {
      const { features, of }: Rule = RULES[code];
      const value = of(view);
      const effect = features.reduce((sum, feature) => sum + effectOf(feature), 0);
      return value === undefined || effect < 0 ? [] : [{ code, value, effect }];
    })
    .sort((a, b) => b.effect - a.effect)
    .slice(0, MOST)
    .map(({ code, value }) => ({ code, value }));
}

function isTrue(fact: boolean): null | undefined {
  return fact ? null : undefined;
}

function atLeast(value: number | null, least: number): number | undefined {
  return value !== null && value >= least ? value : undefined;
}

function atMost(value: number | null, most: number): number | undefined {
  return value !== null && value <= most ? value : undefined;
}

function shareOf(part: number, whole: number, leastWhole: number, least: number): number | undefined {
  return whole < leastWhole ? undefined : atLeast(part / whole, least);
}

function percent(share: number | undefined): number | undefined {
  return share === undefined ? undefined : Math.floor(share * WHOLE + 1e-9);
}

function cheaper(rateMinor: number, thanMinor: number | null, least: number): number | undefined {
  if (thanMinor === null || thanMinor <= 0 || rateMinor > thanMinor) return undefined;
  return atLeast(Math.floor((1 - rateMinor / thanMinor) * WHOLE), least);
}

function isFree({ hours, upcomingLessons }: TutorFacts): boolean {
  const weekly = hours?.replaceAll('0', '').length ?? 0;
  return weekly > 0 && upcomingLessons / (2 * weekly) < MOST_BUSY;
}
