import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import type { Texts, WishVector } from './texts.js';

/** To compare so many texts one by one takes as long as to search an index, and misses none. */
const LOOKED_AT = 6_000;

/** How those who fulfil all that was asked are chosen from. */
export interface FittingQuery {
  /** What was asked, over `o`, an offer. */
  where: RawBuilder<boolean>;
  /** How many of each. */
  limits: { text: number; popular: number; newcomers: number };
  /** Newcomers came after it. */
  since: Date;
  /** What the wish's text means; null when texts are not compared. */
  compared: { texts: Texts; vector: WishVector } | null;
  /** Up to so many who fulfil all are all looked at; of more, those whom indexes find. @default 6000 */
  lookedAt?: number;
}

/** Tutors who fulfil all that was asked. */
export interface Fitting {
  /** Those whose texts are nearest, the nearest first. */
  near: { tutorId: string; similarity: number }[];
  /** The most sought-after first. */
  popular: string[];
  /** The newest first. */
  newcomers: string[];
}

interface Row {
  tutorId: string;
  source: 'TEXT' | 'POPULAR' | 'NEWCOMER';
  similarity: number | null;
  /** More fit than were looked at. */
  isPart: boolean;
}

/**
 * The nearest, the most popular and the newest of those who fulfil all that was asked. What was asked is looked for once
 * for all three, which costs most where few fulfil it; where many do, the nearest and the newest are found by indexes.
 */
export async function findFitting(em: EntityManager, query: FittingQuery): Promise<Fitting> {
  const { lookedAt = LOOKED_AT } = query;
  const { rows } = await sql<Row>`
    with fits as materialized (
      select o.tutor_id, o.tutor_created_at, o.popularity from recommendations.offers o
      where ${query.where} order by o.popularity desc, o.tutor_id desc limit ${sql.lit(lookedAt + 1)}
    ),
    counted as materialized (select count(*) > ${sql.lit(lookedAt)} as is_part from fits)
    (select f.tutor_id as "tutorId", 'POPULAR' as source, null::float8 as similarity, counted.is_part as "isPart"
      from fits f cross join counted order by f.popularity desc, f.tutor_id desc limit ${query.limits.popular})
    union all
    (select f.tutor_id, 'NEWCOMER', null, false from fits f
      where f.tutor_created_at > ${query.since} and not (select is_part from counted)
      order by f.tutor_created_at desc, f.tutor_id desc limit ${query.limits.newcomers})
    ${query.compared ? sql`union all select near.tutor_id, 'TEXT', near.similarity, false from (${nearest(query)}) near` : sql``}
  `.execute(em.getKysely());
  const popular = idsOf(rows, 'POPULAR');
  if (rows.some(({ isPart }) => isPart)) return { popular, ...(await findByIndexes(em, query)) };
  const near = rows.flatMap(({ tutorId, similarity }) => (similarity === null ? [] : [{ tutorId, similarity }]));
  return { near, popular, newcomers: idsOf(rows, 'NEWCOMER') };
}

function nearest({ compared, limits }: FittingQuery): RawBuilder<unknown> {
  if (!compared) return sql``;
  const { texts, vector } = compared;
  return texts.nearestAmong(
    { ...vector, limit: limits.text },
    sql`select tutor_id from fits`,
    sql`not (select is_part from counted)`,
  );
}

async function findByIndexes(
  em: EntityManager,
  { where, since, compared, limits }: FittingQuery,
): Promise<Pick<Fitting, 'near' | 'newcomers'>> {
  const newest = sql<{ tutorId: string }>`
    select o.tutor_id as "tutorId" from recommendations.offers o
    where ${where} and o.tutor_created_at > ${since}
    order by o.tutor_created_at desc, o.tutor_id desc limit ${limits.newcomers}`;
  const [near, { rows }] = await Promise.all([
    compared ? compared.texts.nearest(em, { ...compared.vector, where, limit: limits.text }) : [],
    newest.execute(em.getKysely()),
  ]);
  return { near, newcomers: rows.map(({ tutorId }) => tutorId) };
}

function idsOf(rows: readonly Row[], source: Row['source']): string[] {
  return rows.filter((row) => row.source === source).map(({ tutorId }) => tutorId);
}
