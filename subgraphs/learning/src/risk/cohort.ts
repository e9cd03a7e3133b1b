import type { RiskAssessment, RiskCourse, RiskHistory, RiskSubmission } from './risk-history.js';

/**
 * In a small course a rank says more about chance than about a student: so many made-up peers, who do as the
 * students of the Open University did, stand beside the real ones.
 */
const MADE_UP_PEERS = 5;
/** Tenths of all scores of the data set, least to greatest. */
const USUAL_SCORES = Float64Array.of(0, 55, 64, 70, 74, 79, 81, 86, 90, 98, 100);
/** Tenths of the days between due day and submission. */
const USUAL_DELAYS = Float64Array.of(-30, -4, -2, -1, -1, -1, 0, 0, 2, 6, 30);
/** The share of those who hand in what is due. */
const USUAL_SHARE = 0.9;
const NOBODY = new Float64Array();
const USUAL_SPREAD = spreadOf(NOBODY);

interface Spread {
  mean: number;
  deviation: number;
}

/** A submission as it could be seen on a day. */
export interface SeenSubmission extends Omit<RiskSubmission, 'scoredDay' | 'dueDay'> {
  assessment: RiskAssessment;
  /** Days after the due day; negative when early. */
  delay: number;
}

/** Everybody in a course on the same day of it: what a student's record is compared with. */
export class Cohort {
  readonly course: RiskCourse;
  readonly day: number;
  readonly #size: number;
  readonly #scores = new Map<string, Float64Array>();
  readonly #spreads = new Map<string, Spread>();
  readonly #delays = new Map<string, Float64Array>();
  readonly #submitted = new Map<string, number>();
  readonly #registrationDays: Float64Array;
  readonly #studyLoads: Float64Array;
  readonly #lessons: Float64Array;

  /** @param histories - of all students who have come as far as this day */
  constructor(course: RiskCourse, histories: readonly RiskHistory[], day: number) {
    this.course = course;
    this.day = day;
    this.#size = histories.length;
    const seen = histories.flatMap((history) => submissionsSeen(course, history, day));
    for (const [id, submissions] of Map.groupBy(seen, ({ assessmentId }) => assessmentId)) {
      this.#submitted.set(id, submissions.length);
      const scores = sorted(submissions.map(({ score }) => score));
      this.#scores.set(id, scores);
      this.#spreads.set(id, spreadOf(scores));
      this.#delays.set(id, sorted(submissions.filter(({ isBanked }) => !isBanked).map(({ delay }) => delay)));
    }
    this.#registrationDays = sorted(histories.map(({ registrationDay }) => registrationDay));
    this.#studyLoads = sorted(histories.map(({ studyLoad }) => studyLoad));
    this.#lessons = sorted(histories.map(({ lessonDays }) => lessonDays && countUntil(lessonDays, day)));
  }

  /** The share of students who have handed it in by now. */
  submittedShare({ id, dueDay }: RiskAssessment): number {
    const usual = dueDay <= this.day ? USUAL_SHARE : 0;
    return ((this.#submitted.get(id) ?? 0) + usual * MADE_UP_PEERS) / (this.#size + MADE_UP_PEERS);
  }

  /** The share of scores below this one; NaN when there is no score. */
  scoreRank({ assessmentId, score }: SeenSubmission): number {
    return blended(this.#scores.get(assessmentId), score, USUAL_SCORES);
  }

  /** Standard deviations above the mean score; NaN when there is no score. */
  standardScore({ assessmentId, score = Number.NaN }: SeenSubmission): number {
    const { mean, deviation } = this.#spreads.get(assessmentId) ?? USUAL_SPREAD;
    return (score - mean) / deviation;
  }

  /** The share of submissions that came earlier; NaN for one that was brought over. */
  delayRank({ assessmentId, delay, isBanked }: SeenSubmission): number {
    return blended(this.#delays.get(assessmentId), isBanked ? undefined : delay, USUAL_DELAYS);
  }

  registrationRank(day: number | undefined): number {
    return rankIn(this.#registrationDays, day);
  }

  studyLoadRank(load: number | undefined): number {
    return rankIn(this.#studyLoads, load);
  }

  /** How many lessons half of the students have completed; NaN where that is not recorded. */
  get usualLessons(): number {
    return this.#lessons[this.#lessons.length >> 1] ?? Number.NaN;
  }

  lessonRank(lessons: number | undefined): number {
    return rankIn(this.#lessons, lessons);
  }
}

/** What was handed in by the end of the day, by due day; a score only when it was known. */
export function submissionsSeen(course: RiskCourse, history: RiskHistory, day: number): SeenSubmission[] {
  const assessments = new Map(course.assessments.map((assessment) => [assessment.id, assessment]));
  return history.submissions
    .filter((submission) => submission.day <= day)
    .flatMap(({ scoredDay, score, dueDay, ...submission }) => {
      const assessment = assessments.get(submission.assessmentId);
      const isScoreKnown = (scoredDay ?? submission.day) <= day;
      const delay = submission.day - (dueDay ?? assessment?.dueDay ?? 0);
      return assessment ? [{ ...submission, assessment, delay, score: isScoreKnown ? score : undefined }] : [];
    })
    .sort((a, b) => a.assessment.dueDay - b.assessment.dueDay);
}

/** How many of the rising days are no later than this one. */
export function countUntil(days: readonly number[], day: number): number {
  const later = days.findIndex((other) => other > day);
  return later < 0 ? days.length : later;
}

function blended(values: Float64Array = NOBODY, value: number | undefined, usual: Float64Array): number {
  if (value === undefined) return Number.NaN;
  const [own, made] = [placesBelow(values, value), placesBelow(usual, value) / usual.length];
  return (own + made * MADE_UP_PEERS) / (values.length + MADE_UP_PEERS);
}

function rankIn(values: Float64Array, value: number | undefined): number {
  if (value === undefined || values.length < MADE_UP_PEERS) return Number.NaN;
  return placesBelow(values, value) / values.length;
}

/** How many are below; equal ones count by half. */
function placesBelow(values: Float64Array, value: number): number {
  return (firstFrom(values, (other) => other >= value) + firstFrom(values, (other) => other > value)) / 2;
}

/** Where the first value is for which it is true, in a list where it is false and then true. */
function firstFrom(values: Float64Array, isTrue: (value: number) => boolean): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isTrue(values[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function sorted(values: readonly (number | undefined)[]): Float64Array {
  return Float64Array.from(values.filter((value) => value !== undefined)).sort();
}

/** Of the scores and those of the made-up peers. */
function spreadOf(scores: Float64Array): Spread {
  const meanOf = (power: number): number =>
    (powers(scores, power) + (powers(USUAL_SCORES, power) / USUAL_SCORES.length) * MADE_UP_PEERS) /
    (scores.length + MADE_UP_PEERS);
  const mean = meanOf(1);
  return { mean, deviation: Math.sqrt(meanOf(2) - mean ** 2) };
}

function powers(values: Float64Array, power: number): number {
  return values.reduce((sum, value) => sum + value ** power, 0);
}
