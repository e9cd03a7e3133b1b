import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import { MarketOrder } from '../market/market.entity.js';
import { FreshOrder } from './fresh-order.entity.js';
import { FRESH_DAYS } from './fresh-order.rules.js';

/** So many orders of what was touched are looked at again, the newest: more change with the next one that happens. */
const MOST_MARKED = 2_000;
/** A model that is promoted concerns all; the newest are looked at. */
const MOST_OF_ALL = 5_000;
/** Several changes that follow one another are looked at once. */
const DEBOUNCE_SECONDS = 30;
/** Whoever has taken orders to look at may die: then they are due again. */
const LEASE_MINUTES = 10;

/** An order that is looked at again. */
export interface DueOrder {
  orderId: string;
  /** Who stood at the top; null when that was never computed. */
  top: string | null;
  /** Until when it is taken, as PostgreSQL writes it. */
  leasedUntil: string;
  /** Its copy; null when there is none. */
  order: MarketOrder | null;
}

/** Lets those of these orders be looked at again that are fresh: one statement. */
export async function markOrders(tx: EntityManager, orderIds: readonly string[]): Promise<void> {
  await mark(tx, freshOf(sql`m.id = any (${[...orderIds]}::uuid[])`, MOST_MARKED));
}

/** Lets all fresh orders of a subject be looked at again: one statement. */
export async function markSubject(tx: EntityManager, subjectId: string): Promise<void> {
  await mark(tx, freshOf(sql`m.subject_id = ${subjectId}::uuid`, MOST_MARKED));
}

/** Lets all fresh orders of what these tutors teach be looked at again: one statement. */
export async function markSubjectsOf(tx: EntityManager, tutorIds: readonly string[]): Promise<void> {
  const taught = sql`array(
    select distinct o.subject_id from recommendations.offers o where o.tutor_id = any (${[...tutorIds]}::uuid[]))`;
  await mark(tx, freshOf(sql`m.subject_id = any (${taught})`, MOST_MARKED));
}

/** Lets all fresh orders be looked at again: one statement. */
export async function markAll(tx: EntityManager): Promise<void> {
  await mark(tx, freshOf(sql`true`, MOST_OF_ALL));
}

/** Forgets those of these orders that are not open any longer, or gone. @returns which: one statement */
export async function forgetEnded(tx: EntityManager, orderIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ orderId: string }>`
    delete from recommendations.fresh_orders f where f.order_id = any (${[...orderIds]}::uuid[])
      and not exists (select from recommendations.orders m where m.id = f.order_id and m.status = 'OPEN')
    returning f.order_id as "orderId"
  `.execute(tx.getKysely());
  return rows.map(({ orderId }) => orderId);
}

/** Forgets an order that is not fresh any longer. */
export async function forgetFreshOrder(tx: EntityManager, orderId: string): Promise<void> {
  await tx.nativeDelete(FreshOrder, { orderId });
}

/** Takes orders that are due, the longest first; nobody else takes them for some minutes. Two statements. */
export async function takeDue(em: EntityManager, limit: number): Promise<DueOrder[]> {
  const { rows } = await sql<{ orderId: string; top: string | null; leasedUntil: string }>`
    update recommendations.fresh_orders taken set due_at = now() + make_interval(mins => ${sql.lit(LEASE_MINUTES)})
    from (
      select order_id from recommendations.fresh_orders where due_at <= now()
      order by due_at, order_id limit ${limit} for update skip locked
    ) due
    where taken.order_id = due.order_id
    returning taken.order_id as "orderId", taken.top, taken.due_at::text as "leasedUntil"
  `.execute(em.getKysely());
  const orders = await em.find(MarketOrder, { id: { $in: rows.map(({ orderId }) => orderId) } });
  const byId = new Map(orders.map((order) => [order.id, order]));
  return rows.map((row) => ({ ...row, order: byId.get(row.orderId) ?? null }));
}

/**
 * Notes who stands at the top of an order's list now. What has happened since it was taken is looked at again.
 *
 * @returns was it there still, with the same ones at the top as when it was taken?
 */
export async function settle(tx: EntityManager, due: DueOrder, top: string): Promise<boolean> {
  const { rows } = await sql`
    update recommendations.fresh_orders set top = ${top}, due_at = nullif(due_at, ${due.leasedUntil}::timestamptz)
    where order_id = ${due.orderId}::uuid and top is not distinct from ${due.top}
    returning order_id
  `.execute(tx.getKysely());
  return rows.length > 0;
}

async function mark(tx: EntityManager, orderIds: RawBuilder<unknown>): Promise<void> {
  await sql`
    insert into recommendations.fresh_orders (order_id, due_at)
    select found.id, now() + make_interval(secs => ${sql.lit(DEBOUNCE_SECONDS)}) from (${orderIds}) as found(id)
    on conflict (order_id) do update set due_at = excluded.due_at
      where fresh_orders.due_at is null or fresh_orders.due_at > excluded.due_at
  `.execute(tx.getKysely());
}

function freshOf(which: RawBuilder<unknown>, limit: number): RawBuilder<unknown> {
  return sql`select m.id from recommendations.orders m
    where m.status = 'OPEN' and m.created_at > now() - make_interval(days => ${sql.lit(FRESH_DAYS)}) and ${which}
    order by m.created_at desc, m.id desc limit ${sql.lit(limit)}`;
}
