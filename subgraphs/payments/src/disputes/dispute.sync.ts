import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import type { DomainEvent } from '@tutorgraph/kit/events/event';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type Stripe from 'stripe';
import type { PaymentsCore } from '../core.js';
import { paymentDisputeClosed, paymentDisputed } from '../events.js';
import type { Payment } from '../payments/payment.entity.js';
import { lockPayment } from '../payments/payment.repository.js';
import { aboutPayment, courseChange } from '../payments/payment.transitions.js';
import { knowPayment, paymentOfCharge } from '../refunds/refund.sync.js';
import { askAgain, fulfil, waitingRefunds } from '../refunds/waiting-refunds.js';
import type { StripeOperations } from '../stripe/stripe-operations.js';
import type { ObjectSync } from '../stripe/stripe-sync.js';
import { Dispute } from './dispute.entity.js';
import { lockDispute } from './dispute.repository.js';
import { disputeStatusOf, isOpen, mayDisputeBecome } from './dispute.rules.js';
import { loseMoney, takeMoney, winMoney } from './dispute-money.js';
import { freeze, unfreeze } from './freezing.js';

/** Follows disputes of cardholders. */
export function disputeSync(core: Pick<PaymentsCore, 'tools' | 'sync' | 'operations'>): ObjectSync<Stripe.Dispute> {
  return {
    kind: 'dispute',
    fetch: async (stripe, id, account) => {
      const dispute = await stripe.disputes.retrieve(id, {}, account ? { stripeAccount: account } : {});
      await knowPayment(core, dispute);
      return dispute;
    },
    apply: (tx, dispute, now) => applyDispute(tx, core.operations, dispute, now),
  };
}

/** Takes over how a dispute stands, and what it does to money. */
async function applyDispute(
  tx: EntityManager,
  operations: StripeOperations,
  found: Stripe.Dispute,
  now: Date,
): Promise<void> {
  const owner = await paymentOfCharge(tx, typeof found.charge === 'string' ? found.charge : found.charge.id);
  const payment = owner && (await lockPayment(tx, owner.id));
  // Such as of a tutor's premium membership.
  if (!payment) return;
  const known = await lockDispute(tx, { stripeDisputeId: found.id });
  const dispute = known ?? begin(tx, payment, found);
  const { due_by: dueBy, submission_count: submissions } = found.evidence_details;
  dispute.evidenceDueBy = dueBy ? new Date(dueBy * 1_000) : null;
  if (submissions > 0) dispute.evidenceSubmittedAt ??= now;
  const before = known ? dispute.status : null;
  const status = disputeStatusOf(found.status);
  if (mayDisputeBecome(dispute.status, status)) dispute.status = status;
  const opens = isOpen(dispute.status) && !(before && isOpen(before));
  if (opens) await freeze(tx, payment, now);
  // An inquiry wants to be answered too.
  if (opens || (!known && dispute.status === 'INQUIRY'))
    tell(tx, payment, () => paymentDisputed.create(about(payment, dispute)));
  await takeMoney(tx, payment, dispute, found, now);
  await close(tx, operations, { payment, dispute }, found, now);
}

function begin(tx: EntityManager, payment: Payment, { id, amount, reason, created, status }: Stripe.Dispute): Dispute {
  return tx.create(Dispute, {
    ...{ id: newId(), stripeDisputeId: id, paymentId: payment.id, reason, amountMinor: amount, frozenMinor: 0 },
    ...{ currency: payment.currency, openedAt: new Date(created * 1_000), status: disputeStatusOf(status) },
  });
}

async function close(
  tx: EntityManager,
  operations: StripeOperations,
  { payment, dispute }: { payment: Payment; dispute: Dispute },
  found: Stripe.Dispute,
  now: Date,
): Promise<void> {
  const { status } = dispute;
  if (isOpen(status) || status === 'INQUIRY' || dispute.closedAt) return;
  // A bank that has decided may still take its time to give the money back: until then it is not over.
  if (status === 'WON' && !(await winMoney(tx, payment, dispute, found, now))) return;
  const waiting = await waitingRefunds(tx, payment);
  let borneMinor = status === 'LOST' ? await loseMoney(tx, operations, payment, dispute, now) : 0;
  dispute.closedAt = now;
  await tx.flush();
  await unfreeze(tx, payment, now);
  for (const locked of waiting) {
    const { amountMinor } = locked.refund;
    if (amountMinor > borneMinor) {
      await askAgain(tx, operations, locked);
    } else {
      await fulfil(tx, locked, now);
      borneMinor -= amountMinor;
    }
  }
  tell(tx, payment, () => {
    const { subject, data } = about(payment, dispute);
    return paymentDisputeClosed.create({ subject, data: { ...data, won: status !== 'LOST' } });
  });
}

/** Tells of a dispute; of that of a course, how its payment stands now. */
function tell(tx: EntityManager, payment: Payment, event: () => DomainEvent): void {
  recordEvent(tx, payment.kind === 'COURSE' ? courseChange(payment) : event());
}

function about(payment: Payment, { id: disputeId }: Dispute) {
  const { subject, data } = aboutPayment(payment);
  return { subject, data: { ...data, disputeId } };
}
