import type Stripe from 'stripe';
import { mayBeRefundedYet } from '../disputes/dispute.repository.js';
import type { OperationHandler } from '../stripe/stripe-operations.js';
import { CHARGE_DISPUTED } from './refund.rules.js';
import { failRefund, lockRefund, type RefundTools, takeOver } from './refund-outcome.js';

/** The kind of call that makes a refund. */
export const CREATE_REFUND = 'create-refund';

/** What Stripe is asked. */
export interface CreateRefundInput {
  refundId: string;
  paymentId: string;
  chargeId: string;
  amountMinor: number;
}

/** Makes refunds at Stripe. */
export function createRefundOperation(
  tools: RefundTools,
): OperationHandler<CreateRefundInput & Readonly<Record<string, unknown>>, Stripe.Refund> {
  return {
    kind: CREATE_REFUND,
    call: (stripe, { refundId, paymentId, chargeId, amountMinor }, options) =>
      stripe.refunds.create(
        {
          charge: chargeId,
          amount: amountMinor,
          metadata: { operationId: options.idempotencyKey, refundId, paymentId },
          expand: ['balance_transaction'],
        },
        options,
      ),
    find: async (stripe, { chargeId, refundId }) => {
      for await (const refund of stripe.refunds.list({
        charge: chargeId,
        limit: 100,
        expand: ['data.balance_transaction'],
      })) {
        if (refund.metadata?.['refundId'] === refundId) return refund;
      }
      return null;
    },
    done: async (tx, refundId, made, now) => {
      const locked = await lockRefund(tx, refundId);
      if (locked) await takeOver(tx, tools, locked, made, now);
    },
    refused: async (tx, refundId, code, now) => {
      const locked = await lockRefund(tx, refundId);
      if (!locked) return;
      if (code === CHARGE_DISPUTED && (await mayBeRefundedYet(tx, locked.payment))) locked.refund.failureCode = code;
      else await failRefund(tx, tools, locked, { code }, now);
    },
  };
}
