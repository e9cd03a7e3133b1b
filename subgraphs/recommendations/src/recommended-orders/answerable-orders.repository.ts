import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { MarketOrder, MarketTutor } from '../market/market.entity.js';

/** An order that a tutor could answer. */
export interface AnswerableOrder {
  order: MarketOrder;
  /** How many applications wait for the student's choice. */
  waitingCount: number;
}

/** So many of each subject's newest are looked at, and so many in all. */
const MOST_OF_SUBJECT = 150;
const MOST = 300;
/** Older ones are as good as closed. */
const MOST_DAYS = 60;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The profile of an account, when it has one that is shown. */
export function tutorOfAccount(em: EntityManager, userId: string): Promise<MarketTutor | null> {
  return em.findOne(MarketTutor, { userId, hidden: false });
}

/**
 * Open orders that a tutor could answer, the newest: of the subjects and levels that they teach, where they teach, of other
 * people, and not answered by them yet. Two statements, however many there are.
 */
export async function findAnswerableOrders(
  em: EntityManager,
  { id, userId }: MarketTutor,
  now: Date,
): Promise<AnswerableOrder[]> {
  const since = new Date(now.getTime() - MOST_DAYS * DAY_MS);
  const { rows } = await sql<{ id: string; waitingCount: number }>`
    select m.id, waiting.count as "waitingCount"
    from recommendations.offers o
    cross join lateral (
      select m.id, m.created_at from recommendations.orders m
      where m.subject_id = o.subject_id and m.status = 'OPEN' and m.created_at > ${since} and m.student_id <> ${userId}::uuid
        and m.level = any (o.levels) and m.format = any (o.formats)
        and not exists (select from recommendations.applications own where own.order_id = m.id and own.tutor_id = o.tutor_id)
      order by m.created_at desc, m.id desc limit ${sql.lit(MOST_OF_SUBJECT)}
    ) m
    cross join lateral (
      select count(*)::int as count from recommendations.applications a where a.order_id = m.id and a.status = 'PENDING'
    ) waiting
    where o.tutor_id = ${id}::uuid and not o.hidden
    order by m.created_at desc, m.id desc limit ${sql.lit(MOST)}
  `.execute(em.getKysely());
  const orders = await em.find(MarketOrder, { id: { $in: rows.map((row) => row.id) } });
  const counts = new Map(rows.map((row) => [row.id, row.waitingCount]));
  return orders.map((order) => ({ order, waitingCount: counts.get(order.id) ?? 0 }));
}
