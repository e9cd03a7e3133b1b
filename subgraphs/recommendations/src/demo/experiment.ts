import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { demoId } from '@tutorgraph/kit/demo/demo-id';
import { insertRows, rowsOf } from '@tutorgraph/kit/demo/insert-rows';
import { assign } from '../experiments/assignment.rules.js';
import { Experiment, ExperimentMetric, ExperimentVariant } from '../experiments/experiment.entity.js';
import { ALL, CONTROL, type VariantPayload } from '../experiments/experiment.rules.js';
import { ExperimentConversion, ExperimentExposure } from '../experiments/exposure.entity.js';
import type { ShownList } from '../feedback/feedback.js';
import { feedbackId } from '../feedback/feedback-id.js';
import type { DemoOutcome } from './shown-lists.js';

const DAY = 86_400_000;
const NAME = 'exploration-slot';
const STARTED_DAYS_AGO = 90;
const COMPLETED_DAYS_AGO = 20;

/** An experiment of the demo that is over. */
export interface DemoExperiment {
  id: string;
  startedAt: Date;
  completedAt: Date;
  variants: readonly { id: string; key: string; position: number; share: number; payload: VariantPayload }[];
  metrics: readonly Pick<ExperimentMetric, 'id' | 'key' | 'position' | 'kind' | 'role' | 'harm' | 'most'>[];
  /** The variants that somebody had at a moment. */
  variantsOf: (viewerId: string, at: Date) => Readonly<Record<string, string>>;
}

/** Whether a place for tutors who are little known costs anything: every student had one of two variants. */
export function demoExperiment(seed: number, now: Date): DemoExperiment {
  const id = demoId(seed, 'experiment', 0);
  const startedAt = new Date(now.getTime() - STARTED_DAYS_AGO * DAY);
  const completedAt = new Date(now.getTime() - COMPLETED_DAYS_AGO * DAY);
  const share = ALL / 2;
  const variants = [
    { key: CONTROL, position: 1, share, payload: { explorationSlot: true } },
    { key: 'no_slot', position: 2, share, payload: { explorationSlot: false } },
  ].map((variant, index) => ({ ...variant, id: demoId(seed, 'experiment-variant', index) }));
  const metrics = [
    { key: 'chosen', kind: 'PROPORTION', role: 'PRIMARY', harm: null, most: 1 } as const,
    { key: 'opened', kind: 'MEAN', role: 'SECONDARY', harm: null, most: 50 } as const,
    { key: 'booked', kind: 'PROPORTION', role: 'GUARDRAIL', harm: 0.3, most: 1 } as const,
  ].map((metric, index) => ({ ...metric, id: demoId(seed, 'experiment-metric', index), position: index + 1 }));
  const whole = { id, exclusionGroup: null, rangeFrom: 0, rangeTo: ALL, ramp: RAMP, rampFrom: startedAt, variants };
  return {
    ...{ id, startedAt, completedAt, variants, metrics },
    variantsOf: (viewerId, at) => {
      const variant = at >= startedAt && at < completedAt ? assign(whole, viewerId, at) : null;
      return variant === null ? {} : { [id]: variant };
    },
  };
}

const RAMP = [{ afterHours: 0, share: ALL }];

/** Stores an experiment with whoever met it in a list, and what was counted of them until it ended. */
export async function insertExperiment(
  em: EntityManager,
  experiment: DemoExperiment,
  lists: readonly ShownList[],
  outcomes: readonly DemoOutcome[],
): Promise<void> {
  const { id, startedAt, completedAt, variants, metrics } = experiment;
  await transaction(em, async (tx) => {
    await tx.insert(Experiment, {
      ...{
        id,
        name: NAME,
        unit: 'USER',
        status: 'DRAFT',
        exclusionGroup: null,
        rangeFrom: 0,
        rangeTo: ALL,
        ramp: RAMP,
      },
      description: 'Does a place in the list for tutors who are little known cost choices?',
      ...{ expectedLift: 0.1, ownerId: null, createdAt: new Date(startedAt.getTime() - DAY) },
    });
    const experimentId = id;
    await tx.insertMany(
      ExperimentVariant,
      variants.map((variant) => ({ ...variant, experimentId })),
    );
    await tx.insertMany(
      ExperimentMetric,
      metrics.map((metric) => ({ ...metric, experimentId, better: 'HIGHER' })),
    );
    const over = { status: 'COMPLETED', completedAt, winner: CONTROL, countedAt: completedAt } as const;
    await tx.nativeUpdate(Experiment, { id }, { startedAt, rampFrom: startedAt, ...over });
  });
  const exposures = exposuresOf(experiment, lists);
  const conversions = conversionsOf(experiment, new Map(exposures.map((one) => [one.unit, one])), outcomes);
  await insertRows(em, [rowsOf(ExperimentExposure, exposures), rowsOf(ExperimentConversion, conversions)], () => {});
}

/** The first list of each student in which the experiment made a difference. */
function exposuresOf({ id: experimentId, variants }: DemoExperiment, lists: readonly ShownList[]) {
  const first = new Map<string, ReturnType<typeof exposureOf>>();
  for (const { request } of lists.toSorted((one, other) => one.request.at.getTime() - other.request.at.getTime())) {
    const variant = variants.find(({ key }) => key === request.variants[experimentId]);
    const unit = request.viewerId;
    if (variant && unit !== null && !first.has(unit))
      first.set(unit, exposureOf(experimentId, unit, variant.id, request.at));
  }
  return [...first.values()];
}

function exposureOf(experimentId: string, unit: string, variantId: string, at: Date) {
  return { id: feedbackId('demo-exposure', experimentId, unit), experimentId, unit, variantId, at };
}

function conversionsOf(
  { completedAt, metrics }: DemoExperiment,
  exposures: ReadonlyMap<string, { id: string; at: Date }>,
  outcomes: readonly DemoOutcome[],
) {
  return outcomes.flatMap(({ id: key, kind, studentId, at }) => {
    const metric = metrics.find((one) => one.key === kind.toLowerCase());
    const exposure = exposures.get(studentId ?? '');
    if (!metric || !exposure || at < exposure.at || at >= completedAt) return [];
    const of = { exposureId: exposure.id, participantId: null, metricId: metric.id };
    return [{ id: feedbackId('demo-conversion', key, metric.id), ...of, value: 1, key, at }];
  });
}
