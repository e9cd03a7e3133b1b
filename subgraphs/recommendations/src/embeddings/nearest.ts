import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { type RawBuilder, sql } from 'kysely';
import { onCommonScale, scaleOf } from './similarity-scale.js';
import { readVector, vectorText } from './vectors.rules.js';

/** A tutor and how much their profile is like what was asked. */
export interface SimilarTutor {
  tutorId: string;
  /** Cosine, -1 to 1. */
  similarity: number;
}

/** Whom to look for. */
export interface Neighbourhood {
  /** A condition on `o`, an offer: recommendations.offers. */
  where: RawBuilder<boolean>;
  /** How many tutors at most. */
  limit: number;
}

/** @see nearestTutors */
export interface NearestQuery extends Neighbourhood {
  /** What made the vector; only vectors of the same model are compared. */
  model: string;
  vector: readonly number[];
}

/** Up to so many tutors every distance is computed: it is as quick as the index, and exact. */
const COMPARED_EACH = 4_000;
/** How wide the index is searched, as pgvector's `hnsw.ef_search`; the more, the fewer neighbours are missed. */
const SEARCH_WIDTH = 400;
/** How many neighbours are looked at, the filtered ones counted, before the search ends with what it has. */
const MOST_SCANNED = 60_000;
/** So many times the wanted neighbours are taken, of which the nearest are kept. */
const SURPLUS = 2;

interface Row {
  tutor_id: string;
  similarity: number;
}

/**
 * The tutors with an offer that fits whose profiles are nearest to a vector, the nearest first. Where few offers fit, all of
 * theirs are compared; else the model's index is searched until enough are found.
 *
 * A tutor whose profile has no vector of the model yet is not found.
 */
export async function nearestTutors(em: EntityManager, query: NearestQuery): Promise<SimilarTutor[]> {
  const few = await nearestOfFew(em, query);
  return few ?? (await nearestByIndex(em, query));
}

/** How much profiles are like a vector; tutors without a vector of the model are left out. */
export async function similaritiesOf(
  em: EntityManager,
  model: string,
  vector: readonly number[],
  tutorIds: readonly string[],
): Promise<Map<string, number>> {
  if (tutorIds.length === 0) return new Map();
  const { rows } = await sql<Row>`
    select v.tutor_id, 1 - (${distance({ vector })}) as similarity
      from recommendations.tutor_vectors v
     where v.model = ${model} and v.vector is not null and v.tutor_id = any (${[...tutorIds]}::uuid[])`.execute(
    em.getKysely(),
  );
  return new Map(rows.map(({ tutor_id, similarity }) => [tutor_id, similarity]));
}

/**
 * The tutors with an offer that fits whose profiles are nearest to a tutor's, on the scale of all models; none where that one
 * has no vector.
 */
export async function nearestToTutor(
  em: EntityManager,
  tutorId: string,
  { where, limit }: Neighbourhood,
): Promise<SimilarTutor[]> {
  const { rows } = await sql<{ model: string; vector: string; usual: number | null; spread: number | null }>`
    select v.model, v.vector::text as vector, m.usual, m.spread
      from recommendations.tutor_vectors v join recommendations.embedding_models m on m.id = v.model
     where m.state = 'ACTIVE' and v.tutor_id = ${tutorId} and v.vector is not null`.execute(em.getKysely());
  const [own] = rows;
  if (!own) return [];
  const others = sql<boolean>`(${where}) and o.tutor_id <> ${tutorId}`;
  const near = await nearestTutors(em, { model: own.model, vector: readVector(own.vector), where: others, limit });
  const scale = scaleOf(own);
  return near.map((one) => ({ tutorId: one.tutorId, similarity: onCommonScale(one.similarity, scale) }));
}

/** Of the tutors that a statement names, those whose profiles are nearest: a part of a larger statement. */
export function nearestAmong(
  query: Omit<NearestQuery, 'where'>,
  tutorIds: RawBuilder<unknown>,
  condition: RawBuilder<boolean>,
): RawBuilder<unknown> {
  return sql`
    select near.tutor_id, 1 - near.distance as similarity from (
      select v.tutor_id, ${distance(query)} as distance
        from recommendations.tutor_vectors v
       where ${condition} and v.model = ${query.model} and v.vector is not null and v.tutor_id = any (array(${tutorIds}))
       order by distance, v.tutor_id limit ${query.limit}
    ) near`;
}

/** @returns null when more offers fit than are compared one by one */
async function nearestOfFew(em: EntityManager, query: NearestQuery): Promise<SimilarTutor[] | null> {
  const { rows } = await sql<{ tutor_id: string | null; similarity: number | null; found: number }>`
    with few as materialized (
      select o.tutor_id from recommendations.offers o where ${query.where} limit ${COMPARED_EACH + 1}
    ),
    counted as materialized (select count(*)::int as found from few),
    near as (${nearestAmong(query, sql`select tutor_id from few`, sql`(select found from counted) <= ${COMPARED_EACH}`)})
    select near.tutor_id, near.similarity, counted.found from counted left join near on true
     order by near.similarity desc, near.tutor_id`.execute(em.getKysely());
  if ((rows[0]?.found ?? 0) > COMPARED_EACH) return null;
  return rows.flatMap(({ tutor_id: tutorId, similarity }) =>
    tutorId === null || similarity === null ? [] : [{ tutorId, similarity }],
  );
}

/** The same where many offers fit: by the model's index of neighbours, which may miss a few. */
export async function nearestByIndex(em: EntityManager, query: NearestQuery): Promise<SimilarTutor[]> {
  const { model, where, limit } = query;
  const { rows } = await transaction(em, async (tx) => {
    const db = tx.getKysely();
    await sql`
      select set_config('hnsw.iterative_scan', 'relaxed_order', true),
        set_config('hnsw.ef_search', ${String(SEARCH_WIDTH)}, true),
        set_config('hnsw.max_scan_tuples', ${String(MOST_SCANNED)}, true),
        -- The index, and then the offers of each neighbour: a plan that sorts all tutors is never the better one. What is not
        -- wanted counts as so dear that the statement would be compiled first.
        set_config('enable_sort', 'off', true), set_config('enable_hashjoin', 'off', true), set_config('jit', 'off', true)`.execute(
      db,
    );
    return sql<Row>`
      select v.tutor_id, 1 - (${distance(query)}) as similarity
        from recommendations.tutor_vectors v
       where v.model = ${sql.lit(model)} and v.vector is not null
         and exists (select from recommendations.offers o where o.tutor_id = v.tutor_id and (${where}))
       order by ${distance(query)} limit ${limit * SURPLUS}`.execute(db);
  });
  // They come almost in their order.
  return rows
    .map(({ tutor_id: tutorId, similarity }) => ({ tutorId, similarity }))
    .sort((a, b) => b.similarity - a.similarity || (a.tutorId < b.tutorId ? -1 : 1))
    .slice(0, limit);
}

/** Written as the model's index has it, whose predicate names the model; see vector-index.ts. */
function distance({ vector }: { vector: readonly number[] }): RawBuilder<number> {
  const type = sql`public.halfvec(${sql.lit(vector.length)})`;
  return sql<number>`(v.vector::${type}) operator(public.<=>) ${vectorText(vector)}::${type}`;
}
