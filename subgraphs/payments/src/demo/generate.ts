import { demoId } from '@tutorgraph/kit/demo/demo-id';
import { FIXED_PEOPLE } from '@tutorgraph/kit/demo/fixed-people';
import { Random } from '@tutorgraph/kit/demo/random';
import * as ledger from '../ledger/journals.js';
import type { NewJournal } from '../ledger/post.js';
import type { Payment } from '../payments/payment.entity.js';
import { refundParts, splitLesson } from '../payments/split.rules.js';

/** A lesson of the demo that was paid, as marketplace tells of it. */
export interface DemoLesson {
  bookingId: string;
  studentId: string;
  tutorId: string;
  tutorUserId: string;
  amountMinor: number;
  currency: string;
  commissionPercent: number;
  paidAt: Date;
  /** Null for one that is to come. */
  completedAt: Date | null;
}

/** What to generate. The same options give the same data, ids included. */
export interface PaymentsDemoOptions {
  seed: number;
  /** The moment that counts as today. */
  now: Date;
  lessons: readonly DemoLesson[];
}

/** A journal with its id, and when it was recorded. */
export interface DemoJournal extends NewJournal {
  id: string;
  recordedAt: Date;
}

/** All the money of a demo. */
export interface PaymentsDemo {
  payments: ReturnType<typeof pay>[];
  refunds: ReturnType<typeof refundHalf>[];
  transfers: ReturnType<typeof transferOf>[];
  withdrawals: ReturnType<typeof withdraw>[];
  journals: DemoJournal[];
}

const DAY = 24 * 60 * 60 * 1_000;
const HOLD = 3 * DAY;
const HALF_REFUNDED = 0.03;

/** What a tutor takes to the bank at the end of a month. */
interface MonthOfTutor {
  tutorId: string;
  userId: string;
  currency: string;
  amountMinor: number;
  at: Date;
}

/**
 * Makes up what happened to the money of lessons: paid, sometimes refunded by half, shared after the hold, and taken to the
 * bank at the end of the month. Stripe knows nothing of it: what would name its objects carries `demo`, by which
 * reconciliation leaves it out, and a refund that staff asks for later is refused by Stripe.
 */
export function generatePaymentsDemo({ seed, now, lessons }: PaymentsDemoOptions): PaymentsDemo {
  const random = new Random('payments', seed);
  const demo: PaymentsDemo = { payments: [], refunds: [], transfers: [], withdrawals: [], journals: [] };
  const months = new Map<string, MonthOfTutor>();
  const record = (journal: NewJournal, recordedAt: Date) => {
    demo.journals.push({ ...journal, id: demoId(seed, 'journal', demo.journals.length), recordedAt });
  };
  for (const [index, lesson] of lessons.entries()) {
    const payment = pay(demoId(seed, 'payment', index), lesson, random);
    demo.payments.push(payment);
    for (const journal of paid(payment)) record(journal, lesson.paidAt);
    const { completedAt } = lesson;
    if (!completedAt) continue;
    const refundedAt = new Date(completedAt.getTime() + DAY);
    if (random.chance(HALF_REFUNDED) && refundedAt < now && payment.amountMinor > 1) {
      const refund = refundHalf(demoId(seed, 'refund', index), payment, refundedAt);
      demo.refunds.push(refund);
      record(ledger.refundAsked(payment, refund, 'TUTOR_PENDING'), refundedAt);
      record(ledger.refundMade(payment, refund, `demo_${refund.id}`), refundedAt);
    }
    const dueAt = new Date(completedAt.getTime() + HOLD);
    if (dueAt > now) {
      Object.assign(payment, { settleAt: dueAt, settleRefundPercent: 0 });
      continue;
    }
    const share = payment.shareMinor - payment.shareRefundedMinor;
    Object.assign(payment, { shareStatus: 'RELEASED', transferredMinor: share, updatedAt: dueAt });
    if (share === 0) continue;
    const transfer = transferOf(demoId(seed, 'transfer', index), payment, share, dueAt);
    demo.transfers.push(transfer);
    record(ledger.shareReleased(payment, share, 0), dueAt);
    record(ledger.transferMade(transfer, `demo_${transfer.id}`), dueAt);
    addToMonth(months, lesson, share, dueAt, now);
  }
  for (const [index, month] of [...months.values()].entries()) {
    const withdrawal = withdraw(demoId(seed, 'withdrawal', index), month);
    demo.withdrawals.push(withdrawal);
    record(ledger.withdrawalPaying(withdrawal, `demo_${withdrawal.id}`), month.at);
  }
  return demo;
}

function pay(id: string, lesson: DemoLesson, random: Random) {
  const { bookingId, studentId: payerId, tutorId, amountMinor, currency, commissionPercent, paidAt } = lesson;
  const { shareMinor, taxMinor } = splitLesson(amountMinor, commissionPercent, 0);
  return {
    ...{ id, bookingId, payerId, tutorId, amountMinor, currency, commissionPercent, shareMinor, taxMinor },
    kind: 'LESSON' as const,
    method: random.pick(['CHECKOUT', 'INTENT'] as const),
    status: 'SUCCEEDED' as Payment['status'],
    shareStatus: 'PENDING' as Payment['shareStatus'],
    ...{ refundedMinor: 0, shareRefundedMinor: 0, transferredMinor: 0 },
    ...{ settleAt: null as Date | null, settleRefundPercent: null as number | null },
    stripeChargeId: `ch_demo_${id}`,
    ...{ paidAt, createdAt: paidAt, updatedAt: paidAt },
  };
}

type DemoPayment = ReturnType<typeof pay>;

/** What a card costs in most countries. */
function paid(payment: DemoPayment): NewJournal[] {
  const { id: paymentId, currency, amountMinor } = payment;
  const transactionId = `demo_${paymentId}`;
  const feeMinor = Math.min(amountMinor, Math.round(amountMinor * 0.029) + 30);
  return [
    ledger.paymentPaid(payment, transactionId),
    ledger.stripeFee({ transactionId, feeMinor, currency, paymentId }),
  ];
}

function refundHalf(id: string, payment: DemoPayment, at: Date) {
  const amountMinor = Math.floor(payment.amountMinor / 2);
  const parts = refundParts(payment, 0, amountMinor);
  Object.assign(payment, {
    status: 'PARTIALLY_REFUNDED',
    ...{ refundedMinor: amountMinor, shareRefundedMinor: parts.shareMinor, updatedAt: at },
  });
  return {
    ...{ id, paymentId: payment.id, amountMinor, ...parts, cause: `staff:${id}` },
    ...{ status: 'SUCCEEDED' as const, reason: 'BY_STAFF' as const, requestedBy: FIXED_PEOPLE.ADMIN.id },
    ...{ stripeRefundId: `re_demo_${id}`, createdAt: at, settledAt: at },
  };
}

function transferOf(id: string, { id: paymentId, tutorId, currency }: DemoPayment, amountMinor: number, at: Date) {
  return {
    ...{ id, paymentId, tutorId, amountMinor, currency, status: 'SUCCEEDED' as const, reversedMinor: 0 },
    ...{ cause: `payment:${paymentId}`, stripeTransferId: `tr_demo_${id}`, createdAt: at, settledAt: at },
  };
}

function addToMonth(
  months: Map<string, MonthOfTutor>,
  { tutorId, tutorUserId: userId, currency }: DemoLesson,
  share: number,
  dueAt: Date,
  now: Date,
): void {
  const end = Date.UTC(dueAt.getUTCFullYear(), dueAt.getUTCMonth() + 1) - 1;
  const at = new Date(Math.min(end, now.getTime()));
  const key = `${tutorId} ${currency} ${at.getTime()}`;
  const month = months.get(key) ?? { tutorId, userId, currency, amountMinor: 0, at };
  months.set(key, { ...month, amountMinor: month.amountMinor + share });
}

function withdraw(id: string, { at, ...month }: MonthOfTutor) {
  return {
    ...{ id, ...month, status: 'PAID' as const, stripePayoutId: `po_demo_${id}` },
    ...{ arrivesAt: new Date(at.getTime() + 2 * DAY), createdAt: at, updatedAt: at },
  };
}
