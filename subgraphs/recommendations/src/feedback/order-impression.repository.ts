import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { CREDIT_DAYS } from './outcome.repository.js';

/** Somebody looks at an order that was shown to them as a tutor. */
export interface OrderOpening {
  requestId: string;
  orderId: string;
  /** The account that opens it. */
  viewerId: string;
  at: Date;
}

/** A tutor applies to an order. */
export interface Answer {
  orderId: string;
  tutorId: string;
  at: Date;
}

/** Notes that an order was opened out of a list; the first time counts. @returns whether it was shown to the viewer there */
export async function openOrder(em: EntityManager, opening: OrderOpening): Promise<boolean> {
  const { requestId, orderId, viewerId, at } = opening;
  const { numAffectedRows } = await sql`
    update recommendations.order_impressions i set opened_at = coalesce(i.opened_at, ${at})
      from recommendations.ranking_requests r
     where r.id = i.request_id and i.request_id = ${requestId} and i.order_id = ${orderId} and r.viewer_id = ${viewerId}
       and r.created_at > ${at}::timestamptz - make_interval(days => ${CREDIT_DAYS})`.execute(em.getKysely());
  return Number(numAffectedRows ?? 0) > 0;
}

/**
 * Notes that a tutor applied to an order, to the credit of the list in which they saw it last in the 30 days before; again
 * is the same.
 *
 * @returns whether there was such a list
 */
export async function answerOrder(tx: EntityManager, { orderId, tutorId, at }: Answer): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update recommendations.order_impressions i set answered_at = ${at}
     where i.order_id = ${orderId} and i.request_id = (
       select r.id from recommendations.tutors t
         join recommendations.ranking_requests r on r.viewer_id = t.user_id and r.surface = 'ORDERS'
         join recommendations.order_impressions shown on shown.request_id = r.id and shown.order_id = ${orderId}
        where t.id = ${tutorId} and shown.shown_at <= ${at}::timestamptz
          and r.created_at between ${at}::timestamptz - make_interval(days => ${CREDIT_DAYS}) and ${at}::timestamptz
        order by shown.shown_at desc, r.id limit 1)`.execute(tx.getKysely());
  return Number(numAffectedRows ?? 0) > 0;
}
