import { defineEntity, p } from '@mikro-orm/core';
import { Experiment, ExperimentMetric, ExperimentVariant } from './experiment.entity.js';

const ExperimentExposureSchema = defineEntity({
  name: 'ExperimentExposure',
  tableName: 'experiment_exposures',
  indexes: [{ name: 'experiment_exposures_of_unit', properties: ['unit'] }],
  uniques: [{ name: 'experiment_exposures_once', properties: ['experimentId', 'unit'] }],
  properties: {
    id: p.uuid().primary(),
    experimentId: () => p.manyToOne(Experiment).mapToPk().fieldName('experiment_id').deleteRule('cascade'),
    /** The account, or the cluster as `clusterOf` names it; of somebody erased a random id. */
    unit: p.text(),
    variantId: () => p.manyToOne(ExperimentVariant).mapToPk().fieldName('variant_id').deleteRule('cascade'),
    /** When it first met the experiment. */
    at: p.datetime().columnType('timestamptz'),
  },
});

/** A unit that met an experiment: once each. */
export class ExperimentExposure extends ExperimentExposureSchema.class {}
ExperimentExposureSchema.setClass(ExperimentExposure);

const ExperimentParticipantSchema = defineEntity({
  name: 'ExperimentParticipant',
  tableName: 'experiment_participants',
  indexes: [{ name: 'experiment_participants_of_user', properties: ['userId'] }],
  uniques: [{ name: 'experiment_participants_once', properties: ['exposureId', 'userId'] }],
  properties: {
    id: p.uuid().primary(),
    /** The cluster's. */
    exposureId: () => p.manyToOne(ExperimentExposure).mapToPk().fieldName('exposure_id').deleteRule('cascade'),
    /** The account; null when it is erased. */
    userId: p.uuid().nullable(),
    at: p.datetime().columnType('timestamptz'),
  },
});

/** Somebody of a cluster who met its experiment; where people are the units there are none. */
export class ExperimentParticipant extends ExperimentParticipantSchema.class {}
ExperimentParticipantSchema.setClass(ExperimentParticipant);

const ExperimentConversionSchema = defineEntity({
  name: 'ExperimentConversion',
  tableName: 'experiment_conversions',
  indexes: [
    { name: 'experiment_conversions_of_metric', properties: ['metricId'] },
    { name: 'experiment_conversions_of_participant', properties: ['participantId'] },
  ],
  uniques: [{ name: 'experiment_conversions_once', properties: ['exposureId', 'metricId', 'key'] }],
  checks: [{ name: 'experiment_conversions_value_check', expression: `value >= 0 and value <= 1000000000` }],
  properties: {
    id: p.uuid().primary(),
    exposureId: () => p.manyToOne(ExperimentExposure).mapToPk().fieldName('exposure_id').deleteRule('cascade'),
    /** Whose it is where clusters are the units; null otherwise. */
    participantId: () =>
      p.manyToOne(ExperimentParticipant).mapToPk().fieldName('participant_id').deleteRule('cascade').nullable(),
    metricId: () => p.manyToOne(ExperimentMetric).mapToPk().fieldName('metric_id').deleteRule('cascade'),
    value: p.float().columnType('double precision'),
    /** What makes it one: the outcome's id, or the client's key. */
    key: p.text(),
    at: p.datetime().columnType('timestamptz'),
  },
});

/** Something that was counted of a unit after it met the experiment. */
export class ExperimentConversion extends ExperimentConversionSchema.class {}
ExperimentConversionSchema.setClass(ExperimentConversion);
