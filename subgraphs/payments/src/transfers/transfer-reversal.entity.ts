import { defineEntity, p } from '@mikro-orm/core';
import { Transfer } from './transfer.entity.js';
import { type TransferStatus, transferStatuses } from './transfer.rules.js';

const TransferReversalSchema = defineEntity({
  name: 'TransferReversal',
  tableName: 'transfer_reversals',
  indexes: [{ name: 'transfer_reversals_of_transfer', properties: ['transferId'] }],
  checks: [{ name: 'transfer_reversals_amount_check', expression: `amount_minor > 0` }],
  properties: {
    id: p.uuid().primary(),
    transferId: () => p.manyToOne(Transfer).mapToPk().fieldName('transfer_id'),
    status: p.enum(transferStatuses).$type<TransferStatus>(),
    amountMinor: p.bigint('number'),
    /** What it follows from, once: `refund:<id>` or `dispute:<id>`. */
    cause: p.text().unique('transfer_reversals_cause_unique'),
    stripeReversalId: p.text().nullable().unique('transfer_reversals_stripe_unique'),
    failureCode: p.text().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    settledAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** Money that comes back from a tutor, because a student got it back. */
export class TransferReversal extends TransferReversalSchema.class {}
TransferReversalSchema.setClass(TransferReversal);
