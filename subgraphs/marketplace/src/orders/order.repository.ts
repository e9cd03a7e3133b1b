import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, type PageRequest, type ReadAlong, type SortKey } from '@tutorgraph/kit/pagination/keyset';
import { type RawBuilder, sql } from 'kysely';
import { readTolerantly } from '../search/search-text.js';
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

/**
 * A page of orders, the newest first. When no order holds the words of a text, those count that they may have been meant for.
 *
 * @throws BAD_USER_INPUT for a budget without its currency
 */
export async function findOrders(
  em: EntityManager,
  status: OrderStatus,
  search: OrderSearch,
  page: PageRequest,
  along: ReadAlong<Order>,
): Promise<Connection<Order>> {
  const conditions = [standing(status), ...searchConditions(search)];
  if (isSearch(search.text)) conditions.push(sql`${DOCUMENT} @@ ${await readText(em, status, search.text)}`);
  return keysetPage(
    em,
    {
      entity: Order,
      from: sql`from marketplace.orders t where ${sql.join(conditions, sql` and `)}`,
      order: NEWEST_FIRST,
      // A plan that is good for every subject, city and budget there may be none; of all orders there is one.
      prepared: conditions.length === 1,
    },
    page,
    along,
  );
}

/** A page of a student's orders, the newest first. */
export function findOrdersOf(
  em: EntityManager,
  studentId: string,
  status: Given<OrderStatus>,
  page: PageRequest,
  along: ReadAlong<Order>,
): Promise<Connection<Order>> {
  const condition = status ? sql`and ${standing(status)}` : sql``;
  const from = sql`from marketplace.orders t where t.student_id = ${studentId} ${condition}`;
  return keysetPage(em, { entity: Order, from, order: NEWEST_FIRST, prepared: true }, page, along);
}

/** As a literal, so that one plan for all pages still knows how many orders stand so. */
function standing(status: OrderStatus): RawBuilder<unknown> {
  return sql`t.status = ${sql.lit(status)}`;
}

/** A text as a query: as it was typed, if any order holds it so. @throws BAD_USER_INPUT when it is too long */
async function readText(em: EntityManager, status: OrderStatus, text: string): Promise<RawBuilder<unknown>> {
  const exact = searchQuery(text);
  const { rows } = await sql`select from marketplace.orders t
    where ${standing(status)} and ${DOCUMENT} @@ ${exact} limit 1`.execute(em.getKysely());
  return (rows.length === 0 && (await readTolerantly(em, text))) || exact;
}

function searchConditions(search: OrderSearch): RawBuilder<unknown>[] {
  const { subjectId, level, format, city, budgetFrom, budgetTo, currency } = search;
  if ((given(budgetFrom) || given(budgetTo)) && !currency) {
    throw badUserInput('filter.budgetFrom and filter.budgetTo need filter.currency');
  }
  const conditions: RawBuilder<unknown>[] = [];
  if (subjectId) conditions.push(isId(subjectId) ? sql`t.subject_id = ${subjectId}` : sql`false`);
  if (level) conditions.push(sql`t.level = ${level}`);
  if (format) conditions.push(sql`t.format = ${format}`);
  if (city) conditions.push(sql`lower(t.city) = lower(${filterText('city', city)})`);
  if (currency) conditions.push(sql`t.budget_currency = ${currency}`);
  if (given(budgetFrom)) conditions.push(sql`t.budget_minor >= ${budgetFrom}`);
  if (given(budgetTo)) conditions.push(sql`t.budget_minor <= ${budgetTo}`);
  return conditions;
}

function given<Value>(value: Given<Value>): value is Value {
  return value !== null && value !== undefined;
}
