import { type Cohort, countUntil, type SeenSubmission, submissionsSeen } from './cohort.js';
import type { RiskAssessment, RiskHistory } from './risk-history.js';

/** Days of activity that are looked back upon. */
const RECENT_DAYS = 14;
/** An assessment that fewer have begun is nobody's duty yet. */
const BEGUN_BY = 0.02;
/**
 * What a result tells of the next one, in standard deviations: so much of its own score, and this between those who hand in
 * last and first. Least squares over the courses of the Open University's data, rounded.
 */
const OF_SCORE = 0.6;
const OF_DELAY = -0.7;
/** The same of an assessment that was not handed in; no score counts for less than the lowest usual one. */
const OF_MISSED = -2.2;
const LOWEST_SCORE = -2.5;
const MIDDLE_RANK = 0.5;

/** A student's record as it stood at the end of a day of the course, beside that of the others. */
export interface RiskView {
  history: RiskHistory;
  cohort: Cohort;
  submissions: readonly SeenSubmission[];
  /** Due by now, by due day. */
  due: readonly RiskAssessment[];
  isSubmitted(assessment: RiskAssessment): boolean;
}

/** One thing that the model is told. */
interface RiskFeature {
  /** 1 when more of it can only mean more risk, -1 less, 0 when the data decide. */
  direction: -1 | 0 | 1;
  /** What it is of a student; NaN when it is not known. */
  of(view: RiskView): number;
}

/**
 * All that the model is told of a student, from what was known at the end of the day: no submission, score or deed
 * after it. Most compare with the others of the course on the same day, so that courses of other lengths, scales and
 * strictness speak one language. Who a student is (gender, region, age, education, deprivation, disability) is nowhere
 * in a record, so that it cannot be told.
 */
const FEATURES = {
  /** The mean rank of scores, 0 for each due assessment that was not handed in. */
  standing: { direction: -1, of: (view) => mean(standings(view).map(({ value }) => value)) },
  /** The same, weighted by the share of others who handed it in. */
  weightedStanding: { direction: -1, of: (view) => weightedMean(standings(view)) },
  /** The result to be expected of the next assessment, in standard deviations above the mean of the others. */
  expectedResult: { direction: -1, of: (view) => weightedMean(expectations(view)) },
  /** How many more of the begun assessments were handed in than others did, as a share. */
  submittedAgainstPeers: { direction: -1, of: (view) => mean(begun(view).map((one) => submittedMore(view, one))) },
  /** The same of those that are not due yet, as a number. */
  ahead: { direction: -1, of: (view) => total(notDue(view).map((one) => submittedMore(view, one))) },
  /** Of the due assessments that were not handed in, the mean share of others who did. */
  missedAgainstPeers: {
    direction: 1,
    of: (view) =>
      view.due.length === 0 ? Number.NaN : mean(missed(view).map((one) => view.cohort.submittedShare(one))) || 0,
  },
  /** How many assessments were last missed one after another. */
  missedInARow: { direction: 1, of: missedInARow },
  /** The mean rank of scores. */
  meanRank: { direction: -1, of: (view) => mean(scoreRanks(view)) },
  /** The lowest rank of a score. */
  lowestRank: { direction: -1, of: (view) => least(scoreRanks(view)) },
  /** The rank of the last score. */
  lastRank: { direction: -1, of: (view) => scoreRanks(view).at(-1) ?? Number.NaN },
  /** The last rank less the first. */
  trend: { direction: 0, of: trend },
  /** The mean place in the order of submissions, 0 first, 1 last; missed ones stand behind all who submitted. */
  place: { direction: 1, of: (view) => mean(begun(view).map((assessment) => placeOf(view, assessment))) },
  /** The mean rank of delays among submissions of the same assessment: work at the last moment is a sign. */
  delayRank: { direction: 1, of: (view) => mean(delayRanks(view)) },
  /** The rank of the last delay. */
  lastDelayRank: { direction: 1, of: (view) => delayRanks(view).at(-1) ?? Number.NaN },
  /** Mean days after the due day; early is 0. */
  lateDays: { direction: 1, of: (view) => mean(own(view).map(({ delay }) => Math.max(0, delay))) },
  /** How many submissions were brought over from an earlier run of the course. */
  banked: { direction: 1, of: ({ submissions }) => submissions.filter(({ isBanked }) => isBanked).length },
  /** How late the enrolment was among those of the others. */
  registrationRank: { direction: 1, of: ({ history, cohort }) => cohort.registrationRank(history.registrationDay) },
  /** How much is studied at once, among the others. */
  studyLoadRank: { direction: 0, of: ({ history, cohort }) => cohort.studyLoadRank(history.studyLoad) },
  /** How often the course was begun before. */
  previousAttempts: { direction: 1, of: ({ history }) => history.previousAttempts ?? Number.NaN },
  /** Days since anything was done, as far as activity is recorded. */
  daysInactive: { direction: 1, of: daysInactive },
  /** The share of the last days on which something was done. */
  recentActivity: { direction: -1, of: recentActivity },
  /** The rank of the number of lessons completed. */
  lessonRank: { direction: -1, of: lessonRank },
  /** How many attempts at tests were failed lately. */
  failedTests: { direction: 1, of: ({ history, cohort: { day } }) => lately(history.failedTestDays, day) },
} satisfies Record<string, RiskFeature>;

export type RiskFeatureName = keyof typeof FEATURES;

/** In the order in which a row has them. */
export const RISK_FEATURES = Object.keys(FEATURES) as RiskFeatureName[];

/** Of each feature, the direction of its effect. */
export const RISK_DIRECTIONS: readonly number[] = RISK_FEATURES.map((name) => FEATURES[name].direction);

/** What the features and the reasons are read from. */
export function riskView(history: RiskHistory, cohort: Cohort): RiskView {
  const submissions = submissionsSeen(cohort.course, history, cohort.day);
  const submitted = new Set(submissions.map(({ assessmentId }) => assessmentId));
  return {
    history,
    cohort,
    submissions,
    due: cohort.course.assessments
      .filter(({ id, dueDay }) => Math.max(dueDay, history.extensions?.[id] ?? dueDay) <= cohort.day)
      .sort((a, b) => a.dueDay - b.dueDay),
    isSubmitted: ({ id }) => submitted.has(id),
  };
}

/** A row for the model. */
export function riskRow(view: RiskView): number[] {
  return RISK_FEATURES.map((name) => FEATURES[name].of(view));
}

function standings(view: RiskView): { value: number; weight: number }[] {
  const { cohort, submissions } = view;
  return [
    ...submissions.map((seen) => ({ value: cohort.scoreRank(seen), weight: cohort.submittedShare(seen.assessment) })),
    ...missed(view).map((assessment) => ({ value: 0, weight: cohort.submittedShare(assessment) })),
  ];
}

/**
 * What each due assessment lets expect of the next. Before one is due only the keenest are there to be compared with. One
 * that does not count for the result of the course says something, too.
 */
function expectations(view: RiskView): { value: number; weight: number }[] {
  const due = view.submissions.filter(({ assessment }) => assessment.dueDay <= view.cohort.day);
  return [
    ...due.map((seen) => ({ value: expectation(view, seen), weight: 1 + seen.assessment.weight })),
    ...missed(view).map(({ weight }) => ({ value: OF_MISSED, weight: 1 + weight })),
  ];
}

function expectation({ cohort }: RiskView, seen: SeenSubmission): number {
  // What is not known counts as usual.
  const score = Math.max(LOWEST_SCORE, cohort.standardScore(seen) || 0);
  return OF_SCORE * score + OF_DELAY * (cohort.delayRank(seen) - MIDDLE_RANK || 0);
}

function begun({ cohort }: RiskView): RiskAssessment[] {
  return cohort.course.assessments.filter(
    (assessment) => assessment.dueDay <= cohort.day || cohort.submittedShare(assessment) > BEGUN_BY,
  );
}

function notDue({ cohort }: RiskView): RiskAssessment[] {
  return cohort.course.assessments.filter(({ dueDay }) => dueDay > cohort.day);
}

function missed(view: RiskView): RiskAssessment[] {
  return view.due.filter((assessment) => !view.isSubmitted(assessment));
}

function submittedMore(view: RiskView, assessment: RiskAssessment): number {
  return Number(view.isSubmitted(assessment)) - view.cohort.submittedShare(assessment);
}

function missedInARow({ due, isSubmitted }: RiskView): number {
  return due.length - 1 - due.findLastIndex(isSubmitted);
}

function scoreRanks({ cohort, submissions }: RiskView): number[] {
  return submissions.map((seen) => cohort.scoreRank(seen)).filter((rank) => !Number.isNaN(rank));
}

function trend(view: RiskView): number {
  const ranks = scoreRanks(view);
  return ranks.length < 2 ? Number.NaN : (ranks.at(-1) ?? 0) - (ranks[0] ?? 0);
}

function own({ submissions }: RiskView): SeenSubmission[] {
  return submissions.filter(({ isBanked }) => !isBanked);
}

function delayRanks(view: RiskView): number[] {
  return own(view).map((seen) => view.cohort.delayRank(seen));
}

function placeOf({ cohort, submissions }: RiskView, assessment: RiskAssessment): number {
  const share = cohort.submittedShare(assessment);
  const seen = submissions.find(({ assessmentId }) => assessmentId === assessment.id);
  return seen ? cohort.delayRank(seen) * share : 1 - share / 2;
}

function daysInactive({ history: { activityDays }, cohort: { day } }: RiskView): number {
  if (!activityDays) return Number.NaN;
  // Before the first deed the course has not been begun: since its start, then.
  return day - (activityDays[countUntil(activityDays, day) - 1] ?? 0);
}

function recentActivity({ history: { activityDays }, cohort: { day } }: RiskView): number {
  return lately(activityDays, day) / Math.min(RECENT_DAYS, day + 1);
}

function lessonRank({ history: { lessonDays }, cohort }: RiskView): number {
  return cohort.lessonRank(lessonDays && countUntil(lessonDays, cohort.day));
}

function lately(days: readonly number[] | undefined, day: number): number {
  return days ? countUntil(days, day) - countUntil(days, day - RECENT_DAYS) : Number.NaN;
}

function mean(values: readonly number[]): number {
  return weightedMean(values.map((value) => ({ value, weight: 1 })));
}

function weightedMean(values: readonly { value: number; weight: number }[]): number {
  const known = values.filter(({ value }) => !Number.isNaN(value));
  return total(known.map(({ value, weight }) => value * weight)) / total(known.map(({ weight }) => weight));
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function least(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : Math.min(...values);
}
