import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, type PageRequest, type SortKey } from '@tutorgraph/kit/pagination/keyset';
import { type RawBuilder, sql } from 'kysely';
import { filterText, isSearch, searchQuery } from '../search/text-search.js';
import { Order } from './order.entity.js';
import type { OrderStatus } from './order.rules.js';

type Given<Value> = Value | null | undefined;

/** What is looked for; conditions add up. */
export interface OrderSearch {
  subjectId?: Given<string>;
  level?: Given<string>;
  format?: Given<string>;
  city?: Given<string>;
  text?: Given<string>;
  budgetFrom?: Given<number>;
  budgetTo?: Given<number>;
  currency?: Given<string>;
}

// As in the index orders_search.
const DOCUMENT = sql`marketplace.search_document(t.title || ' ' || coalesce(t.description, '') || ' ' || coalesce(t.goal, ''))`;

const NEWEST_FIRST: readonly SortKey[] = [
  { expression: sql`t.created_at`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
];

/** Orders by id, batched. */
export const ordersById = defineLoader<string, Order | null>(
  async ({ em }, ids) => {
    const orders = await em.find(Order, { id: { $in: ids.filter(isId) } });
    return new Map(orders.map((order) => [order.id, order]));
  },
  { absent: () => null },
);

/** An order, locked against every other change until the transaction ends. */
export function lockOrder(tx: EntityManager, id: string): Promise<Order | null> {
  return isId(id) ? tx.findOne(Order, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE }) : Promise.resolve(null);
}

/** An order that cannot change until the transaction ends; others may hold it likewise. */
export function holdOrder(tx: EntityManager, id: string): Promise<Order | null> {
  return isId(id) ? tx.findOne(Order, { id }, { lockMode: LockMode.PESSIMISTIC_READ }) : Promise.resolve(null);
}

/** A page of orders, the newest first. @throws BAD_USER_INPUT for a budget without its currency */
export function findOrders(
  em: EntityManager,
  status: OrderStatus,
  search: OrderSearch,
  page: PageRequest,
): Promise<Connection<Order>> {
  const conditions = [sql`t.status = ${status}`, ...searchConditions(search)];
  return keysetPage(
    em,
    {
      entity: Order,
      from: sql`from marketplace.orders t where ${sql.join(conditions, sql` and `)}`,
      order: NEWEST_FIRST,
    },
    page,
  );
}

/** A page of a student's orders, the newest first. */
export function findOrdersOf(
  em: EntityManager,
  studentId: string,
  status: Given<OrderStatus>,
  page: PageRequest,
): Promise<Connection<Order>> {
  const condition = status ? sql`and t.status = ${status}` : sql``;
  const from = sql`from marketplace.orders t where t.student_id = ${studentId} ${condition}`;
  return keysetPage(em, { entity: Order, from, order: NEWEST_FIRST }, page);
}

function searchConditions(search: OrderSearch): RawBuilder<unknown>[] {
  const { subjectId, level, format, city, text, budgetFrom, budgetTo, currency } = search;
  if ((given(budgetFrom) || given(budgetTo)) && !currency) {
    throw badUserInput('filter.budgetFrom and filter.budgetTo need filter.currency');
  }
  const conditions: RawBuilder<unknown>[] = [];
  if (subjectId) conditions.push(isId(subjectId) ? sql`t.subject_id = ${subjectId}` : sql`false`);
  if (level) conditions.push(sql`t.level = ${level}`);
  if (format) conditions.push(sql`t.format = ${format}`);
  if (city) conditions.push(sql`lower(t.city) = lower(${filterText('city', city)})`);
  if (isSearch(text)) conditions.push(sql`${DOCUMENT} @@ ${searchQuery(text)}`);
  if (currency) conditions.push(sql`t.budget_currency = ${currency}`);
  if (given(budgetFrom)) conditions.push(sql`t.budget_minor >= ${budgetFrom}`);
  if (given(budgetTo)) conditions.push(sql`t.budget_minor <= ${budgetTo}`);
  return conditions;
}

function given<Value>(value: Given<Value>): value is Value {
  return value !== null && value !== undefined;
}
