import { defineEntity, p } from '@mikro-orm/core';
import type { TrainingMetrics } from './training-metrics.js';

/** Where a model stands. One is RUNNING; REJECTED ones were no better, RETIRED ones ran before. */
export const modelStatuses = ['REJECTED', 'RUNNING', 'RETIRED'] as const;
/** @see modelStatuses */
export type ModelStatus = (typeof modelStatuses)[number];

/** Who made a model. */
export const modelSources = ['HAND_MADE', 'SHIPPED', 'TRAINED'] as const;
/** @see modelSources */
export type ModelSource = (typeof modelSources)[number];

const RankingModelSchema = defineEntity({
  name: 'RankingModel',
  tableName: 'ranking_models',
  indexes: [
    { name: 'ranking_models_newest', properties: ['createdAt', 'id'] },
    {
      name: 'ranking_models_one_runs',
      expression: `create unique index ranking_models_one_runs on recommendations.ranking_models ((true)) where status = 'RUNNING'`,
    },
  ],
  properties: {
    id: p.uuid().primary(),
    /** 1, 2, … */
    version: p.integer().unique(),
    source: p.enum(modelSources).$type<ModelSource>(),
    status: p.enum(modelStatuses).$type<ModelStatus>(),
    /** The model as ranking-model.ts reads it: trees or weights, and its calibration. */
    content: p.json<object>().lazy(),
    /** How much each feature decides, as shares of the whole, the greatest first. */
    importance: p.json<{ feature: string; share: number }[]>().default('[]'),
    /** The days that it learned from; null for one that nobody trained. */
    dataFrom: p.datetime().columnType('timestamptz').nullable(),
    dataTo: p.datetime().columnType('timestamptz').nullable(),
    /** How it did on later lists, beside the model that ran then; empty for one that was not trained here. */
    metrics: p.json<Partial<TrainingMetrics>>(),
    /** The model that it was compared with; null when there was none. */
    comparedWithId: p.uuid().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    promotedAt: p.datetime().columnType('timestamptz').nullable(),
    /** The account that promoted it; null when the job did. */
    promotedBy: p.uuid().nullable(),
    /** The model that ran until then, which a rollback takes back. */
    formerId: p.uuid().nullable(),
  },
});

/** A model that ranks tutors. They are kept, so that one can be taken back. */
export class RankingModel extends RankingModelSchema.class {}
RankingModelSchema.setClass(RankingModel);
