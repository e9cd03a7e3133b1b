import { defineEntity, p } from '@mikro-orm/core';
import { type ReconciliationStatus, reconciliationStatuses } from './reconciliation.rules.js';

const ReconciliationSchema = defineEntity({
  name: 'Reconciliation',
  tableName: 'reconciliations',
  indexes: [{ name: 'reconciliations_by_time', properties: ['startedAt', 'id'] }],
  properties: {
    id: p.uuid().primary(),
    /** The span of Stripe's balance transactions that was compared. */
    fromTime: p.datetime().columnType('timestamptz'),
    toTime: p.datetime().columnType('timestamptz'),
    status: p.enum(reconciliationStatuses).$type<ReconciliationStatus>(),
    transactions: p.integer().default(0),
    /** The member of staff who asked for it; null for the daily one. */
    requestedBy: p.uuid().nullable(),
    startedAt: p.datetime().columnType('timestamptz'),
    finishedAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** A comparison of the ledger with what Stripe says of its balances. */
export class Reconciliation extends ReconciliationSchema.class {}
ReconciliationSchema.setClass(Reconciliation);
