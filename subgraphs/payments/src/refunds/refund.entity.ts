import { defineEntity, p } from '@mikro-orm/core';
import { Payment } from '../payments/payment.entity.js';
import { type RefundReason, type RefundStatus, refundReasons, refundStatuses } from './refund.rules.js';

const RefundSchema = defineEntity({
  name: 'Refund',
  tableName: 'refunds',
  indexes: [
    { name: 'refunds_of_payment', properties: ['paymentId', 'createdAt'] },
    { name: 'refunds_by_time', properties: ['createdAt', 'id'] },
  ],
  checks: [
    {
      name: 'refunds_amount_check',
      expression: `amount_minor > 0 and share_minor >= 0 and tax_minor >= 0 and share_minor + tax_minor <= amount_minor`,
    },
    { name: 'refunds_note_check', expression: `length(note) <= 500` },
    { name: 'refunds_lessons_check', expression: `lessons >= 0` },
  ],
  properties: {
    id: p.uuid().primary(),
    paymentId: () => p.manyToOne(Payment).mapToPk().fieldName('payment_id'),
    status: p.enum(refundStatuses).$type<RefundStatus>(),
    reason: p.enum(refundReasons).$type<RefundReason>(),
    amountMinor: p.bigint('number'),
    /** Of the amount, what the tutor gives, and the tax within the commission. */
    shareMinor: p.bigint('number'),
    taxMinor: p.bigint('number'),
    /** Of a package, the lessons that are paid back; null for a lesson. */
    lessons: p.integer().nullable(),
    /** What it follows from, once: `booking:<id>`, `payment:<id>`, `staff:<id>`, or `stripe:<id>` when made there by hand. */
    cause: p.text().unique('refunds_cause_unique'),
    /** The member of staff who asked for it, and what they said; null when a rule did. */
    requestedBy: p.uuid().nullable(),
    note: p.text().nullable(),
    stripeRefundId: p.text().nullable().unique('refunds_stripe_unique'),
    failureCode: p.text().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    settledAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** Money that goes back to a student; the bank may still refuse it. */
export class Refund extends RefundSchema.class {}
RefundSchema.setClass(Refund);
