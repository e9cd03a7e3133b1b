/** How much danger somebody is in of giving up a course. */
export const riskLevels = ['LOW', 'WATCH', 'AT_RISK'] as const;
/** @see riskLevels */
export type RiskLevel = (typeof riskLevels)[number];

/** From which score on somebody is watched, or at risk, and for how long nobody is told of the same student again. */
export interface Thresholds {
  watchFrom: number;
  atRiskFrom: number;
  quietDays: number;
}

/**
 * What holds until a school sets its own. The model says 30 of whoever it knows nothing of: nobody is watched only because
 * they are new.
 */
export const USUAL_THRESHOLDS: Thresholds = { watchFrom: 35, atRiskFrom: 50, quietDays: 14 };

/** A level is left only so many points below where it began: a score that trembles does not. */
const MARGIN = 5;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The level of a score, given the one before; null when there was none. */
export function levelOf(score: number, before: RiskLevel | null, { watchFrom, atRiskFrom }: Thresholds): RiskLevel {
  if (score >= atRiskFrom - (before === 'AT_RISK' ? MARGIN : 0)) return 'AT_RISK';
  return score >= watchFrom - (before && before !== 'LOW' ? MARGIN : 0) ? 'WATCH' : 'LOW';
}

/** Is it to be told now that somebody is at risk? */
export function isAlarming(
  { before, level }: { before: RiskLevel | null; level: RiskLevel },
  alarmedAt: Date | null,
  now: Date,
  { quietDays }: Thresholds,
): boolean {
  if (level !== 'AT_RISK' || before === 'AT_RISK') return false;
  return alarmedAt === null || now.getTime() - alarmedAt.getTime() >= quietDays * DAY_MS;
}

/** What staff do for a student at risk. */
export const interventionKinds = ['MESSAGE', 'CALL', 'MEETING', 'EXTENSION', 'PLAN', 'OTHER'] as const;
/** @see interventionKinds */
export type InterventionKind = (typeof interventionKinds)[number];

/** What became of a model of the school's own: RUNNING scores now, REPLACED did, REJECTED was not better. */
export const riskModelStatuses = ['RUNNING', 'REPLACED', 'REJECTED'] as const;
/** @see riskModelStatuses */
export type RiskModelStatus = (typeof riskModelStatuses)[number];
