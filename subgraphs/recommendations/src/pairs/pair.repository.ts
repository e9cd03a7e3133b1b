import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { onCommonScale, scaleOf } from '../embeddings/similarity-scale.js';
import { COUNTED, COUNTED_FROM, type FactsRow } from '../results/facts.repository.js';

/** A tutor and an order. */
export interface PairIds {
  tutorId: string;
  orderId: string;
}

/** What is counted of a tutor for an order. */
export interface PairRow extends FactsRow {
  orderId: string;
}

/**
 * All that is counted of tutors for orders: one statement for all pairs. Pairs whose tutor does not teach the order's
 * subject, or is hidden, are left out.
 */
export async function findPairRows(em: EntityManager, pairs: readonly PairIds[]): Promise<PairRow[]> {
  if (pairs.length === 0) return [];
  const { rows } = await sql<PairRow>`
    select ${COUNTED}, wanted.order_id as "orderId", lessons.count as "lessonsTogether"
    from ${wantedPairs(pairs)}
    join recommendations.orders m on m.id = wanted.order_id
    join recommendations.tutors t on t.id = wanted.tutor_id and not t.hidden
    join recommendations.offers o on o.tutor_id = t.id and o.subject_id = m.subject_id
    ${COUNTED_FROM}
    cross join lateral (
      select count(*)::int as count from recommendations.bookings b
      where b.student_id = m.student_id and b.tutor_id = t.id and b.status = 'COMPLETED'
    ) lessons
  `.execute(em.getKysely());
  return rows;
}

/**
 * How near the texts of each pair are, on the scale of all models, by {@link pairKey}: one statement; only vectors of the same
 * model are compared.
 */
export async function findPairSimilarities(em: EntityManager, pairs: readonly PairIds[]): Promise<Map<string, number>> {
  if (pairs.length === 0) return new Map();
  const { rows } = await sql<PairIds & { cosine: number; usual: number | null; spread: number | null }>`
    select wanted.tutor_id as "tutorId", wanted.order_id as "orderId",
      1 - (tutor.vector operator(public.<=>) wish.vector) as cosine, model.usual, model.spread
    from ${wantedPairs(pairs)}
    join recommendations.embedding_models model on model.state = 'ACTIVE'
    join recommendations.tutor_vectors tutor on tutor.model = model.id and tutor.tutor_id = wanted.tutor_id
    join recommendations.order_vectors wish on wish.model = model.id and wish.order_id = wanted.order_id
    where tutor.vector is not null and wish.vector is not null
  `.execute(em.getKysely());
  return new Map(rows.map((row) => [pairKey(row), onCommonScale(row.cosine, scaleOf(row))]));
}

/** Names a pair. */
export function pairKey({ tutorId, orderId }: PairIds): string {
  return `${tutorId} ${orderId}`;
}

function wantedPairs(pairs: readonly PairIds[]) {
  const [tutorIds, orderIds] = [pairs.map(({ tutorId }) => tutorId), pairs.map(({ orderId }) => orderId)];
  return sql`unnest(${tutorIds}::uuid[], ${orderIds}::uuid[]) as wanted(tutor_id, order_id)`;
}
