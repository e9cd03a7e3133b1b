import { defineEntity, PrimaryKeyProp, p } from '@mikro-orm/core';
import { type FollowedKind, followedKinds } from './followed-change.rules.js';

const FollowedChangeSchema = defineEntity({
  name: 'FollowedChange',
  tableName: 'followed_changes',
  indexes: [
    { name: 'followed_changes_of_user', properties: ['userId', 'changedTx', 'refId'] },
    { name: 'followed_changes_oldest', properties: ['changedAt'] },
  ],
  properties: {
    userId: p.uuid().primary(),
    kind: p.enum(followedKinds).$type<FollowedKind>().primary(),
    /** The booking, order, … of another room. */
    refId: p.uuid().primary(),
    isDeleted: p.boolean().default(false),
    changedAt: p.datetime().columnType('timestamptz'),
    changedTx: p.string().columnType('xid8').defaultRaw('pg_current_xact_id()'),
  },
});

/** That something of another room changed for somebody; one row for each thing and person. */
export class FollowedChange extends FollowedChangeSchema.class {
  declare [PrimaryKeyProp]?: ['userId', 'kind', 'refId'];
}
FollowedChangeSchema.setClass(FollowedChange);
