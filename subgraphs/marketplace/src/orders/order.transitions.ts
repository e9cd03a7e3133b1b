import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { passOverPending } from '../applications/application.transitions.js';
import { orderClosed } from '../events.js';
import type { Order } from './order.entity.js';
import { mayOrderBecome } from './order.rules.js';

/** What an event says of an order. */
export function aboutOrder(order: Order) {
  return { subject: order.id, data: { studentId: order.studentId, subjectId: order.subjectId } };
}

/**
 * Closes an order without choosing; pending applications are passed over. The order's row must be locked.
 *
 * @returns false, and changes nothing, when its transition table does not allow it
 */
export async function closeOrder(tx: EntityManager, order: Order, now: Date): Promise<boolean> {
  if (!mayOrderBecome(order.status, 'CLOSED')) return false;
  order.status = 'CLOSED';
  order.closedAt = now;
  order.updatedAt = now;
  await passOverPending(tx, order.id, now);
  recordEvent(tx, orderClosed.create(aboutOrder(order)));
  return true;
}
