import { idempotencyKey } from '@tutorgraph/kit/idempotency/idempotency';
import { z } from 'zod';
import {
  ALL,
  betterDirections,
  CONTROL,
  experimentUnits,
  metricKinds,
  metricRoles,
  outcomeMetrics,
} from './experiment.rules.js';

const MOST_PAYLOAD_CHARACTERS = 4_000;
const MOST_VALUE = 1_000_000_000;

const isStorable = (value: string): boolean => !value.includes('\0');
const text = (least: number, most: number) => z.string().trim().min(least).max(most).refine(isStorable);
/** An id in an input; one that is none finds nothing, as one that nobody has. */
const reference = z.string().max(100);
const key = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);
const name = z.string().regex(/^[a-z][a-z0-9-]{2,59}$/);
const share = z.int().min(0).max(ALL);

const payload = z
  .looseObject({ rankingModelId: z.uuid().optional(), explorationSlot: z.boolean().optional() })
  .refine((value) => isStorable(JSON.stringify(value)) && JSON.stringify(value).length <= MOST_PAYLOAD_CHARACTERS);

const variant = z.object({ key, share: share.min(1), payload: payload.nullish().transform((value) => value ?? {}) });

const metric = z
  .object({
    key,
    kind: z.enum(metricKinds),
    better: z.enum(betterDirections),
    role: z.enum(metricRoles),
    harm: z.number().min(0).max(10).nullish(),
    most: z.number().positive().max(MOST_VALUE).nullish(),
  })
  .transform(({ harm, most, ...rest }) => ({ ...rest, harm: harm ?? null, most: most ?? 1 }))
  .refine(({ role, harm }) => (role === 'GUARDRAIL') === (harm !== null), { path: ['harm'] });

const rampStep = z.object({
  afterHours: z
    .number()
    .min(0)
    .max(24 * 365),
  share,
});

const isDistinct = (items: readonly { key: string }[]) => new Set(items.map((item) => item.key)).size === items.length;
const sumOf = (items: readonly { share: number }[]) => items.reduce((sum, item) => sum + item.share, 0);
const grows = (steps: readonly z.output<typeof rampStep>[]) =>
  steps.every((step, index) => {
    const before = steps[index - 1];
    return !before || (before.afterHours < step.afterHours && before.share <= step.share);
  });

/** An experiment to be made. */
export const experimentInput = z
  .object({
    name,
    description: text(10, 2_000),
    unit: z.enum(experimentUnits),
    variants: z
      .array(variant)
      .min(2)
      .max(10)
      .refine(isDistinct)
      .refine((all) => sumOf(all) === ALL)
      .refine((all) => all.some((one) => one.key === CONTROL)),
    metrics: z
      .array(metric)
      .min(1)
      .max(20)
      .refine(isDistinct)
      .refine((all) => all.filter(({ role }) => role === 'PRIMARY').length === 1),
    exclusionGroup: name.nullish().transform((value) => value ?? null),
    rangeFrom: share.nullish().transform((value) => value ?? 0),
    rangeTo: share.nullish().transform((value) => value ?? ALL),
    ramp: z
      .array(rampStep)
      .max(20)
      .refine(grows)
      .nullish()
      .transform((value) => (value?.length ? value : [{ afterHours: 0, share: ALL }])),
    expectedLift: z
      .number()
      .min(0.01)
      .max(1)
      .nullish()
      .transform((value) => value ?? 0.1),
    idempotencyKey,
  })
  .refine(({ rangeFrom, rangeTo }) => rangeFrom < rangeTo, { path: ['rangeTo'] })
  // A part of all units means something only beside the other parts of a group.
  .refine((input) => input.exclusionGroup !== null || input.rangeTo - input.rangeFrom === ALL, {
    path: ['exclusionGroup'],
  });

/** Which experiment goes on. */
export const experimentMove = z.object({ experimentId: reference });

/** Which share of an experiment's units takes part from now on. */
export const experimentRamp = z.object({
  experimentId: reference,
  share: share.min(1),
  keepsSteps: z
    .boolean()
    .nullish()
    .transform((value) => value ?? true),
});

/** Which experiment is over, and what staff go on with. */
export const experimentEnd = z.object({ experimentId: reference, winner: z.string().max(100).nullish() });

/** Something that a client counts. */
export const conversionInput = z.object({
  experiment: z.string().max(100),
  metric: z.string().max(100),
  value: z
    .number()
    .min(0)
    .max(MOST_VALUE)
    .nullish()
    .transform((value) => value ?? 1),
  idempotencyKey: z.string().regex(/^[\x21-\x7e]{1,128}$/),
});

/** Is it a metric that this room counts by itself? */
export function isOutcomeMetric(metricKey: string): boolean {
  return outcomeMetrics.some((outcome) => outcome === metricKey);
}
