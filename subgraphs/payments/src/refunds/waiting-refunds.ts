import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { sql } from 'kysely';
import { paymentRefunded } from '../events.js';
import { refundMadeByDispute } from '../ledger/journals.js';
import { postJournal } from '../ledger/post.js';
import { Payment } from '../payments/payment.entity.js';
import { aboutPayment } from '../payments/payment.transitions.js';
import { StripeOperation } from '../stripe/stripe-operation.entity.js';
import type { StripeOperations } from '../stripe/stripe-operations.js';
import { Refund } from './refund.entity.js';
import { CHARGE_DISPUTED } from './refund.rules.js';
import { followRefunds, type LockedRefund, lockRefund, moveRefund } from './refund-outcome.js';
import { askForRefund } from './request-refund.js';

/** Refunds on the charge of a locked payment that Stripe has not made because the cardholder disputes it; all locked. */
export async function waitingRefunds(tx: EntityManager, { stripeChargeId }: Payment): Promise<LockedRefund[]> {
  const payments = await tx.find(Payment, { stripeChargeId }, { fields: ['id'], orderBy: { id: 'asc' } });
  const ids = payments.map(({ id }) => id);
  const refunds = await tx.find(Refund, { paymentId: { $in: ids }, status: 'PENDING' }, { orderBy: { id: 'asc' } });
  const underWay = { status: 'PENDING' as const, subjectId: { $in: refunds.map(({ id }) => id) } };
  // What Stripe says of it decides about it: until then the dispute's outcome has to come again.
  if (await tx.count(StripeOperation, underWay))
    throw new Error(`Stripe is asked for a refund of ${stripeChargeId} now`);
  const waiting: LockedRefund[] = [];
  for (const { id, failureCode } of refunds) {
    const locked = failureCode === CHARGE_DISPUTED ? await lockRefund(tx, id) : null;
    if (locked) waiting.push(locked);
  }
  return waiting;
}

/** Has Stripe asked anew for a locked refund that waited. */
export async function askAgain(
  tx: EntityManager,
  operations: StripeOperations,
  { payment, refund }: LockedRefund,
): Promise<void> {
  refund.failureCode = null;
  await askForRefund(tx, operations, payment, refund);
}

/** The bank has given the student the money of a locked refund that waited, by the dispute that it has decided. */
export async function fulfil(tx: EntityManager, { payment, refund }: LockedRefund, now: Date): Promise<void> {
  if (!moveRefund(refund, 'SUCCEEDED', now)) return;
  await postJournal(tx, refundMadeByDispute(payment, refund), now);
  await followRefunds(tx, payment, now);
  recordEvent(tx, paymentRefunded.create(aboutPayment(payment)));
}

/**
 * Asks anew for refunds whose dispute is not known here, or was over when Stripe's refusal came; each some minutes after
 * the last time.
 */
export async function askForForgotten(
  em: EntityManager,
  operations: StripeOperations,
  signal: AbortSignal,
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select r.id from payments.refunds r join payments.payments p on p.id = r.payment_id
    where r.status = 'PENDING' and r.failure_code = ${CHARGE_DISPUTED} and p.frozen_at is null
      and not exists (select 1 from payments.stripe_operations o where o.subject_id = r.id
        and (o.status = 'PENDING' or o.settled_at > now() - interval '10 minutes'))
    limit 100`.execute(em.fork().getKysely());
  for (const { id } of rows) {
    if (signal.aborted) return;
    await transaction(em, async (tx) => {
      const locked = await lockRefund(tx, id);
      if (locked?.refund.failureCode === CHARGE_DISPUTED && !locked.payment.frozenAt) {
        await askAgain(tx, operations, locked);
      }
    });
  }
}
