import { defineEntity, p } from '@mikro-orm/core';

const SyncEpochSchema = defineEntity({
  name: 'SyncEpoch',
  tableName: 'sync_epoch',
  checks: [{ name: 'sync_epoch_single', expression: `id = 1` }],
  properties: {
    id: p.smallint().autoincrement(false).primary(),
    /** What tells this database from one that it was copied from or restored to. */
    fingerprint: p.text(),
    /** Named in cursors: those of another epoch say nothing here. */
    epoch: p.uuid(),
    beganAt: p.datetime().columnType('timestamptz'),
  },
});

/** Since when the numbers of this database's transactions go on without a break. One row. */
export class SyncEpoch extends SyncEpochSchema.class {}
SyncEpochSchema.setClass(SyncEpoch);
