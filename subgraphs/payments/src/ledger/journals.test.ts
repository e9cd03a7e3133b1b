import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refundParts, splitLesson } from '../payments/split.rules.js';
import * as journals from './journals.js';
import type { LedgerAccountKind } from './ledger.rules.js';
import type { NewJournal } from './post.js';

fc.configureGlobal({ seed: 20261121 });

const amounts = fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 4_000_000_000 }));
const fractions = fc.double({ min: 0, max: 1, noNaN: true });
const tutorId = 'tutor';
const payerId = 'payer';

const lessons = fc
  .record({
    amountMinor: amounts,
    percent: fc.integer({ min: 0, max: 100 }),
    taxPercent: fc.integer({ min: 0, max: 50 }),
    currency: fc.constantFrom('USD', 'JPY', 'KWD'),
  })
  .map(({ percent, taxPercent, ...payment }) => ({
    ...{ id: 'payment', kind: 'LESSON' as const, tutorId, payerId, refundedMinor: 0 },
    ...payment,
    ...splitLesson(payment.amountMinor, percent, taxPercent),
  }));
const packages = amounts.map((amountMinor) => ({
  ...{ id: 'bought', kind: 'PACKAGE' as const, tutorId, payerId, amountMinor, currency: 'USD' },
  ...{ shareMinor: 0, taxMinor: 0, refundedMinor: 0 },
}));

/** What each account holds after all of these; those that hold nothing are left out. */
function balances(entries: readonly NewJournal[]): Partial<Record<LedgerAccountKind, number>> {
  const held: Partial<Record<LedgerAccountKind, number>> = {};
  for (const { account, amountMinor } of entries.flatMap(({ lines }) => lines)) {
    held[account] = (held[account] ?? 0) + amountMinor;
  }
  return Object.fromEntries(Object.entries(held).filter(([, minor]) => minor !== 0));
}

function sum(journal: NewJournal): number {
  return journal.lines.reduce((total, { amountMinor }) => total + amountMinor, 0);
}

type Lesson = typeof lessons extends fc.Arbitrary<infer Value> ? Value : never;

/** A refund, and a dispute, of a part of a lesson of which nothing has gone back yet. */
function partly(payment: Lesson, fraction: number) {
  const amountMinor = Math.max(1, Math.floor(payment.amountMinor * fraction));
  const parts = refundParts(payment, 0, amountMinor);
  const dispute = { id: 'dispute', amountMinor, frozenMinor: parts.shareMinor, currency: payment.currency };
  return { refund: { id: 'refund', amountMinor, ...parts }, dispute };
}

/** Every journal that there can be about one lesson. */
function everyJournal(payment: Lesson, fraction: number, share: journals.ShareAccount): readonly NewJournal[] {
  const { refund, dispute } = partly(payment, fraction);
  const { currency, shareMinor } = payment;
  const transfer = { id: 'transfer', tutorId, paymentId: payment.id, amountMinor: shareMinor, currency };
  const fee = { transactionId: 'txn', feeMinor: refund.amountMinor, currency, paymentId: payment.id };
  const invoice = { stripeInvoiceId: 'in', amountMinor: payment.amountMinor, currency };
  const withdrawal = { id: 'withdrawal', tutorId, amountMinor: shareMinor, currency };
  return [
    journals.paymentPaid(payment, 'txn'),
    journals.stripeFee(fee),
    journals.packageLesson(payment),
    journals.packageLessonReturned(payment),
    journals.packageExpired({ id: 'package', studentId: payerId, currency }, refund.amountMinor),
    journals.refundAsked(payment, refund, share),
    journals.refundMade(payment, refund, 'txn'),
    journals.refundFailed(payment, refund, share),
    journals.refundFailed(payment, refund, share, { stripeTransactionId: 'txn' }),
    journals.shareReleased(payment, shareMinor, Math.floor(shareMinor * fraction)),
    journals.transferMade(transfer, 'txn'),
    journals.reversalMade(transfer, refund, 'txn'),
    journals.goodwill(transfer),
    journals.debt(transfer, refund.amountMinor, 'refund'),
    journals.disputeOpened(payment, dispute, share, 'txn'),
    journals.disputeFee(fee),
    journals.disputeWon(payment, dispute, share, 'txn'),
    journals.disputeLost(payment, dispute),
    journals.withdrawalPaying(withdrawal, 'txn'),
    journals.withdrawalFailed(withdrawal, 'txn'),
    journals.premiumInvoice(invoice, payment.taxMinor, 'txn'),
  ];
}

describe('every journal', () => {
  it('sums to zero', () => {
    fc.assert(
      fc.property(lessons, fractions, fc.boolean(), (payment, fraction, isDue) => {
        const all = everyJournal(payment, fraction, isDue ? 'TUTOR_AVAILABLE' : 'TUTOR_PENDING');
        expect(all.filter((journal) => sum(journal) !== 0)).toEqual([]);
      }),
    );
  });
});

describe('a lesson', () => {
  it('leaves the platform its commission, the state its tax and the tutor the rest', () => {
    fc.assert(
      fc.property(lessons, (payment) => {
        const { currency, amountMinor, shareMinor, taxMinor } = payment;
        const money = { tutorId, paymentId: payment.id, amountMinor: shareMinor, currency };
        const story = [
          journals.paymentPaid(payment, 'txn'),
          journals.shareReleased(payment, shareMinor, 0),
          journals.transferMade({ id: 'transfer', ...money }, 'txn2'),
          journals.withdrawalPaying({ id: 'withdrawal', ...money }, 'txn3'),
        ];
        const { PLATFORM_CASH = 0, COMMISSION = 0, TAX = 0, ...others } = balances(story);
        expect(PLATFORM_CASH).toBe(amountMinor - shareMinor);
        expect([COMMISSION + TAX + PLATFORM_CASH, TAX + taxMinor, others]).toEqual([0, 0, {}]);
      }),
    );
  });

  it('refunded in whole leaves nothing, whatever the steps', () => {
    fc.assert(
      fc.property(lessons, fractions, (payment, fraction) => {
        const { refund: first } = partly(payment, fraction);
        const rest = payment.amountMinor - first.amountMinor;
        const second = { id: 'second', amountMinor: rest, ...refundParts(payment, first.amountMinor, rest) };
        const story = [first, second].flatMap((refund) => [
          journals.refundAsked(payment, refund, 'TUTOR_PENDING'),
          journals.refundMade(payment, refund, 'txn'),
        ]);
        expect(balances([journals.paymentPaid(payment, 'txn'), ...story])).toEqual({});
      }),
    );
  });

  it('is as if never refunded when the refund failed, before or after the money left', () => {
    fc.assert(
      fc.property(lessons, fractions, (payment, fraction) => {
        const { refund } = partly(payment, fraction);
        const asked = journals.refundAsked(payment, refund, 'TUTOR_AVAILABLE');
        const made = journals.refundMade(payment, refund, 'txn');
        const returned = { stripeTransactionId: 'txn2' };
        expect(balances([asked, journals.refundFailed(payment, refund, 'TUTOR_AVAILABLE')])).toEqual({});
        const whole = [asked, made, journals.refundFailed(payment, refund, 'TUTOR_AVAILABLE', returned)];
        expect(balances(whole)).toEqual({});
      }),
    );
  });

  it('refunded after the tutor has the money is owed by the tutor, and paid by the next share', () => {
    const payment = { ...{ id: 'p', kind: 'LESSON' as const, tutorId, payerId }, ...split(10_000), currency: 'USD' };
    const money = { tutorId, paymentId: 'p', amountMinor: 8_000, currency: 'USD' };
    const refund = { id: 'r', ...split(10_000) };
    const story = [
      journals.paymentPaid(payment, 'txn'),
      journals.shareReleased(payment, 8_000, 0),
      journals.transferMade({ id: 't', ...money }, 'txn2'),
      journals.withdrawalPaying({ id: 'w', ...money }, 'txn3'),
      journals.refundAsked(payment, refund, 'TUTOR_AVAILABLE'),
      journals.refundMade(payment, refund, 'txn4'),
      journals.debt(money, 8_000, 'r'),
    ];
    expect(balances(story)).toEqual({ TUTOR_OWES: 8_000, PLATFORM_CASH: -8_000 });
    const next = { ...payment, id: 'next', ...split(20_000) };
    const after = [...story, journals.paymentPaid(next, 'txn5'), journals.shareReleased(next, 16_000, 8_000)];
    expect(balances(after)).toEqual({ PLATFORM_CASH: 12_000, TUTOR_AVAILABLE: -8_000, COMMISSION: -4_000 });
  });
});

describe('a package', () => {
  it('becomes lessons, refunds and what is lost, until nothing of the credit is left', () => {
    fc.assert(
      fc.property(packages, fractions, fractions, (bought, taken, lost) => {
        const lesson = Math.floor(bought.amountMinor * taken);
        const breakage = Math.floor((bought.amountMinor - lesson) * lost);
        const refund = { id: 'r', amountMinor: bought.amountMinor - lesson - breakage, shareMinor: 0, taxMinor: 0 };
        const paidFromIt = {
          ...bought,
          id: 'lesson',
          kind: 'LESSON' as const,
          amountMinor: lesson,
          shareMinor: lesson,
        };
        const story = [
          journals.paymentPaid(bought, 'txn'),
          journals.packageLesson(paidFromIt),
          journals.packageExpired({ id: 'package', studentId: payerId, currency: 'USD' }, breakage),
          journals.refundAsked(bought, refund, 'TUTOR_PENDING'),
          journals.refundMade(bought, refund, 'txn2'),
        ];
        const { STUDENT_CREDIT, PLATFORM_CASH = 0, TUTOR_PENDING = 0, BREAKAGE = 0 } = balances(story);
        expect([STUDENT_CREDIT, PLATFORM_CASH]).toEqual([undefined, lesson + breakage]);
        expect([TUTOR_PENDING + lesson, BREAKAGE + breakage]).toEqual([0, 0]);
        expect(balances([...story.slice(0, 2), journals.packageLessonReturned(paidFromIt)])).toEqual(
          balances(story.slice(0, 1)),
        );
      }),
    );
  });
});

describe('a dispute', () => {
  it('that is won leaves all as it was', () => {
    fc.assert(
      fc.property(lessons, fractions, (payment, fraction) => {
        const { dispute } = partly(payment, fraction);
        const opened = journals.disputeOpened(payment, dispute, 'TUTOR_PENDING', 'txn');
        expect(balances([opened, journals.disputeWon(payment, dispute, 'TUTOR_PENDING', 'txn2')])).toEqual({});
      }),
    );
  });

  it('that is lost takes what a refund would have taken, and costs the platform nothing when all was frozen', () => {
    fc.assert(
      fc.property(lessons, fractions, (payment, fraction) => {
        const { dispute, refund } = partly(payment, fraction);
        const lost = [
          journals.disputeOpened(payment, dispute, 'TUTOR_PENDING', 'txn'),
          journals.disputeLost(payment, dispute),
        ];
        const refunded = [
          journals.refundAsked(payment, refund, 'TUTOR_PENDING'),
          journals.refundMade(payment, refund, 'txn'),
        ];
        expect(balances(lost)).toEqual(balances(refunded));
      }),
    );
  });

  it('that is lost costs the platform what was not frozen', () => {
    const payment = { ...{ id: 'p', kind: 'LESSON' as const, tutorId, payerId }, ...split(10_000), currency: 'USD' };
    const dispute = { id: 'd', amountMinor: 10_000, frozenMinor: 3_000, currency: 'USD' };
    const lost = journals.disputeLost({ ...payment, refundedMinor: 0 }, dispute);
    expect(balances([lost])).toEqual({
      ...{ DISPUTED: -10_000, TUTOR_FROZEN: 3_000, COMMISSION: 2_000, DISPUTE_LOSS: 5_000 },
    });
  });
});

/** A fifth of it is the platform's, without tax. */
function split(amountMinor: number) {
  return { amountMinor, shareMinor: amountMinor * 0.8, taxMinor: 0 };
}
