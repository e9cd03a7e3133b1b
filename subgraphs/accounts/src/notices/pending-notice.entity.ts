import { defineEntity, p } from '@mikro-orm/core';
import { User } from '../users/user.entity.js';
import type { Notice } from './notice.rules.js';

const PendingNoticeSchema = defineEntity({
  name: 'PendingNotice',
  tableName: 'pending_notices',
  indexes: [
    { name: 'pending_notices_of_user', properties: ['userId'] },
    { name: 'pending_notices_oldest', properties: ['createdAt'] },
  ],
  properties: {
    id: p.uuid().primary(),
    userId: () => p.manyToOne(User).mapToPk().fieldName('user_id').deleteRule('cascade'),
    notice: p.text().$type<Notice>(),
    /** Where to, when that is not the account's address: the one that it had before. */
    recipient: p.text().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/** A notice that messaging has not sent yet; once it has, the notice goes. */
export class PendingNotice extends PendingNoticeSchema.class {}
PendingNoticeSchema.setClass(PendingNotice);
