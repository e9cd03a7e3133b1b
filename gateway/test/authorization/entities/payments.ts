import { newId } from '@tutorgraph/kit/database/id';
import { runSql } from '@tutorgraph/kit/testing/run-sql';
import type { EntityRights, MadeEntity } from '../entity.js';
import type { World } from '../world.js';

const payerAndStaff = ['payer', 'staff'];

/** Entities of the payments room. */
export const paymentsEntities: readonly EntityRights[] = [
  {
    title: 'a payment for a lesson',
    room: 'payments',
    type: 'Payment',
    make: makePayment,
    seenBy: Object.fromEntries(
      'id amount booking createdAt expiresAt kind method paidAt payer status tutor'
        .split(' ')
        .map((field) => [field, payerAndStaff]),
    ),
  },
];

/** A payment with all that one may have, whatever it would mean together. */
async function makePayment({ graph }: World): Promise<MadeEntity> {
  const [payer, tutor, staff] = [
    await graph.person('STUDENT'),
    await graph.person('TUTOR'),
    await graph.person('SUPERVISOR'),
  ];
  const id = newId();
  await runSql(
    graph.databaseUrl,
    `insert into payments.payments (id, kind, method, status, payer_id, tutor_id, booking_id, amount_minor, currency,
       commission_percent, share_minor, tax_minor, expires_at, paid_at, created_at, updated_at)
     values ($1, 'LESSON', 'CHECKOUT', 'SUCCEEDED', $2, $3, $4, 2500, 'EUR', 33, 1675, 0, now(), now(), now(), now())`,
    [id, payer.userId, newId(), newId()],
  );
  return {
    key: { id },
    viewers: {
      payer: payer.authorization,
      tutor: tutor.authorization,
      staff: staff.authorization,
      somebody: (await graph.person('STUDENT')).authorization,
      nobody: undefined,
    },
  };
}
