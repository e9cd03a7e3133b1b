import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { PayoutAccount } from './payout-account.entity.js';

/**
 * Locks a tutor's money until the transaction ends, after the payment if there is one: whoever decides by a balance does
 * so first. Tutors without an account yet have money too, so that the lock is not on its row.
 *
 * @returns the account as it is now; null without one
 */
export async function lockTutor(tx: EntityManager, tutorId: string): Promise<PayoutAccount | null> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`payments.tutor:${tutorId}`}, 0))`.execute(tx.getKysely());
  return tx.findOne(PayoutAccount, { tutorId }, { refresh: true });
}
