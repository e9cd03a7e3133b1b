import { countUntil } from './cohort.js';
import { RISK_FEATURES, type RiskFeatureName, type RiskView, riskRow } from './risk-features.js';
import { type RiskModel, riskContributions } from './risk-model.js';

/** Why a student is at risk, and the figure that shows it; the figure's meaning goes with the code. */
export interface RiskReason {
  code: RiskReasonCode;
  value: number;
  /** How much it raised the risk, in log-odds. */
  weight: number;
}

interface Rule {
  /** Whose contributions the reason stands for. */
  features: readonly RiskFeatureName[];
  /** The figure where the reason is true of the student, else undefined: a model may err, a reason may not. */
  of(view: RiskView): number | undefined;
}

const INACTIVE_DAYS = 7;
const LOW_RANK = 0.4;
const LATE_RANK = 0.6;
const FALL_POINTS = 5;

/** What tells that less is handed in than is due. */
const HANDING_IN = [
  'standing',
  'weightedStanding',
  'expectedResult',
  'submittedAgainstPeers',
  'missedAgainstPeers',
  'missedInARow',
] as const satisfies readonly RiskFeatureName[];

/** Which features a reason stands for, and when it is true. What one reason has told is not told again by another. */
const RULES = {
  /** Days since the course began, in which nothing was done. */
  NEVER_STARTED: {
    features: [...HANDING_IN, 'ahead', 'place'],
    of: (view) => (hasBegun(view) ? undefined : view.cohort.day),
  },
  /** Days since the last submission, while something that is due is missing. */
  NO_HOMEWORK_SINCE: { features: HANDING_IN, of: noHomeworkSince },
  /** How many assessments that are due were not handed in. */
  MISSED_WORK: {
    features: HANDING_IN,
    of: (view) => (hasBegun(view) && noHomeworkSince(view) === undefined ? positive(missing(view)) : undefined),
  },
  /** How many assessments most others have handed in already, and the student has not, though none is due. */
  BEHIND_OTHERS: {
    features: ['ahead', 'place'],
    of: (view) => (hasBegun(view) ? positive(behindOthers(view)) : undefined),
  },
  /** The mean score so far, among the lower ones. */
  LOW_SCORES: {
    features: ['meanRank', 'lowestRank', 'lastRank', 'standing', 'weightedStanding', 'expectedResult'],
    of: (view) =>
      meanOf(scored(view).map((seen) => view.cohort.scoreRank(seen))) < LOW_RANK ? meanScore(view) : undefined,
  },
  /** By how many points the last score is below the first. */
  FALLING_SCORES: { features: ['trend', 'lastRank'], of: fall },
  /** How many submissions came after the due day. */
  LATE_SUBMISSIONS: {
    features: ['lateDays', 'delayRank', 'lastDelayRank', 'place'],
    of: (view) => positive(late(view)),
  },
  /** The percentage of others who hand in earlier, where nothing was late. */
  LAST_MINUTE: {
    features: ['delayRank', 'lastDelayRank', 'place'],
    of: (view) => (late(view) === 0 ? lastMinute(view) : undefined),
  },
  /** How often the course was begun before, or how much work was brought over from that. */
  REPEATED_COURSE: {
    features: ['previousAttempts', 'banked'],
    of: ({ history, submissions }) =>
      positive(history.previousAttempts ?? 0) ?? positive(submissions.filter(({ isBanked }) => isBanked).length),
  },
  /** The percentage of others who enrolled earlier. */
  ENROLLED_LATE: {
    features: ['registrationRank'],
    of: ({ history, cohort }) => percentAbove(cohort.registrationRank(history.registrationDay), LATE_RANK),
  },
  /** Days since anything was done. */
  INACTIVE: { features: ['daysInactive', 'recentActivity'], of: inactive },
  /** How many lessons fewer than half of the others have completed. */
  BEHIND_SCHEDULE: { features: ['lessonRank'], of: behindSchedule },
  /** How many attempts at tests were failed in the last two weeks. */
  FAILED_ATTEMPTS: { features: ['failedTests'], of: (view) => positive(failedLately(view)) },
} satisfies Record<string, Rule>;

export type RiskReasonCode = keyof typeof RULES;

/** All codes there are. */
export const RISK_REASON_CODES = Object.keys(RULES) as RiskReasonCode[];

/**
 * The strongest reasons of a student's score, first the strongest. Each is true of the student, and none is given that
 * lowered the score.
 */
export function riskReasons(model: RiskModel, view: RiskView, most = 4): RiskReason[] {
  const { features } = riskContributions(model, riskRow(view));
  const told = new Set<RiskFeatureName>();
  const candidates = RISK_REASON_CODES.flatMap((code) => {
    const value = RULES[code].of(view);
    return value === undefined ? [] : [{ code, value: Math.round(value), features: RULES[code].features }];
  });
  const reasons: RiskReason[] = [];
  while (candidates.length > 0) {
    // What one reason has told is not told again by another.
    const weighed = candidates.map((candidate) => ({
      candidate,
      weight: sumOf(
        candidate.features.filter((name) => !told.has(name)).map((name) => features[RISK_FEATURES.indexOf(name)]),
      ),
    }));
    const strongest = weighed.reduce((best, other) => (other.weight > best.weight ? other : best));
    const { code, value } = strongest.candidate;
    for (const name of strongest.candidate.features) told.add(name);
    candidates.splice(candidates.indexOf(strongest.candidate), 1);
    if (strongest.weight >= 0) reasons.push({ code, value, weight: strongest.weight });
  }
  return reasons.slice(0, most);
}

function hasBegun({ history, submissions, cohort: { day } }: RiskView): boolean {
  return submissions.length > 0 || countUntil(history.activityDays ?? [], day) > 0;
}

function missing({ due, isSubmitted }: RiskView): number {
  return due.filter((assessment) => !isSubmitted(assessment)).length;
}

/** How many of the last that were due are missing, one after another. */
function missingNow({ due, isSubmitted }: RiskView): number {
  return due.length - 1 - due.findLastIndex(isSubmitted);
}

function noHomeworkSince(view: RiskView): number | undefined {
  const days = sinceSubmission(view);
  return hasBegun(view) && missingNow(view) > 0 && days >= INACTIVE_DAYS ? days : undefined;
}

function sinceSubmission({ submissions, cohort: { day } }: RiskView): number {
  // Whoever never handed anything in is counted from the start.
  return day - Math.max(0, ...submissions.filter(({ isBanked }) => !isBanked).map((seen) => seen.day));
}

function behindOthers({ cohort, isSubmitted }: RiskView): number {
  return cohort.course.assessments.filter(
    (assessment) =>
      assessment.dueDay > cohort.day && !isSubmitted(assessment) && cohort.submittedShare(assessment) > 0.5,
  ).length;
}

function scored({ submissions }: RiskView) {
  return submissions.filter(({ score }) => score !== undefined);
}

function meanScore(view: RiskView): number {
  return meanOf(scored(view).map(({ score = 0 }) => score));
}

function fall(view: RiskView): number | undefined {
  const scores = scored(view).map(({ score = 0 }) => score);
  const points = (scores[0] ?? 0) - (scores.at(-1) ?? 0);
  return points >= FALL_POINTS ? points : undefined;
}

function late({ submissions }: RiskView): number {
  return submissions.filter(({ delay, isBanked }) => delay > 0 && !isBanked).length;
}

function lastMinute({ submissions, cohort }: RiskView): number | undefined {
  return percentAbove(
    meanOf(submissions.filter(({ isBanked }) => !isBanked).map((seen) => cohort.delayRank(seen))),
    LATE_RANK,
  );
}

function inactive({ history: { activityDays }, cohort: { day } }: RiskView): number | undefined {
  const last = activityDays?.[countUntil(activityDays, day) - 1];
  return last !== undefined && day - last >= INACTIVE_DAYS ? day - last : undefined;
}

function behindSchedule({ history: { lessonDays }, cohort }: RiskView): number | undefined {
  return lessonDays && positive(cohort.usualLessons - countUntil(lessonDays, cohort.day));
}

function failedLately({ history: { failedTestDays = [] }, cohort: { day } }: RiskView): number {
  return countUntil(failedTestDays, day) - countUntil(failedTestDays, day - 14);
}

function positive(value: number): number | undefined {
  return value > 0 ? value : undefined;
}

function percentAbove(rank: number, least: number): number | undefined {
  return rank > least ? rank * 100 : undefined;
}

function meanOf(values: readonly number[]): number {
  return sumOf(values) / values.length;
}

function sumOf(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}
