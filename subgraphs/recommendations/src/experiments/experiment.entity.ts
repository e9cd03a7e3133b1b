import { defineEntity, p } from '@mikro-orm/core';
import type { Count, CountedVariant } from './analysis/results.rules.js';
import {
  type BetterDirection,
  betterDirections,
  type ExperimentStatus,
  type ExperimentUnit,
  experimentStatuses,
  experimentUnits,
  type GuardrailBreach,
  type MetricKind,
  type MetricRole,
  metricKinds,
  metricRoles,
  type RampStep,
  type VariantPayload,
} from './experiment.rules.js';

/** What was counted in a variant, as it is kept without its units. */
export type TalliedVariant = Omit<CountedVariant, 'counts'> & { counts: Readonly<Record<string, Count>> };

const AT_WORK = `status in ('RUNNING', 'PAUSED')`;

const ExperimentSchema = defineEntity({
  name: 'Experiment',
  tableName: 'experiments',
  indexes: [
    { name: 'experiments_newest', properties: ['createdAt', 'id'] },
    {
      name: 'experiments_running',
      expression: `create index experiments_running on recommendations.experiments (id) where status = 'RUNNING'`,
    },
    // Of a group, experiments that run have ranges apart from each other, and units of the same kind; MikroORM keeps an
    // exclusion constraint only as an expression.
    {
      name: 'experiments_ranges_apart',
      expression: `alter table "recommendations"."experiments" add constraint "experiments_ranges_apart" exclude using gist (exclusion_group with =, int4range(range_from, range_to) with &&) where (${AT_WORK})`,
    },
    {
      name: 'experiments_units_alike',
      expression: `alter table "recommendations"."experiments" add constraint "experiments_units_alike" exclude using gist (exclusion_group with =, unit with <>) where (${AT_WORK})`,
    },
  ],
  uniques: [{ name: 'experiments_name_unique', properties: ['name'] }],
  checks: [
    { name: 'experiments_name_check', expression: `name ~ '^[a-z][a-z0-9-]{2,59}$'` },
    { name: 'experiments_range_check', expression: `range_from >= 0 and range_from < range_to and range_to <= 10000` },
    { name: 'experiments_expected_lift_check', expression: `expected_lift between 0.01 and 1` },
    { name: 'experiments_started_check', expression: `(status = 'DRAFT') = (started_at is null)` },
    { name: 'experiments_ramp_check', expression: `(started_at is null) = (ramp_from is null)` },
    { name: 'experiments_paused_check', expression: `(status = 'PAUSED') = (paused_at is not null)` },
    { name: 'experiments_breach_check', expression: `breach is null or status in ('PAUSED', 'COMPLETED')` },
    { name: 'experiments_completed_check', expression: `(status = 'COMPLETED') = (completed_at is not null)` },
    { name: 'experiments_tally_check', expression: `tally is null or status = 'COMPLETED'` },
    { name: 'experiments_winner_check', expression: `winner is null or status = 'COMPLETED'` },
  ],
  properties: {
    id: p.uuid().primary(),
    /** By which programs ask for a variant. */
    name: p.text(),
    description: p.text(),
    unit: p.enum(experimentUnits).$type<ExperimentUnit>(),
    status: p.enum(experimentStatuses).$type<ExperimentStatus>(),
    /** Experiments of one group have units of their own, those of their ranges; null: it shares units with all others. */
    exclusionGroup: p.text().nullable(),
    /** Its part of the group's units in basis points, the end not included; all of them without a group. */
    rangeFrom: p.integer(),
    rangeTo: p.integer(),
    ramp: p.json<RampStep[]>(),
    /** What a lift may well be, as a share: where intervals are narrowest. It cannot be chosen after looking. */
    expectedLift: p.float().columnType('double precision'),
    /** The account that answers for it; null when it is erased. */
    ownerId: p.uuid().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    startedAt: p.datetime().columnType('timestamptz').nullable(),
    /** When the ramp began, moved on by all pauses. */
    rampFrom: p.datetime().columnType('timestamptz').nullable(),
    pausedAt: p.datetime().columnType('timestamptz').nullable(),
    /** The guardrail that paused it; null when staff did. */
    breach: p.json<GuardrailBreach>().nullable(),
    completedAt: p.datetime().columnType('timestamptz').nullable(),
    /** The variant that staff go on with; null when they said nothing. */
    winner: p.text().nullable(),
    /** Until when outcomes are counted. */
    countedAt: p.datetime().columnType('timestamptz').nullable(),
    /** What was counted in each variant, once its units are forgotten; null before. */
    tally: p.json<readonly TalliedVariant[]>().nullable(),
  },
});

/** A comparison of variants on people, or on whole markets. */
export class Experiment extends ExperimentSchema.class {}
ExperimentSchema.setClass(Experiment);

const ExperimentVariantSchema = defineEntity({
  name: 'ExperimentVariant',
  tableName: 'experiment_variants',
  uniques: [
    { name: 'experiment_variants_key_unique', properties: ['experimentId', 'key'] },
    { name: 'experiment_variants_place_unique', properties: ['experimentId', 'position'] },
  ],
  checks: [
    { name: 'experiment_variants_key_check', expression: `key ~ '^[a-z][a-z0-9_]{0,39}$'` },
    { name: 'experiment_variants_share_check', expression: `share between 1 and 10000` },
  ],
  properties: {
    id: p.uuid().primary(),
    experimentId: () => p.manyToOne(Experiment).mapToPk().fieldName('experiment_id').deleteRule('cascade'),
    key: p.text(),
    /** 1, 2, …: in this order shares lie side by side. */
    position: p.integer(),
    /** Basis points of the units that take part; together 10,000, which the database sees to. */
    share: p.integer(),
    payload: p.json<VariantPayload>(),
  },
});

/** What some of an experiment's units get. It does not change once the experiment has started. */
export class ExperimentVariant extends ExperimentVariantSchema.class {}
ExperimentVariantSchema.setClass(ExperimentVariant);

const ExperimentMetricSchema = defineEntity({
  name: 'ExperimentMetric',
  tableName: 'experiment_metrics',
  indexes: [
    {
      name: 'experiment_metrics_one_primary',
      expression: `create unique index experiment_metrics_one_primary on recommendations.experiment_metrics (experiment_id) where role = 'PRIMARY'`,
    },
  ],
  uniques: [{ name: 'experiment_metrics_key_unique', properties: ['experimentId', 'key'] }],
  checks: [
    { name: 'experiment_metrics_key_check', expression: `key ~ '^[a-z][a-z0-9_]{0,39}$'` },
    { name: 'experiment_metrics_most_check', expression: `most > 0 and most <= 1000000000` },
    {
      name: 'experiment_metrics_harm_check',
      expression: `(role = 'GUARDRAIL') = (harm is not null) and (harm is null or harm between 0 and 10)`,
    },
  ],
  properties: {
    id: p.uuid().primary(),
    experimentId: () => p.manyToOne(Experiment).mapToPk().fieldName('experiment_id').deleteRule('cascade'),
    key: p.text(),
    position: p.integer(),
    kind: p.enum(metricKinds).$type<MetricKind>(),
    better: p.enum(betterDirections).$type<BetterDirection>(),
    role: p.enum(metricRoles).$type<MetricRole>(),
    /** GUARDRAIL: by which share it may be worse than control's before the experiment pauses; null otherwise. */
    harm: p.float().columnType('double precision').nullable(),
    /** The greatest value that one conversion may have; the least is 0. */
    most: p.float().columnType('double precision'),
  },
});

/** What is counted in an experiment. */
export class ExperimentMetric extends ExperimentMetricSchema.class {}
ExperimentMetricSchema.setClass(ExperimentMetric);
