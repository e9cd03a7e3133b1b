import type { EntityManager } from '@mikro-orm/postgresql';
import type Stripe from 'stripe';
import type { Payment } from '../payments/payment.entity.js';
import type { StripeOperations } from '../stripe/stripe-operations.js';
import type { Transfer } from './transfer.entity.js';
import type { TransferReversal } from './transfer-reversal.entity.js';
import { moveTransfer } from './transfer-steps.js';

/** What Stripe is asked to transfer; it never changes once it is decided. */
export interface TransferInput extends Readonly<Record<string, unknown>> {
  transferId: string;
  amount: number;
  /** As Stripe writes it, in lower case. */
  currency: string;
  /** The tutor's account at Stripe. */
  destination: string;
  /** The charge from which it comes; null for one by staff, which comes from the platform's balance. */
  source: string | null;
  group: string;
  /** Nothing older can be it; unix seconds. */
  since: number;
}

/** What Stripe is asked to take back. */
export interface ReversalInput extends Readonly<Record<string, unknown>> {
  reversalId: string;
  /** Stripe's id of the transfer. */
  transfer: string;
  amount: number;
}

/** Kinds of operations; stored ones name them, so they never change. */
export const CREATE_TRANSFER = 'create-transfer';
/** @see CREATE_TRANSFER */
export const CREATE_REVERSAL = 'create-reversal';

/** Decides to ask Stripe for a transfer. @param account the tutor's at Stripe */
export async function beginTransfer(
  tx: EntityManager,
  operations: StripeOperations,
  { transfer, payment, account }: { transfer: Transfer; payment: Payment | null; account: string },
  options: { inRequest?: boolean } = {},
): Promise<string> {
  moveTransfer(transfer, 'PENDING');
  transfer.failureCode = null;
  if (payment) payment.transferredMinor += transfer.amountMinor;
  const input: TransferInput = {
    transferId: transfer.id,
    amount: transfer.amountMinor,
    currency: transfer.currency.toLowerCase(),
    destination: account,
    source: payment?.stripeChargeId ?? null,
    group: payment?.id ?? transfer.id,
    since: Math.floor(transfer.createdAt.getTime() / 1_000) - 3_600,
  };
  return operations.begin(tx, CREATE_TRANSFER, { subjectId: transfer.id, input }, options);
}

/** Decides to ask Stripe for a reversal of a transfer that it has made. */
export async function beginReversal(
  tx: EntityManager,
  operations: StripeOperations,
  reversal: TransferReversal,
  stripeTransferId: string,
): Promise<void> {
  moveTransfer(reversal, 'PENDING');
  const input: ReversalInput = {
    reversalId: reversal.id,
    transfer: stripeTransferId,
    amount: reversal.amountMinor,
  };
  await operations.begin(tx, CREATE_REVERSAL, { subjectId: reversal.id, input });
}

/** Asks Stripe for a transfer. */
export function createTransfer(
  stripe: Stripe,
  { transferId, source, group, amount, currency, destination }: TransferInput,
  { idempotencyKey }: { idempotencyKey: string },
): Promise<Stripe.Transfer> {
  return stripe.transfers.create(
    {
      amount,
      currency,
      destination,
      // A charge brings its own group; another one would be refused.
      ...(source ? { source_transaction: source } : { transfer_group: group }),
      metadata: { transferId, operationId: idempotencyKey },
    },
    { idempotencyKey },
  );
}

/** Finds a transfer that was made before; the metadata names it. */
export async function findTransfer(
  stripe: Stripe,
  { transferId, destination, since }: TransferInput,
  operationId: string,
): Promise<Stripe.Transfer | null> {
  for await (const transfer of stripe.transfers.list({ destination, created: { gte: since }, limit: 100 })) {
    const { metadata } = transfer;
    if (metadata['transferId'] === transferId && metadata['operationId'] === operationId) return transfer;
  }
  return null;
}

/** Asks Stripe for a reversal. */
export function createReversal(
  stripe: Stripe,
  { reversalId, transfer, amount }: ReversalInput,
  { idempotencyKey }: { idempotencyKey: string },
): Promise<Stripe.TransferReversal> {
  const metadata = { reversalId, operationId: idempotencyKey };
  return stripe.transfers.createReversal(transfer, { amount, metadata }, { idempotencyKey });
}

/** Finds a reversal that was made before. */
export async function findReversal(
  stripe: Stripe,
  { reversalId, transfer }: ReversalInput,
): Promise<Stripe.TransferReversal | null> {
  for await (const reversal of stripe.transfers.listReversals(transfer, { limit: 100 })) {
    if (reversal.metadata?.['reversalId'] === reversalId) return reversal;
  }
  return null;
}
