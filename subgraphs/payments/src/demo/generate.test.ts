import { demoId } from '@tutorgraph/kit/demo/demo-id';
import { describe, expect, it } from 'vitest';
import { type DemoLesson, generatePaymentsDemo } from './generate.js';

const DAY = 24 * 60 * 60 * 1_000;
const now = new Date('2026-11-21T09:00:00Z');
const id = (kind: string, index: number) => demoId(7, kind, index);

/** Lessons of five tutors over a year, the last ones of which are to come. */
const lessons: DemoLesson[] = Array.from({ length: 400 }, (_, index) => {
  const tutor = index % 5;
  const endsAt = new Date(now.getTime() + (index - 380) * DAY);
  return {
    ...{ bookingId: id('booking', index), studentId: id('student', index % 40), tutorId: id('tutor', tutor) },
    ...{ tutorUserId: id('user', tutor), amountMinor: 1_000 + index, currency: tutor === 4 ? 'RUB' : 'EUR' },
    ...{
      commissionPercent: 15,
      paidAt: new Date(endsAt.getTime() - 2 * DAY),
      completedAt: endsAt < now ? endsAt : null,
    },
  };
});

/** What each account of the ledger holds, all owners and currencies together. */
function held() {
  const sums: Record<string, number> = {};
  for (const { account, amountMinor } of generatePaymentsDemo({ seed: 7, now, lessons }).journals.flatMap(
    (it) => it.lines,
  )) {
    sums[account] = (sums[account] ?? 0) + amountMinor;
  }
  return sums;
}

describe('the money of the demo', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(generatePaymentsDemo({ seed: 7, now, lessons })).toEqual(generatePaymentsDemo({ seed: 7, now, lessons }));
    const other = generatePaymentsDemo({ seed: 8, now, lessons });
    expect(other.payments.map((payment) => payment.id)).not.toContain(id('payment', 0));
  });

  it('has ids that mark it, and names nothing at Stripe that could be real', () => {
    const { payments, refunds, transfers, withdrawals, journals } = generatePaymentsDemo({ seed: 7, now, lessons });
    const rows = [...payments, ...refunds, ...transfers, ...withdrawals, ...journals];
    expect(rows.filter((row) => !/^.{8}-.{4}-7.{3}-8de0-de30.{8}$/.test(row.id))).toEqual([]);
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
    const named = JSON.stringify(rows).match(/"(ch|re|tr|po|txn)_[^"]*"/g) ?? [];
    expect(named.length).toBeGreaterThan(lessons.length);
    expect(named.filter((name) => !name.includes('_demo_'))).toEqual([]);
    const ofCash = journals.filter(({ lines }) => lines.some(({ account }) => account.endsWith('_CASH')));
    expect(ofCash.filter((journal) => !journal.stripeTransactionId?.startsWith('demo_'))).toEqual([]);
  });

  it('has been shared and taken to banks, but for what is held back', () => {
    const { payments, refunds } = generatePaymentsDemo({ seed: 7, now, lessons });
    const pending = payments.filter(({ shareStatus }) => shareStatus === 'PENDING');
    expect(pending.filter(({ settleAt }) => settleAt && settleAt > now)).toHaveLength(2);
    expect(refunds.length).toBeGreaterThan(3);
    const {
      TUTOR_AVAILABLE,
      CONNECTED_CASH,
      TUTOR_PENDING,
      PLATFORM_CASH = 0,
      COMMISSION = 0,
      STRIPE_FEES = 0,
    } = held();
    const waiting = pending.reduce(
      (sum, { shareMinor, shareRefundedMinor }) => sum + shareMinor - shareRefundedMinor,
      0,
    );
    expect([TUTOR_AVAILABLE, CONNECTED_CASH, TUTOR_PENDING]).toEqual([0, 0, -waiting]);
    expect(PLATFORM_CASH).toBe(waiting - COMMISSION - STRIPE_FEES);
  });

  it('is nowhere later than today', () => {
    const { journals } = generatePaymentsDemo({ seed: 7, now, lessons: lessons.slice(0, 381) });
    expect(journals.filter(({ recordedAt }) => recordedAt > now)).toEqual([]);
  });
});
