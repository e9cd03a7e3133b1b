import { defineEntity, PrimaryKeyProp, p } from '@mikro-orm/core';

const UserBlockSchema = defineEntity({
  name: 'UserBlock',
  tableName: 'user_blocks',
  indexes: [{ name: 'user_blocks_of_blocked', properties: ['blockedId'] }],
  checks: [{ name: 'user_blocks_other_check', expression: `blocker_id <> blocked_id` }],
  properties: {
    blockerId: p.uuid().primary(),
    blockedId: p.uuid().primary(),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/** Somebody does not want to hear of somebody: neither writes to the other directly. */
export class UserBlock extends UserBlockSchema.class {
  declare [PrimaryKeyProp]?: ['blockerId', 'blockedId'];
}
UserBlockSchema.setClass(UserBlock);
