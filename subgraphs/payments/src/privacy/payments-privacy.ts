import type { EntityManager } from '@mikro-orm/postgresql';
import { forgetIdempotencyKeys } from '@tutorgraph/kit/idempotency/idempotency';
import type { RoomPrivacy } from '@tutorgraph/kit/privacy/room-privacy';
import { sql } from 'kysely';
import { leaveStripe } from '../customers/customer-departure.js';
import { collectEarnings, collectPremium, collectPurchases } from './archive.js';

/**
 * What payments holds about somebody, and what is left of it when they are erased: books must be kept, with ids that name
 * nobody any more.
 */
export const paymentsPrivacy: RoomPrivacy = {
  async collect(em, userId) {
    const purchases = await collectPurchases(em, userId);
    const earnings = await collectEarnings(em, userId);
    return { sections: { ...purchases, ...earnings, premium: await collectPremium(em, userId) } };
  },

  async erase(tx, userId) {
    await forgetIdempotencyKeys(tx, userId);
    await leaveStripe(tx, userId);
    await eraseWords(tx, userId);
  },
};

/** What staff wrote about somebody's money, and what was asked of Stripe for it, may name people. */
async function eraseWords(tx: EntityManager, userId: string): Promise<void> {
  const db = tx.getKysely();
  const tutors = sql`select tutor_id from payments.payout_accounts where user_id = ${userId}`;
  const payments = sql`select id from payments.payments where payer_id = ${userId}`;
  await sql`update payments.refunds set note = null where note is not null and payment_id in (${payments})`.execute(db);
  await sql`update payments.transfers set reason = null where reason is not null and tutor_id in (${tutors})`.execute(
    db,
  );
  await sql`update payments.withdrawals set rejection_reason = null
    where rejection_reason is not null and user_id = ${userId}`.execute(db);
  // What disputes are answered with tells of lessons and people.
  await sql`update payments.stripe_operations set input = '{}'::jsonb
    where status <> 'PENDING' and subject_id in (
      ${payments} union all select id from payments.refunds where payment_id in (${payments})
      union all select id from payments.disputes where payment_id in (${payments})
      union all select id from payments.premium_memberships where user_id = ${userId}
      union all ${tutors} union all select ${userId}::uuid)`.execute(db);
}
