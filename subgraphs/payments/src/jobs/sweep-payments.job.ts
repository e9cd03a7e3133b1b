import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import type { Bookings } from '../marketplace/bookings.js';
import type { Payment } from '../payments/payment.entity.js';
import { findOverdue, lockPayment } from '../payments/payment.repository.js';
import type { PaymentEnding } from '../payments/payment-ending.js';
import type { PaymentStandingService } from '../payments/payment-standing.service.js';

const BATCH = 50;

/** What the sweep works with. */
export interface SweepTools {
  em: EntityManager;
  standing: PaymentStandingService;
  ending: PaymentEnding;
  bookings: Bookings;
}

/**
 * Looks after open payments whose time is over: of one that was paid or has ended at Stripe the news was lost, and one whose
 * lesson does not wait any longer is ended.
 */
export function sweepPaymentsJob(tools: SweepTools) {
  return defineJob({
    name: 'sweep-payments',
    description: 'Ends payments whose time is over, and looks at Stripe for what became of them.',
    payload: z.object({}),
    cron: '*/2 * * * *',
    // The next run tries again.
    retries: 0,
    timeoutSeconds: 600,
    handler: async (_payload, { signal, logger }) => {
      const now = new Date();
      for (let after = '', found = BATCH; found === BATCH; ) {
        const due = await findOverdue(tools.em.fork(), now, after, BATCH);
        [after, found] = [due.at(-1)?.id ?? '', due.length];
        const waiting = await stillWaiting(tools.bookings, due);
        for (const payment of due) {
          signal.throwIfAborted();
          try {
            await lookAfter(tools, payment, waiting.has(payment.bookingId ?? ''));
          } catch (err) {
            logger.warn({ err, paymentId: payment.id }, 'An overdue payment could not be looked after');
          }
        }
      }
    },
  });
}

/** Bookings that wait for their payment although its time is over: marketplace has not come to it yet. */
async function stillWaiting(bookings: Bookings, payments: readonly Payment[]): Promise<Set<string>> {
  const ids = payments.flatMap(({ bookingId }) => bookingId ?? []);
  const found = await bookings.findAll(ids);
  return new Set(ids.filter((id) => found.get(id)?.status === 'PENDING_PAYMENT'));
}

async function lookAfter({ em, standing, ending }: SweepTools, payment: Payment, isAwaited: boolean): Promise<void> {
  await standing.refresh(payment);
  if (isAwaited) return;
  await transaction(em, async (tx) => {
    const locked = await lockPayment(tx, payment.id);
    // What a bank has begun it also ends.
    if (locked?.status === 'PENDING') await ending.begin(tx, locked);
  });
}
