import { defineEntity, p } from '@mikro-orm/core';
import { type WithdrawalStatus, withdrawalStatuses } from './withdrawal.rules.js';

const WithdrawalSchema = defineEntity({
  name: 'Withdrawal',
  tableName: 'withdrawals',
  indexes: [
    { name: 'withdrawals_of_tutor', properties: ['tutorId', 'createdAt', 'id'] },
    { name: 'withdrawals_by_time', properties: ['createdAt', 'id'] },
  ],
  checks: [
    { name: 'withdrawals_amount_check', expression: `amount_minor > 0` },
    { name: 'withdrawals_currency_check', expression: `currency ~ '^[A-Z]{3}$'` },
    { name: 'withdrawals_reason_check', expression: `length(rejection_reason) <= 500` },
    { name: 'withdrawals_rejected_check', expression: `status <> 'REJECTED' or decided_by is not null` },
  ],
  properties: {
    id: p.uuid().primary(),
    tutorId: p.uuid(),
    userId: p.uuid(),
    status: p.enum(withdrawalStatuses).$type<WithdrawalStatus>(),
    amountMinor: p.bigint('number'),
    currency: p.text(),
    /** The member of staff who approved or rejected it; null when it needed nobody. */
    decidedBy: p.uuid().nullable(),
    decidedAt: p.datetime().columnType('timestamptz').nullable(),
    /** Why it was rejected, to the tutor. */
    rejectionReason: p.text().nullable(),
    stripePayoutId: p.text().nullable().unique('withdrawals_stripe_unique'),
    /** Stripe's code, such as account_closed. */
    failureCode: p.text().nullable(),
    /** When it should be at the bank; null before Stripe has said so. */
    arrivesAt: p.datetime().columnType('timestamptz').nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** Money that a tutor moves from the account at Stripe to the bank. */
export class Withdrawal extends WithdrawalSchema.class {}
WithdrawalSchema.setClass(Withdrawal);
