import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { sql } from 'kysely';

/** What two people have to do with each other, whichever of them teaches. */
export interface Dealings {
  /** Was a lesson between them paid? */
  isPaid: boolean;
}

/** What lies between two people; null when neither has applied to the other's order nor booked a lesson. */
export async function findDealings(em: EntityManager, one: string, other: string): Promise<Dealings | null> {
  if (!(isId(one) && isId(other))) return null;
  const { rows } = await sql<Dealings & { is_known: boolean }>`
    with pairs as (
      select t.id as tutor_id, side.student_id from (values (${one}::uuid, ${other}::uuid), (${other}, ${one}))
        as side(user_id, student_id) join marketplace.tutors t on t.user_id = side.user_id
    ), booked as (
      select b.paid_at is not null as is_paid from marketplace.bookings b join pairs p
        on b.tutor_id = p.tutor_id and b.student_id = p.student_id where b.status not in ('HELD', 'EXPIRED')
    )
    select exists (select from booked where is_paid) as "isPaid",
      exists (select from booked) or exists (
        select from marketplace.applications a join marketplace.orders o on o.id = a.order_id
          join pairs p on a.tutor_id = p.tutor_id and o.student_id = p.student_id) as is_known`.execute(em.getKysely());
  const [found] = rows;
  return found?.is_known ? { isPaid: found.isPaid } : null;
}
