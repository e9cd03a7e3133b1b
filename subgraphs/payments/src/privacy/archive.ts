import type { EntityManager } from '@mikro-orm/postgresql';
import { Dispute } from '../disputes/dispute.entity.js';
import { LessonPackage } from '../packages/package.entity.js';
import { Payment } from '../payments/payment.entity.js';
import { PayoutAccount } from '../payout-accounts/payout-account.entity.js';
import { PremiumInvoice } from '../premium/premium-invoice.entity.js';
import { PremiumMembership } from '../premium/premium-membership.entity.js';
import { Refund } from '../refunds/refund.entity.js';
import { Transfer } from '../transfers/transfer.entity.js';
import { Withdrawal } from '../withdrawals/withdrawal.entity.js';

const OLDEST_FIRST = { createdAt: 'asc', id: 'asc' } as const;

/** What somebody has paid, and what went back. Their cards are at Stripe alone. */
export async function collectPurchases(em: EntityManager, payerId: string): Promise<Record<string, unknown>> {
  const payments = await em.find(Payment, { payerId }, { orderBy: OLDEST_FIRST });
  const refunds = await em.find(
    Refund,
    { paymentId: { $in: payments.map(({ id }) => id) } },
    { orderBy: OLDEST_FIRST },
  );
  const disputes = await em.find(
    Dispute,
    { paymentId: { $in: payments.map(({ id }) => id) } },
    { orderBy: { openedAt: 'asc', id: 'asc' } },
  );
  const packages = await em.find(LessonPackage, { studentId: payerId }, { orderBy: OLDEST_FIRST });
  return {
    payments: payments.map(({ id, kind, method, status, tutorId, bookingId, packageId, ...payment }) => {
      const { amountMinor, refundedMinor, currency, createdAt, paidAt } = payment;
      const what = { id, kind, method, status, tutorId, bookingId, packageId, courseId: payment.courseId ?? null };
      return { ...what, amount: { amountMinor, currency }, refundedMinor, createdAt, paidAt };
    }),
    refunds: refunds.map(({ id, paymentId, status, reason, amountMinor, createdAt, settledAt }) => {
      return { id, paymentId, status, reason, amountMinor, createdAt, settledAt };
    }),
    disputes: disputes.map(({ id, paymentId, status, reason, amountMinor, currency, openedAt, closedAt }) => {
      return { id, paymentId, status, reason, amount: { amountMinor, currency }, openedAt, closedAt };
    }),
    packages: packages.map(({ id, status, tutorId, subjectId, durationMinutes, lessons, usedLessons, ...bought }) => {
      const { refundedLessons, amountMinor, currency, validUntil, createdAt } = bought;
      const what = { id, status, tutorId, subjectId, durationMinutes, lessons, usedLessons, refundedLessons };
      return { ...what, amount: { amountMinor, currency }, validUntil, createdAt };
    }),
  };
}

/** What somebody has earned as a tutor, and where it went; without who paid it. */
export async function collectEarnings(em: EntityManager, userId: string): Promise<Record<string, unknown>> {
  const account = await em.findOne(PayoutAccount, { userId });
  const tutorId = account?.tutorId;
  const payments = tutorId ? await em.find(Payment, { tutorId, paidAt: { $ne: null } }, { orderBy: OLDEST_FIRST }) : [];
  const transfers = tutorId ? await em.find(Transfer, { tutorId }, { orderBy: OLDEST_FIRST }) : [];
  const withdrawals = await em.find(Withdrawal, { userId }, { orderBy: OLDEST_FIRST });
  return {
    payoutAccount: account && { ...account, userId: undefined },
    earnings: payments
      .filter(({ kind }) => kind === 'LESSON')
      .map(({ id, bookingId, shareMinor, shareRefundedMinor, currency, paidAt }) => {
        return { id, bookingId, share: { amountMinor: shareMinor - shareRefundedMinor, currency }, paidAt };
      }),
    transfers: transfers.map(
      ({ id, paymentId, status, amountMinor, reversedMinor, currency, createdAt, settledAt }) => {
        return { id, paymentId, status, amount: { amountMinor, currency }, reversedMinor, createdAt, settledAt };
      },
    ),
    withdrawals: withdrawals.map(({ id, status, amountMinor, currency, rejectionReason, createdAt, arrivesAt }) => {
      return { id, status, amount: { amountMinor, currency }, rejectionReason, createdAt, arrivesAt };
    }),
  };
}

/** Somebody's premium memberships, and what they have paid for them. */
export async function collectPremium(em: EntityManager, userId: string): Promise<unknown[]> {
  const memberships = await em.find(PremiumMembership, { userId }, { orderBy: OLDEST_FIRST });
  const ids = memberships.map(({ id }) => id);
  const invoices = await em.find(PremiumInvoice, { membershipId: { $in: ids } }, { orderBy: { paidAt: 'asc' } });
  return memberships.map(({ id, status, premiumUntil, createdAt, endedAt }) => {
    const paid = invoices
      .filter(({ membershipId }) => membershipId === id)
      .map(({ amountMinor, currency, paidAt }) => ({ amount: { amountMinor, currency }, paidAt }));
    return { id, status, premiumUntil, createdAt, endedAt, paid };
  });
}
