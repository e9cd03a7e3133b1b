import type { Ask } from '../../facts/ask.js';
import { withdrawalOf } from '../../facts/payments.js';
import type { Recipient } from '../notification-type.js';
import type { Values } from '../values.js';

/** Values of an ordinary withdrawal, for samples. */
export const sampleWithdrawal: Values = { amountMinor: 2_000_000, currency: 'RUB' };

/** The tutor who withdraws, as long as the withdrawal stands so. */
export async function toWithdrawer(
  ask: Ask,
  id: string,
  userId: string,
  statuses: readonly string[],
): Promise<Recipient[]> {
  const withdrawal = await withdrawalOf(ask, id);
  if (!withdrawal || !statuses.includes(withdrawal.status)) return [];
  const { amount, rejectionReason } = withdrawal;
  const values = { ...amount, ...(rejectionReason && { reason: rejectionReason }) };
  return [{ userId, values, target: { kind: 'WITHDRAWAL', id } }];
}
