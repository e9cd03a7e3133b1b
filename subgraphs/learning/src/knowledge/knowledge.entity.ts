import { defineEntity, type PrimaryKeyProp, p } from '@mikro-orm/core';
import { Lesson } from '../lessons/lesson.entity.js';
import { type KnowledgeKind, type KnowledgeLanguage, knowledgeKinds, knowledgeLanguages } from './knowledge.rules.js';

const KnowledgeEntrySchema = defineEntity({
  name: 'KnowledgeEntry',
  tableName: 'knowledge_entries',
  indexes: [{ name: 'knowledge_entries_newest', properties: ['updatedAt', 'id'], where: `removed_at is null` }],
  uniques: [
    { name: 'knowledge_entries_slug_unique', properties: ['slug', 'language'] },
    { name: 'knowledge_entries_lesson_unique', properties: ['lessonId'] },
  ],
  checks: [
    { name: 'knowledge_entries_lesson_check', expression: `(kind = 'LESSON') = (lesson_id is not null)` },
    { name: 'knowledge_entries_body_check', expression: `char_length(body) <= 200000` },
  ],
  properties: {
    id: p.uuid().primary(),
    /** The same in every language; only of what came with the program. */
    slug: p.text().nullable(),
    kind: p.enum(knowledgeKinds).$type<KnowledgeKind>(),
    language: p.enum(knowledgeLanguages).$type<KnowledgeLanguage>(),
    title: p.text(),
    body: p.text(),
    /** Where it is from, for whoever edits it. */
    source: p.text().nullable(),
    /** The lesson that it is; who may not see that one does not get it. */
    lessonId: () => p.manyToOne(Lesson).mapToPk().fieldName('lesson_id').deleteRule('cascade').nullable(),
    /** A hash of what came with the program, which replaces it when it changes there; null once somebody has edited it. */
    shipped: p.text().nullable(),
    /** The account that edited it last; null for what the program wrote. */
    updatedBy: p.uuid().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
    /** Since when it is not found any longer; the row stays, so that what came with the program does not come again. */
    removedAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** Something that the assistant answers from. */
export class KnowledgeEntry extends KnowledgeEntrySchema.class {}
KnowledgeEntrySchema.setClass(KnowledgeEntry);

const KnowledgeChunkSchema = defineEntity({
  name: 'KnowledgeChunk',
  tableName: 'knowledge_chunks',
  indexes: [
    {
      name: 'knowledge_chunks_search',
      expression: 'create index knowledge_chunks_search on learning.knowledge_chunks using gin (document)',
    },
  ],
  uniques: [{ name: 'knowledge_chunks_position_unique', properties: ['entryId', 'position'] }],
  properties: {
    id: p.uuid().primary(),
    entryId: () => p.manyToOne(KnowledgeEntry).mapToPk().fieldName('entry_id').deleteRule('cascade'),
    /** 0, 1, … within the entry. */
    position: p.integer(),
    /** The entry's title: a paragraph seldom names its subject. */
    heading: p.text(),
    text: p.text(),
    /** Where the text stands in the entry's body, in UTF-16 code units. */
    startsAt: p.integer(),
    endsAt: p.integer(),
    /** Its words, Russian and English alike: the Russian configuration stems words in Latin letters by English rules. */
    document: p
      .string()
      .columnType('tsvector')
      .generated(
        `(setweight(to_tsvector('russian'::regconfig, heading), 'A') || setweight(to_tsvector('russian'::regconfig, text), 'B')) stored`,
      )
      .nullable()
      .lazy(),
  },
});

/** A part of an entry, of a few paragraphs, that is found by itself. */
export class KnowledgeChunk extends KnowledgeChunkSchema.class {}
KnowledgeChunkSchema.setClass(KnowledgeChunk);

const KnowledgeEmbeddingSchema = defineEntity({
  name: 'KnowledgeEmbedding',
  tableName: 'knowledge_embeddings',
  indexes: [
    {
      name: 'knowledge_embeddings_near',
      expression:
        'create index knowledge_embeddings_near on learning.knowledge_embeddings using hnsw (embedding public.vector_cosine_ops) with (m = 8, ef_construction = 32)',
    },
  ],
  properties: {
    chunkId: () => p.manyToOne(KnowledgeChunk).mapToPk().fieldName('chunk_id').deleteRule('cascade').primary(),
    /** What made the vector; only vectors of one model are compared. */
    model: p.text().primary(),
    embedding: p.string().columnType('vector(1536)'),
  },
});

/** A chunk as a vector of one model. A chunk has one of each model that is in use or on its way. */
export class KnowledgeEmbedding extends KnowledgeEmbeddingSchema.class {
  declare [PrimaryKeyProp]?: ['chunkId', 'model'];
}
KnowledgeEmbeddingSchema.setClass(KnowledgeEmbedding);

const KnowledgeModelSchema = defineEntity({
  name: 'KnowledgeModel',
  tableName: 'knowledge_models',
  properties: {
    model: p.text().primary(),
    /** Since when every chunk had a vector of it: from then on questions are compared by it. */
    readyAt: p.datetime().columnType('timestamptz'),
  },
});

/** A model by which the whole knowledge base can be searched. */
export class KnowledgeModel extends KnowledgeModelSchema.class {}
KnowledgeModelSchema.setClass(KnowledgeModel);
