import { defineEntity, p } from '@mikro-orm/core';
import { User } from '../users/user.entity.js';

const AccountDeletionSchema = defineEntity({
  name: 'AccountDeletion',
  tableName: 'account_deletions',
  indexes: [{ name: 'account_deletions_due', properties: ['dueAt'], where: 'erased_at is null' }],
  properties: {
    userId: () => p.manyToOne(User).mapToPk().fieldName('user_id').deleteRule('cascade').primary(),
    requestedAt: p.datetime().columnType('timestamptz'),
    /** When everything is erased unless the person changes their mind. */
    dueAt: p.datetime().columnType('timestamptz'),
    /** When accounts erased its part and told the other rooms. */
    erasedAt: p.datetime().columnType('timestamptz').nullable(),
    /** When every room had done so. */
    completedAt: p.datetime().columnType('timestamptz').nullable(),
    rooms: p.array().columnType('text[]'),
  },
});

/** Somebody wants their account to be deleted. */
export class AccountDeletion extends AccountDeletionSchema.class {}
AccountDeletionSchema.setClass(AccountDeletion);

const ErasedPartSchema = defineEntity({
  name: 'ErasedPart',
  tableName: 'erased_parts',
  primaryKeys: ['userId', 'room'],
  properties: {
    userId: () => p.manyToOne(AccountDeletion).mapToPk().fieldName('user_id').deleteRule('cascade').primary(),
    room: p.text().primary(),
    erasedAt: p.datetime().columnType('timestamptz'),
  },
});

/** A room that has erased somebody. */
export class ErasedPart extends ErasedPartSchema.class {}
ErasedPartSchema.setClass(ErasedPart);
