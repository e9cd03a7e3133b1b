import { defineEntity, p } from '@mikro-orm/core';
import { Payment } from '../payments/payment.entity.js';
import { type TransferStatus, transferStatuses } from './transfer.rules.js';

const TransferSchema = defineEntity({
  name: 'Transfer',
  tableName: 'transfers',
  indexes: [
    { name: 'transfers_of_tutor', properties: ['tutorId', 'createdAt', 'id'] },
    { name: 'transfers_of_payment', properties: ['paymentId'] },
    { name: 'transfers_by_time', properties: ['createdAt', 'id'] },
    { name: 'transfers_waiting', properties: ['tutorId'], where: `status = 'WAITING'` },
  ],
  checks: [
    {
      name: 'transfers_amount_check',
      expression: `amount_minor > 0 and reversed_minor >= 0 and reversed_minor <= amount_minor`,
    },
    { name: 'transfers_currency_check', expression: `currency ~ '^[A-Z]{3}$'` },
    { name: 'transfers_reason_check', expression: `length(reason) <= 500` },
    { name: 'transfers_source_check', expression: `(payment_id is null) = (requested_by is not null)` },
  ],
  properties: {
    id: p.uuid().primary(),
    tutorId: p.uuid(),
    /** The lesson's payment whose share it is; null for one by staff. */
    paymentId: () => p.manyToOne(Payment).mapToPk().fieldName('payment_id').nullable().deleteRule('no action'),
    status: p.enum(transferStatuses).$type<TransferStatus>(),
    amountMinor: p.bigint('number'),
    currency: p.text(),
    /** Reversals that were asked for and have not failed. */
    reversedMinor: p.bigint('number').default(0),
    /** What it follows from, once: `payment:<id>`, `returned:<cause>` or `staff:<id>`. */
    cause: p.text().unique('transfers_cause_unique'),
    /** The member of staff who made it, and why; null for a share. */
    requestedBy: p.uuid().nullable(),
    reason: p.text().nullable(),
    stripeTransferId: p.text().nullable().unique('transfers_stripe_unique'),
    failureCode: p.text().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    settledAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** Money that goes to a tutor's account at Stripe. */
export class Transfer extends TransferSchema.class {}
TransferSchema.setClass(Transfer);
