import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { demoId } from '@tutorgraph/kit/demo/demo-id';
import { insertRows, rowsOf } from '@tutorgraph/kit/demo/insert-rows';
import { assign, clusterOf } from '../experiments/assignment.rules.js';
import { Experiment, ExperimentMetric, ExperimentVariant } from '../experiments/experiment.entity.js';
import { ALL, CONTROL } from '../experiments/experiment.rules.js';
import { ExperimentConversion, ExperimentExposure, ExperimentParticipant } from '../experiments/exposure.entity.js';
import type { ShownList } from '../feedback/feedback.js';
import { feedbackId } from '../feedback/feedback-id.js';
import type { DemoOutcome } from './shown-lists.js';

const STARTED_MS_AGO = 45 * 86_400_000;
const RAMP = [
  { afterHours: 0, share: 2_000 },
  { afterHours: 72, share: ALL },
];

/**
 * Stores an experiment that runs: clients show in half of all markets what lessons cost there. It changes nothing in the
 * lists themselves, so that the demo ranks as it would without it.
 */
export async function insertRunningExperiment(
  em: EntityManager,
  { seed, now }: { seed: number; now: Date },
  lists: readonly ShownList[],
  outcomes: readonly DemoOutcome[],
): Promise<void> {
  const startedAt = new Date(now.getTime() - STARTED_MS_AGO);
  const parts = partsOf(seed);
  await transaction(em, async (tx) => {
    await tx.insert(Experiment, {
      ...parts.experiment,
      ...{ status: 'DRAFT', ownerId: null, createdAt: new Date(startedAt.getTime() - 86_400_000) },
    });
    await tx.insertMany(ExperimentVariant, parts.variants);
    await tx.insertMany(ExperimentMetric, parts.metrics);
    const running = { status: 'RUNNING', startedAt, rampFrom: startedAt, countedAt: now } as const;
    await tx.nativeUpdate(Experiment, { id: parts.experiment.id }, running);
  });
  const met = meetings(parts, startedAt, lists);
  const conversions = conversionsOf(parts, met.byList, outcomes);
  await insertRows(
    em,
    [
      rowsOf(ExperimentExposure, [...met.exposures.values()]),
      rowsOf(ExperimentParticipant, [...met.participants.values()]),
      rowsOf(ExperimentConversion, conversions),
    ],
    () => {},
  );
}

function partsOf(seed: number) {
  const id = demoId(seed, 'experiment', 1);
  const variants = [
    { key: CONTROL, payload: {} },
    { key: 'shown', payload: { usualPrice: true } },
  ].map((variant, index) => ({
    ...{ ...variant, id: demoId(seed, 'experiment-variant', 10 + index), experimentId: id },
    ...{ position: index + 1, share: ALL / 2 },
  }));
  const metrics = [
    { key: 'booked', kind: 'PROPORTION', role: 'PRIMARY', harm: null, most: 1 } as const,
    { key: 'chosen', kind: 'PROPORTION', role: 'GUARDRAIL', harm: 0.2, most: 1 } as const,
  ].map((metric, index) => ({
    ...{ ...metric, id: demoId(seed, 'experiment-metric', 10 + index), experimentId: id },
    ...{ position: index + 1, better: 'HIGHER' as const },
  }));
  const experiment = {
    ...{ id, name: 'usual-price', unit: 'CLUSTER' as const, exclusionGroup: 'prices', rangeFrom: 0, rangeTo: ALL },
    ...{ description: 'Do students book more when they see what lessons usually cost in their market?' },
    ...{ ramp: RAMP, expectedLift: 0.2 },
  };
  return { experiment, variants, metrics };
}

type Parts = ReturnType<typeof partsOf>;

/** Who met it in which list, the first time of each market and of each person. */
function meetings({ experiment, variants }: Parts, rampFrom: Date, lists: readonly ShownList[]) {
  const exposures = new Map<string, { id: string; experimentId: string; unit: string; variantId: string; at: Date }>();
  const participants = new Map<string, { id: string; exposureId: string; userId: string; at: Date }>();
  const byList = new Map<string, { exposureId: string; participantId: string; at: Date }>();
  for (const { id, request } of lists.toSorted((one, other) => one.request.at.getTime() - other.request.at.getTime())) {
    const { viewerId, subjectId, city, at } = request;
    if (viewerId === null || subjectId === null || at < rampFrom) continue;
    const unit = clusterOf(city, subjectId);
    const variant = assign({ ...experiment, rampFrom, variants }, unit, at);
    const variantId = variants.find(({ key }) => key === variant)?.id;
    if (!variantId) continue;
    const exposureId = feedbackId('demo-exposure', experiment.id, unit);
    const participantId = feedbackId('demo-participant', exposureId, viewerId);
    const known = participants.get(participantId);
    if (!exposures.has(unit)) exposures.set(unit, { id: exposureId, experimentId: experiment.id, unit, variantId, at });
    if (!known) participants.set(participantId, { id: participantId, exposureId, userId: viewerId, at });
    byList.set(id, { exposureId, participantId, at: known?.at ?? at });
  }
  return { exposures, participants, byList };
}

function conversionsOf({ metrics }: Parts, byList: MeetingsByList, outcomes: readonly DemoOutcome[]) {
  return outcomes.flatMap(({ id: key, kind, requestId, at }) => {
    const metric = metrics.find((one) => one.key === kind.toLowerCase());
    const met = byList.get(requestId ?? '');
    if (!metric || !met || at < met.at) return [];
    const { exposureId, participantId } = met;
    const id = feedbackId('demo-conversion', key, metric.id);
    return [{ id, exposureId, participantId, metricId: metric.id, value: 1, key, at }];
  });
}

type MeetingsByList = ReturnType<typeof meetings>['byList'];
