import { defineEntity, p } from '@mikro-orm/core';
import { roles } from '@tutorgraph/kit/viewer/viewer';

const UserSchema = defineEntity({
  name: 'User',
  tableName: 'users',
  uniques: [{ name: 'users_email_unique', properties: ['email'] }],
  indexes: [{ name: 'users_newest', properties: ['createdAt', 'id'] }],
  properties: {
    id: p.uuid().primary(),
    /** In lower case; the address as one signs in with it. */
    email: p.text(),
    /** argon2id in PHC form; null for accounts that sign in otherwise. */
    passwordHash: p.text().nullable(),
    firstName: p.text(),
    lastName: p.text(),
    role: p.enum(roles).$type<(typeof roles)[number]>(),
    locale: p.text(),
    timeZone: p.text(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** An account: somebody who can sign in. */
export class User extends UserSchema.class {}
UserSchema.setClass(User);
