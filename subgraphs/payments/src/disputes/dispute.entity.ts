import { defineEntity, p } from '@mikro-orm/core';
import { Payment } from '../payments/payment.entity.js';
import { type DisputeStatus, disputeStatuses } from './dispute.rules.js';

const DisputeSchema = defineEntity({
  name: 'Dispute',
  tableName: 'disputes',
  indexes: [
    { name: 'disputes_of_payment', properties: ['paymentId'] },
    { name: 'disputes_by_time', properties: ['openedAt', 'id'] },
  ],
  checks: [
    { name: 'disputes_amount_check', expression: `amount_minor > 0` },
    { name: 'disputes_currency_check', expression: `currency ~ '^[A-Z]{3}$'` },
    { name: 'disputes_frozen_check', expression: `frozen_minor >= 0` },
  ],
  properties: {
    id: p.uuid().primary(),
    stripeDisputeId: p.text().unique('disputes_stripe_unique'),
    paymentId: () => p.manyToOne(Payment).mapToPk().fieldName('payment_id'),
    status: p.enum(disputeStatuses).$type<DisputeStatus>(),
    /** Stripe's word for what the cardholder says, such as product_not_received. */
    reason: p.text(),
    amountMinor: p.bigint('number'),
    currency: p.text(),
    /** Of the tutor's share, what is frozen until the outcome. */
    frozenMinor: p.bigint('number').default(0),
    evidenceDueBy: p.datetime().columnType('timestamptz').nullable(),
    evidenceSubmittedAt: p.datetime().columnType('timestamptz').nullable(),
    openedAt: p.datetime().columnType('timestamptz'),
    closedAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** A cardholder who takes a payment back through the bank. */
export class Dispute extends DisputeSchema.class {}
DisputeSchema.setClass(Dispute);
