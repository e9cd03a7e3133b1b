import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { bankTransfer, stripeFee } from '../ledger/journals.js';
import { postJournal } from '../ledger/post.js';
import type { Movement } from './stripe-cash.js';

/** Between the platform's balance at Stripe and its bank. */
const TO_BANK: ReadonlySet<string> = new Set(['payout', 'payout_cancel', 'payout_failure', 'topup', 'topup_reversal']);
/** What Stripe keeps for itself, not of a single charge. */
const FEES: ReadonlySet<string> = new Set(['stripe_fee', 'stripe_fx_fee', 'tax_fee']);

/**
 * Records what Stripe does with the platform's balance by itself, which nothing here has asked for: it pays it out to the
 * bank on its schedule, and keeps fees by the month. Each balance transaction once.
 */
export async function recordOwnMovements(em: EntityManager, movements: readonly Movement[]): Promise<void> {
  const own = movements.filter(({ type }) => TO_BANK.has(type) || FEES.has(type));
  if (own.length === 0) return;
  await transaction(em, async (tx) => {
    for (const { transactionId, type, currency, netMinor, createdAt } of own) {
      const journal = TO_BANK.has(type)
        ? bankTransfer(transactionId, currency, netMinor)
        : stripeFee({ transactionId, currency, feeMinor: -netMinor, paymentId: null });
      await postJournal(tx, journal, createdAt);
    }
  });
}
