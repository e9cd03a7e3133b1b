import { defineEntity, type PrimaryKeyProp, p } from '@mikro-orm/core';
import { MarketOrder, MarketTutor } from '../market/market.entity.js';

/** Where a model stands: its vectors are being made, they are compared, or they go soon. */
export const embeddingStates = ['BUILDING', 'ACTIVE', 'RETIRED'] as const;
/** @see embeddingStates */
export type EmbeddingState = (typeof embeddingStates)[number];

/** What makes vectors: this process, or the AI provider. */
export const embeddingSources = ['LOCAL', 'PROVIDER'] as const;
/** @see embeddingSources */
export type EmbeddingSource = (typeof embeddingSources)[number];

const EmbeddingModelSchema = defineEntity({
  name: 'EmbeddingModel',
  tableName: 'embedding_models',
  indexes: [
    {
      name: 'embedding_models_one_each',
      expression: `create unique index embedding_models_one_each on recommendations.embedding_models (state) where state <> 'RETIRED'`,
    },
  ],
  checks: [
    // More than 4,000 cannot be indexed.
    { name: 'embedding_models_dimensions_check', expression: 'dimensions between 1 and 4000' },
    { name: 'embedding_models_scale_check', expression: '(usual is null) = (spread is null) and spread > 0' },
    { name: 'embedding_models_id_check', expression: `id ~ '^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,119}$'` },
  ],
  properties: {
    /** Names all that a vector depends on: vectors of different models must never be compared. */
    id: p.text().primary(),
    source: p.enum(embeddingSources).$type<EmbeddingSource>(),
    dimensions: p.integer(),
    state: p.enum(embeddingStates).$type<EmbeddingState>(),
    /** How many tutors there were when a local model was fitted; null for one that was not. */
    fittedOn: p.integer().nullable(),
    /** What a fitted local model has learnt, as latent-model.ts reads it. */
    content: p.blob().nullable().lazy(),
    /** The mean cosine of two profiles that were picked blindly; null until there are enough. */
    usual: p.double().nullable(),
    /** The standard deviation of such cosines. */
    spread: p.double().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    activeAt: p.datetime().columnType('timestamptz').nullable(),
    retiredAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** What makes vectors of texts. One is ACTIVE: texts are compared by it; one at most is BUILDING. */
export class EmbeddingModel extends EmbeddingModelSchema.class {}
EmbeddingModelSchema.setClass(EmbeddingModel);

const TutorVectorSchema = defineEntity({
  name: 'TutorVector',
  tableName: 'tutor_vectors',
  properties: {
    model: () => p.manyToOne(EmbeddingModel).mapToPk().fieldName('model').deleteRule('cascade').primary(),
    tutorId: () => p.manyToOne(MarketTutor).mapToPk().fieldName('tutor_id').deleteRule('cascade').primary(),
    /** Null for a text that has no words. */
    vector: p.string().columnType('halfvec').nullable(),
    /** The text that it was made of, as texts.ts hashes it. */
    textHash: p.text(),
  },
  indexes: [{ name: 'tutor_vectors_of_tutor', properties: ['tutorId'] }],
});

/** A tutor's profile as a vector. Each model that is used or made has an index of nearest neighbours of its own. */
export class TutorVector extends TutorVectorSchema.class {
  declare [PrimaryKeyProp]?: ['model', 'tutorId'];
}
TutorVectorSchema.setClass(TutorVector);

const OrderVectorSchema = defineEntity({
  name: 'OrderVector',
  tableName: 'order_vectors',
  properties: {
    model: () => p.manyToOne(EmbeddingModel).mapToPk().fieldName('model').deleteRule('cascade').primary(),
    orderId: () => p.manyToOne(MarketOrder).mapToPk().fieldName('order_id').deleteRule('cascade').primary(),
    /** Null for a text that has no words. */
    vector: p.string().columnType('halfvec').nullable(),
    /** The text that it was made of, as texts.ts hashes it. */
    textHash: p.text(),
  },
  indexes: [{ name: 'order_vectors_of_order', properties: ['orderId'] }],
});

/** An open order as a vector. */
export class OrderVector extends OrderVectorSchema.class {
  declare [PrimaryKeyProp]?: ['model', 'orderId'];
}
OrderVectorSchema.setClass(OrderVector);

/** What has a text that is embedded. */
export const embeddedKinds = ['TUTOR', 'ORDER'] as const;
/** @see embeddedKinds */
export type EmbeddedKind = (typeof embeddedKinds)[number];

const DueEmbeddingSchema = defineEntity({
  name: 'DueEmbedding',
  tableName: 'due_embeddings',
  indexes: [{ name: 'due_embeddings_oldest', properties: ['dueAt', 'kind', 'id'] }],
  properties: {
    kind: p.enum(embeddedKinds).$type<EmbeddedKind>().primary(),
    id: p.uuid().primary(),
    /** Grows with each change, so that one that comes while a vector is made is not taken for done. */
    mark: p.integer().default(1),
    dueAt: p.datetime().columnType('timestamptz'),
  },
});

/** A tutor or order whose text may have changed since its vector was made. */
export class DueEmbedding extends DueEmbeddingSchema.class {
  declare [PrimaryKeyProp]?: ['kind', 'id'];
}
DueEmbeddingSchema.setClass(DueEmbedding);

const CachedEmbeddingSchema = defineEntity({
  name: 'CachedEmbedding',
  tableName: 'cached_embeddings',
  indexes: [{ name: 'cached_embeddings_oldest', properties: ['usedAt'] }],
  properties: {
    model: () => p.manyToOne(EmbeddingModel).mapToPk().fieldName('model').deleteRule('cascade').primary(),
    textHash: p.text().primary(),
    vector: p.string().columnType('halfvec'),
    usedAt: p.datetime().columnType('timestamptz'),
  },
});

/** The vector of a text that somebody looked for, so that a provider need not be asked again. */
export class CachedEmbedding extends CachedEmbeddingSchema.class {
  declare [PrimaryKeyProp]?: ['model', 'textHash'];
}
CachedEmbeddingSchema.setClass(CachedEmbedding);
