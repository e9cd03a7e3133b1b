import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { MarketOrder } from '../market/market.entity.js';

/** An application of which the viewer may know how well it fits. */
export interface SeenApplication {
  id: string;
  tutorId: string;
  order: MarketOrder;
}

/** Of these orders, those of a student: one statement. */
export function ordersOfStudent(
  em: EntityManager,
  studentId: string,
  orderIds: readonly string[],
): Promise<MarketOrder[]> {
  return em.find(MarketOrder, { id: { $in: [...new Set(orderIds)] }, studentId });
}

/** Of these applications, those to orders of an account and those of its own profile: two statements. */
export async function applicationsSeenBy(
  em: EntityManager,
  userId: string,
  applicationIds: readonly string[],
): Promise<SeenApplication[]> {
  const { rows } = await sql<{ id: string; tutorId: string; orderId: string }>`
    select a.id, a.tutor_id as "tutorId", a.order_id as "orderId"
    from recommendations.applications a
    join recommendations.orders m on m.id = a.order_id
    left join recommendations.tutors t on t.id = a.tutor_id
    where a.id = any (${[...applicationIds]}::uuid[]) and (m.student_id = ${userId}::uuid or t.user_id = ${userId}::uuid)
  `.execute(em.getKysely());
  const orders = await em.find(MarketOrder, { id: { $in: [...new Set(rows.map(({ orderId }) => orderId))] } });
  const byId = new Map(orders.map((order) => [order.id, order]));
  return rows.flatMap(({ id, tutorId, orderId }) => {
    const order = byId.get(orderId);
    return order ? [{ id, tutorId, order }] : [];
  });
}
