import type Stripe from 'stripe';
import type { PaymentsCore } from '../core.js';
import {
  CREATE_REVERSAL,
  CREATE_TRANSFER,
  createReversal,
  createTransfer,
  findReversal,
  findTransfer,
  type ReversalInput,
  type TransferInput,
} from './transfer-calls.js';
import { applyReversal, applyTransfer, refuseReversal, refuseTransfer } from './transfer-outcome.js';

/** Makes transfers and reversals at Stripe, and follows what becomes of them there. */
export function followTransfers({ operations, sync }: Pick<PaymentsCore, 'operations' | 'sync'>): void {
  operations.handle<TransferInput, Stripe.Transfer>({
    kind: CREATE_TRANSFER,
    call: createTransfer,
    find: findTransfer,
    done: (tx, _id, made, now) => applyTransfer(tx, operations, made, now),
    refused: refuseTransfer,
  });
  operations.handle<ReversalInput, Stripe.TransferReversal>({
    kind: CREATE_REVERSAL,
    call: createReversal,
    find: findReversal,
    done: (tx, _id, made, now) => applyReversal(tx, made, now),
    refused: refuseReversal,
  });
  sync.handle<Stripe.Transfer>({
    kind: 'transfer',
    fetch: fetchTransfer,
    apply: (tx, made, now) => applyTransfer(tx, operations, made, now),
  });
}

async function fetchTransfer(stripe: Stripe, id: string): Promise<Stripe.Transfer> {
  const transfer = await stripe.transfers.retrieve(id);
  if (!transfer.reversals.has_more) return transfer;
  const data: Stripe.TransferReversal[] = [];
  for await (const reversal of stripe.transfers.listReversals(id, { limit: 100 })) data.push(reversal);
  return { ...transfer, reversals: { ...transfer.reversals, data } };
}
