import { defineEntity, p } from '@mikro-orm/core';
import { Reconciliation } from './reconciliation.entity.js';
import { type DifferenceKind, differenceKinds } from './reconciliation.rules.js';

const DifferenceSchema = defineEntity({
  name: 'Difference',
  tableName: 'differences',
  indexes: [{ name: 'differences_of_reconciliation', properties: ['reconciliationId', 'id'] }],
  properties: {
    id: p.uuid().primary(),
    reconciliationId: () => p.manyToOne(Reconciliation).mapToPk().fieldName('reconciliation_id'),
    kind: p.enum(differenceKinds).$type<DifferenceKind>(),
    /** Stripe's balance transaction, and whose balance; null where there is none. */
    stripeTransactionId: p.text().nullable(),
    stripeAccountId: p.text().nullable(),
    journalId: p.uuid().nullable(),
    currency: p.text(),
    ledgerMinor: p.bigint('number').nullable(),
    stripeMinor: p.bigint('number').nullable(),
  },
});

/** What the ledger says otherwise than Stripe. */
export class Difference extends DifferenceSchema.class {}
DifferenceSchema.setClass(Difference);
