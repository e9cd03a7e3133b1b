import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { refusing } from '../constraints.js';
import { orderDeleted, orderPosted, orderUpdated } from '../events.js';
import type { Subject } from '../subjects/subject.entity.js';
import { findSubject, subjectsById } from '../subjects/subject.repository.js';
import { maySeeOrder } from './order.access.js';
import { type OrderSelection, ordersAlong } from './order.along.js';
import { Order } from './order.entity.js';
import { newOrder, orderChange, orderReference } from './order.inputs.js';
import type { OrderErrorCode } from './order.payloads.js';
import { findOrders, findOrdersOf, lockOrder, type OrderSearch, ordersById } from './order.repository.js';
import { hasPlace, type OrderStatus } from './order.rules.js';
import { aboutOrder, closeOrder } from './order.transitions.js';

/** What students look for. */
export class OrderService {
  /** An order that the viewer may see. */
  async find(context: RequestContext, id: string): Promise<Order | null> {
    const order = await context.loader(ordersById).load(id);
    return order && (await maySeeOrder(context, order)) ? order : null;
  }

  /** A page of orders. @throws FORBIDDEN for other than open ones, unless the viewer may read any; BAD_USER_INPUT */
  list(
    context: RequestContext,
    filter: (OrderSearch & { status?: OrderStatus | null }) | null | undefined,
    page: PageRequest,
    wanted: OrderSelection,
  ): Promise<Connection<Order>> {
    const status = filter?.status ?? 'OPEN';
    if (status !== 'OPEN') context.require('marketplace.orders.read-any');
    return findOrders(context.em, status, filter ?? {}, page, ordersAlong(context, wanted));
  }

  /** A page of the viewer's own orders. */
  own(
    context: RequestContext,
    status: OrderStatus | null | undefined,
    page: PageRequest,
    wanted: OrderSelection,
  ): Promise<Connection<Order>> {
    return findOrdersOf(context.em, context.user.userId, status, page, ordersAlong(context, wanted));
  }

  /** The subject of an order. */
  subject(context: RequestContext, order: Order): Subject | null | Promise<Subject | null> {
    return context.loader(subjectsById).at(order.subjectId);
  }

  /** @throws Refusal NOT_FOUND, SUBJECT_ARCHIVED, CITY_REQUIRED */
  async post(context: RequestContext, input: unknown): Promise<Order> {
    const { budget, ...wanted } = accept(newOrder, input, context.locale);
    if (!hasPlace(wanted)) throw new Refusal<OrderErrorCode>('CITY_REQUIRED', ['input', 'city']);
    const studentId = context.user.userId;
    const now = new Date();
    return transaction(context.em, async (tx) => {
      await checkSubject(tx, wanted.subjectId);
      const order = tx.create(Order, {
        id: newId(),
        studentId,
        ...wanted,
        description: wanted.description ?? null,
        goal: wanted.goal ?? null,
        city: wanted.city ?? null,
        preferredTimes: wanted.preferredTimes ?? null,
        budgetMinor: budget?.amountMinor ?? null,
        budgetCurrency: budget?.currency ?? null,
        status: 'OPEN',
        createdAt: now,
        updatedAt: now,
        closedAt: null,
      });
      recordEvent(tx, orderPosted.create(aboutOrder(order)));
      return order;
    });
  }

  /** @throws Refusal NOT_FOUND, NOT_YOUR_ORDER, ORDER_NOT_OPEN, SUBJECT_ARCHIVED, CITY_REQUIRED */
  async update(context: RequestContext, input: unknown): Promise<Order> {
    const { orderId, budget, ...change } = accept(orderChange, input, context.locale);
    return transaction(context.em, async (tx) => {
      const order = await lockOwn(context, tx, orderId);
      if (order.status !== 'OPEN') throw new Refusal<OrderErrorCode>('ORDER_NOT_OPEN');
      if (change.subjectId && change.subjectId !== order.subjectId) {
        await checkSubject(tx, change.subjectId);
        order.subjectId = change.subjectId;
      }
      order.level = change.level ?? order.level;
      order.title = change.title ?? order.title;
      order.format = change.format ?? order.format;
      if (change.description !== undefined) order.description = change.description;
      if (change.goal !== undefined) order.goal = change.goal;
      if (change.city !== undefined) order.city = change.city;
      if (change.preferredTimes !== undefined) order.preferredTimes = change.preferredTimes;
      if (budget !== undefined) {
        order.budgetMinor = budget?.amountMinor ?? null;
        order.budgetCurrency = budget?.currency ?? null;
      }
      if (!hasPlace(order)) throw new Refusal<OrderErrorCode>('CITY_REQUIRED', ['input', 'city']);
      order.updatedAt = new Date();
      recordEvent(tx, orderUpdated.create(aboutOrder(order)));
      return order;
    });
  }

  /** Closes an order without choosing; pending applications are passed over. @throws Refusal NOT_FOUND, NOT_YOUR_ORDER, ORDER_NOT_OPEN */
  async close(context: RequestContext, input: unknown): Promise<Order> {
    const { orderId } = accept(orderReference, input, context.locale);
    return transaction(context.em, async (tx) => {
      const order = await lockOwn(context, tx, orderId);
      if (!(await closeOrder(tx, order, new Date()))) throw new Refusal<OrderErrorCode>('ORDER_NOT_OPEN');
      return order;
    });
  }

  /** @throws Refusal NOT_FOUND, NOT_YOUR_ORDER, HAS_APPLICATIONS, which the applications' foreign key decides */
  async delete(context: RequestContext, input: unknown): Promise<string> {
    const { orderId } = accept(orderReference, input, context.locale);
    return refusing<OrderErrorCode, string>({ applications_order_id_foreign: 'HAS_APPLICATIONS' }, () =>
      transaction(context.em, async (tx) => {
        const order = await lockOwn(context, tx, orderId);
        tx.remove(order);
        recordEvent(tx, orderDeleted.create(aboutOrder(order)));
        return order.id;
      }),
    );
  }
}

async function lockOwn(context: RequestContext, tx: EntityManager, id: string): Promise<Order> {
  const order = await lockOrder(tx, id);
  if (order && context.isUser(order.studentId)) return order;
  // Whoever may post orders does not apply to them: what they see of others' orders are the open ones.
  const visible = order && (order.status === 'OPEN' || context.can('marketplace.orders.read-any'));
  throw new Refusal<OrderErrorCode>(visible ? 'NOT_YOUR_ORDER' : 'NOT_FOUND', ['input', 'orderId']);
}

async function checkSubject(tx: EntityManager, id: string): Promise<void> {
  const subject = await findSubject(tx, id);
  if (!subject) throw new Refusal<OrderErrorCode>('NOT_FOUND', ['input', 'subjectId']);
  if (subject.archivedAt) throw new Refusal<OrderErrorCode>('SUBJECT_ARCHIVED', ['input', 'subjectId']);
}
