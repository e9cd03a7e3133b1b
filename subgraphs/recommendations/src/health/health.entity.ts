import { defineEntity, type PrimaryKeyProp, p } from '@mikro-orm/core';
import { type AlertKind, alertKinds } from '../events.js';
import { RankingModel } from '../ranking/ranking-model.entity.js';

/** What happened at a place of lists. The last one stands for all below it. */
export interface PlaceCounts {
  shown: number;
  opened: number;
  succeeded: number;
}

/** Recommendations whose chance of success was told to lie in one tenth. */
export interface ChanceCounts {
  count: number;
  /** The sum of the chances that were told. */
  chances: number;
  succeeded: number;
}

/** How often a feature had a value between two borders; the first one counts what was not known. */
export type Histogram = readonly number[];

const ModelDaySchema = defineEntity({
  name: 'ModelDay',
  tableName: 'model_days',
  properties: {
    modelId: () => p.manyToOne(RankingModel).mapToPk().fieldName('model_id').deleteRule('cascade').primary(),
    /** In UTC. */
    day: p.date().primary(),
    lists: p.integer(),
    /** Lists at which something had failed. */
    degraded: p.integer(),
    /** Tutors who were shown in them. */
    shown: p.integer(),
    /** Lists of which a profile was opened; with a success; with a lesson that was agreed. */
    openedLists: p.integer(),
    successLists: p.integer(),
    bookedLists: p.integer(),
    /** Lists with a success among the first three places. */
    hits: p.integer(),
    /** NDCG@10 of the lists with an outcome, summed up, and how many these are. */
    ndcgSum: p.double().$type<number>(),
    ndcgLists: p.integer(),
    places: p.json<readonly PlaceCounts[]>(),
    chances: p.json<readonly ChanceCounts[]>(),
    /** By the borders of the model's reference; empty while there is none. */
    features: p.json<Readonly<Record<string, Histogram>>>(),
    scores: p.json<Histogram>(),
    /** Of the 28 days to this one: tutors who could be shown, who were, and how unevenly (Gini; 0 is evenly). */
    visibleTutors: p.integer(),
    shownTutors: p.integer(),
    gini: p.double().$type<number>().nullable(),
    computedAt: p.datetime().columnType('timestamptz'),
  },
});

/** What came of a model's lists of one day, in sums that add up over days. */
export class ModelDay extends ModelDaySchema.class {
  declare [PrimaryKeyProp]?: ['modelId', 'day'];
}
ModelDaySchema.setClass(ModelDay);

const ModelReferenceSchema = defineEntity({
  name: 'ModelReference',
  tableName: 'model_references',
  properties: {
    modelId: () => p.manyToOne(RankingModel).mapToPk().fieldName('model_id').deleteRule('cascade').primary(),
    /** Borders between the bins of each feature, rising: the tenths of what it was then. */
    borders: p.json<Readonly<Record<string, readonly number[]>>>(),
    features: p.json<Readonly<Record<string, Histogram>>>(),
    scoreBorders: p.json<readonly number[]>(),
    scores: p.json<Histogram>(),
    /** When the features were so, and whether a model was trained on them; the scores are of the model's own first days. */
    dataFrom: p.datetime().columnType('timestamptz'),
    dataTo: p.datetime().columnType('timestamptz'),
    isTraining: p.boolean(),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/** What a model was used to: drift is how far days are from it. */
export class ModelReference extends ModelReferenceSchema.class {
  declare [PrimaryKeyProp]?: 'modelId';
}
ModelReferenceSchema.setClass(ModelReference);

const ExposureDaySchema = defineEntity({
  name: 'ExposureDay',
  tableName: 'exposure_days',
  properties: {
    day: p.date().primary(),
    /** In lower case; empty for whoever teaches online only. */
    city: p.text().primary(),
    /** Did they come in the 30 days before? */
    isNewcomer: p.boolean().primary(),
    /** Tutors who could be shown. */
    tutors: p.integer(),
    /** How much they were seen: each place counts as in DCG. Its squares are for intervals. */
    exposure: p.double().$type<number>(),
    squares: p.double().$type<number>(),
    /** Recommendations that led to a choice or a lesson. */
    successes: p.integer(),
  },
});

/** How much tutors of a city, newcomers or not, were shown on one day. Holds groups only. */
export class ExposureDay extends ExposureDaySchema.class {
  declare [PrimaryKeyProp]?: ['day', 'city', 'isNewcomer'];
}
ExposureDaySchema.setClass(ExposureDay);

const ModelAlertSchema = defineEntity({
  name: 'ModelAlert',
  tableName: 'model_alerts',
  indexes: [
    { name: 'model_alerts_newest', properties: ['raisedAt', 'id'] },
    { name: 'model_alerts_acknowledged_by', properties: ['acknowledgedBy'] },
    {
      name: 'model_alerts_one_open',
      expression: `create unique index model_alerts_one_open on recommendations.model_alerts (model_id, kind) where closed_at is null`,
    },
  ],
  properties: {
    id: p.uuid().primary(),
    modelId: () => p.manyToOne(RankingModel).mapToPk().fieldName('model_id').deleteRule('cascade'),
    kind: p.enum(alertKinds).$type<AlertKind>(),
    /** What it is about: a feature, `score`, `newcomers` or a city; empty where the kind says it all. */
    subject: p.text(),
    /** The figure when it was last looked at, and the bound beyond which it is. */
    value: p.double().$type<number>(),
    bound: p.double().$type<number>(),
    raisedAt: p.datetime().columnType('timestamptz'),
    /** When it was within bounds again, or the model did not run any more. */
    closedAt: p.datetime().columnType('timestamptz').nullable(),
    acknowledgedAt: p.datetime().columnType('timestamptz').nullable(),
    /** The account; null once they are erased. */
    acknowledgedBy: p.uuid().nullable(),
  },
});

/** A figure of a model that is or was out of bounds. */
export class ModelAlert extends ModelAlertSchema.class {}
ModelAlertSchema.setClass(ModelAlert);
