import { defineEntity, p } from '@mikro-orm/core';
import { type OperationStatus, operationStatuses } from './operation.rules.js';

const StripeOperationSchema = defineEntity({
  name: 'StripeOperation',
  tableName: 'stripe_operations',
  indexes: [
    { name: 'stripe_operations_of_subject', properties: ['subjectId'] },
    { name: 'stripe_operations_due', properties: ['retryAt'], where: `status = 'PENDING'` },
  ],
  properties: {
    /** Stripe's idempotency key: however often it is called, it happens once. */
    id: p.uuid().primary(),
    /** What to do; see the handlers. */
    kind: p.text(),
    /** What it is about: the payment, refund, transfer … of ours. */
    subjectId: p.uuid(),
    /** What to ask Stripe, word for word: a repetition must not differ. */
    input: p.json().$type<Readonly<Record<string, unknown>>>(),
    status: p.enum(operationStatuses).$type<OperationStatus>().default('PENDING'),
    attempts: p.integer().default(0),
    /** Stripe's code of the last failure. */
    lastError: p.text().nullable(),
    /** Until when one process alone is calling; null when none is. */
    claimedUntil: p.datetime().columnType('timestamptz').nullable(),
    /** When it is tried next, unless somebody asks for it before. */
    retryAt: p.datetime().columnType('timestamptz'),
    createdAt: p.datetime().columnType('timestamptz'),
    settledAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** One call to Stripe that changes something, kept from before it is made until its result is. */
export class StripeOperation extends StripeOperationSchema.class {}
StripeOperationSchema.setClass(StripeOperation);
