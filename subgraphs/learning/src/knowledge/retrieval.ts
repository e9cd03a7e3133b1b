import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { type RawBuilder, sql } from 'kysely';
import { toSql } from 'pgvector';
import type { KnowledgeKind, KnowledgeLanguage } from './knowledge.rules.js';
import { openTo } from './visibility.js';

/** What is looked for, and for whom. */
export interface Search {
  question: string;
  language: KnowledgeLanguage;
  /** The question as a vector and what made it; null searches by words alone. */
  vector: { model: string; values: readonly number[] } | null;
  /** The account that asks: lessons that it may not see are not found. Null: no lessons at all. */
  userId: string | null;
  /** How many entries. @default 5 */
  most?: number;
}

/** A part of an entry that may answer. */
export interface Passage {
  chunkId: string;
  entryId: string;
  slug: string | null;
  kind: KnowledgeKind;
  language: KnowledgeLanguage;
  title: string;
  lessonId: string | null;
  text: string;
  startsAt: number;
  endsAt: number;
  /** Sum of reciprocal ranks. */
  score: number;
  /** Cosine of question and passage, where vectors were compared. */
  similarity: number | null;
}

/** How many candidates each way of searching gives. */
const CANDIDATES = 40;
/** The constant of reciprocal rank fusion. */
const SMOOTHING = 20;
/** What a place among nearest vectors counts beside a place among matching words. */
const VECTOR_WEIGHT = 3;
/** A passage in the language of the question comes before its translation. */
const OWN_LANGUAGE = 1.15;

interface PassageRow {
  chunk_id: string;
  entry_id: string;
  slug: string | null;
  kind: KnowledgeKind;
  language: KnowledgeLanguage;
  title: string;
  lesson_id: string | null;
  text: string;
  starts_at: number;
  ends_at: number;
  score: number;
  similarity: number | null;
}

/**
 * The best passage of each of the entries that fit a question best: nearest vectors and matching words, their ranks fused in
 * one statement. An entry and its translation count as one.
 */
export async function findPassages(em: EntityManager, search: Search): Promise<Passage[]> {
  const rows = await transaction(em, async (tx) => {
    const db = tx.getKysely();
    // A walk through the index goes on until enough rows are of this model and open to whoever asks.
    await sql`select set_config('hnsw.iterative_scan', 'relaxed_order', true), set_config('hnsw.ef_search', '100', true)`.execute(
      db,
    );
    return (await fused(search).execute(db)).rows;
  });
  return bestOfEach(rows.map(toPassage), search);
}

function fused({ question, language, vector, userId }: Search): RawBuilder<PassageRow> {
  const open = openTo(userId);
  const values = vector ? toSql([...vector.values]) : null;
  const near = vector
    ? sql`select c.id, 1 - (v.embedding <=> ${values}::public.vector) as similarity
            from learning.knowledge_embeddings v
            join learning.knowledge_chunks c on c.id = v.chunk_id
            join learning.knowledge_entries t on t.id = c.entry_id
           where v.model = ${vector.model} and ${open}
           order by v.embedding <=> ${values}::public.vector limit ${CANDIDATES}`
    : sql`select null::uuid as id, null::float8 as similarity where false`;
  return sql<PassageRow>`
    with near as materialized (${near}),
    asked as materialized (
      -- Any of the words, not all: a question has more than its subject.
      select replace(plainto_tsquery('russian', ${question})::text, '&', '|')::tsquery as words
    ),
    worded as materialized (
      select c.id, ts_rank_cd(c.document, asked.words, 1) as rank
        from asked join learning.knowledge_chunks c on c.document @@ asked.words
        join learning.knowledge_entries t on t.id = c.entry_id
       where ${open}
       order by rank desc, c.id limit ${CANDIDATES}
    ),
    places as (
      select id, similarity, ${VECTOR_WEIGHT}::float8 / (${SMOOTHING} + row_number() over (order by similarity desc, id)) as worth
        from near
      union all
      select id, null, 1::float8 / (${SMOOTHING} + row_number() over (order by rank desc, id)) from worded
    ),
    sums as (select id, sum(worth) as worth, max(similarity) as similarity from places group by id)
    select c.id as chunk_id, t.id as entry_id, t.slug, t.kind, t.language, t.title, t.lesson_id, c.text, c.starts_at, c.ends_at,
      s.similarity, s.worth * case when t.language = ${language} then ${OWN_LANGUAGE}::float8 else 1 end as score
      from sums s join learning.knowledge_chunks c on c.id = s.id join learning.knowledge_entries t on t.id = c.entry_id
     order by score desc, c.id`;
}

function bestOfEach(passages: readonly Passage[], { language, most = 5 }: Search): Passage[] {
  const byEntry = Map.groupBy(passages, ({ slug, entryId }) => slug ?? entryId);
  return [...byEntry.values()].slice(0, most).flatMap((found) => {
    const [best] = found;
    // The first place may be the translation's; the words of the question's own language are read.
    return best ? [found.find((each) => each.language === language) ?? best] : [];
  });
}

function toPassage(row: PassageRow): Passage {
  return {
    chunkId: row.chunk_id,
    entryId: row.entry_id,
    slug: row.slug,
    kind: row.kind,
    language: row.language,
    title: row.title,
    lessonId: row.lesson_id,
    text: row.text,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    score: row.score,
    similarity: row.similarity,
  };
}
