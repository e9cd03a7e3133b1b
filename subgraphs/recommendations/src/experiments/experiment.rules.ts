/** Where an experiment stands. */
export const experimentStatuses = ['DRAFT', 'RUNNING', 'PAUSED', 'COMPLETED'] as const;
/** @see experimentStatuses */
export type ExperimentStatus = (typeof experimentStatuses)[number];

/** What is assigned as a whole: a person, or everybody who looks for a subject in a city. */
export const experimentUnits = ['USER', 'CLUSTER'] as const;
/** @see experimentUnits */
export type ExperimentUnit = (typeof experimentUnits)[number];

/** What a figure of a unit is: whether anything was counted of it, or the sum of what was. */
export const metricKinds = ['PROPORTION', 'MEAN'] as const;
/** @see metricKinds */
export type MetricKind = (typeof metricKinds)[number];

/** What a metric is to its experiment. */
export const metricRoles = ['PRIMARY', 'SECONDARY', 'GUARDRAIL'] as const;
/** @see metricRoles */
export type MetricRole = (typeof metricRoles)[number];

/** Which way is better. */
export const betterDirections = ['HIGHER', 'LOWER'] as const;
/** @see betterDirections */
export type BetterDirection = (typeof betterDirections)[number];

/** Metrics that this room counts by itself, by what became of tutors who were shown; clients cannot count them. */
export const outcomeMetrics = ['opened', 'applied', 'chosen', 'booked', 'repeated'] as const;

/** The variant with which others are compared; every experiment has it. */
export const CONTROL = 'control';

/** Shares are told in basis points: 10,000 is all. */
export const ALL = 10_000;

/** How an experiment may go on; RUNNING from PAUSED goes on where it stopped. */
const transitions: Readonly<Record<ExperimentStatus, readonly ExperimentStatus[]>> = {
  DRAFT: ['RUNNING'],
  RUNNING: ['PAUSED', 'COMPLETED'],
  PAUSED: ['RUNNING', 'COMPLETED'],
  COMPLETED: [],
};

/** May an experiment go on so? */
export function mayMoveExperiment(from: ExperimentStatus, to: ExperimentStatus): boolean {
  return transitions[from].includes(to);
}

/** What a variant does; whoever acts on experiments reads from it what they know. */
export interface VariantPayload {
  /** The model that ranks. */
  rankingModelId?: string | undefined;
  /** Is there a place in the list for tutors who are little known? */
  explorationSlot?: boolean | undefined;
  /** What clients read. */
  [key: string]: unknown;
}

/** From so many hours of running on, this share of units takes part. */
export interface RampStep {
  afterHours: number;
  /** Basis points of the units of the experiment's range. */
  share: number;
}

/** Why an experiment paused by itself. */
export interface GuardrailBreach {
  metric: string;
  variant: string;
  /** How much higher than control's, as a share of it, and between which bounds it surely lies. */
  lift: number;
  lower: number;
  upper: number;
  /** How much worse it may get. */
  harm: number;
}
