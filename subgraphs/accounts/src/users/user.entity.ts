import { defineEntity, p } from '@mikro-orm/core';
import { roles } from '@tutorgraph/kit/viewer/viewer';

const UserSchema = defineEntity({
  name: 'User',
  tableName: 'users',
  uniques: [
    { name: 'users_username_unique', properties: ['username'] },
    { name: 'users_telegram_unique', properties: ['telegramId'] },
  ],
  indexes: [
    { name: 'users_newest', properties: ['createdAt', 'id'] },
    { name: 'users_of_role', properties: ['role', 'id'] },
    // Nobody learns from a registration whether an address is taken: it makes an unverified account all the same.
    {
      name: 'users_verified_email_unique',
      expression:
        'create unique index users_verified_email_unique on accounts.users (email) where email_verified_at is not null',
    },
    {
      name: 'users_unverified_email_unique',
      expression:
        'create unique index users_unverified_email_unique on accounts.users (email) where email_verified_at is null',
    },
    { name: 'users_role_changed', properties: ['roleChangedAt'], where: 'role_changed_at is not null' },
  ],
  checks: [
    { name: 'users_email_check', expression: 'email is null or (email = lower(email) and length(email) <= 254)' },
    { name: 'users_email_verified_check', expression: 'email_verified_at is null or email is not null' },
    { name: 'users_username_check', expression: `username ~ '^[a-z][a-z0-9_.]{2,31}$'` },
    { name: 'users_phone_check', expression: `phone ~ '^[+][1-9][0-9]{6,14}$'` },
    {
      name: 'users_sign_in_check',
      expression: 'erased_at is not null or email is not null or telegram_id is not null',
    },
  ],
  properties: {
    id: p.uuid().primary(),
    /** In lower case; the address as one signs in with it. Null for whoever signs in otherwise. */
    email: p.text().nullable(),
    emailVerifiedAt: p.datetime().columnType('timestamptz').nullable(),
    /** argon2id in PHC form; null for accounts that sign in otherwise. */
    passwordHash: p.text().nullable(),
    /** In lower case. */
    username: p.text().nullable(),
    firstName: p.text(),
    lastName: p.text(),
    /** E.164, always verified: a number is stored when its code was entered. */
    phone: p.text().nullable(),
    telegramId: p.text().nullable(),
    telegramUsername: p.text().nullable(),
    telegramPhotoUrl: p.text().nullable(),
    /** Where the avatar's images are in the storage. */
    avatarKey: p.text().nullable(),
    role: p.enum(roles).$type<(typeof roles)[number]>(),
    /** When the role became what it is, if it was another; access tokens from before name the old one. */
    roleChangedAt: p.datetime().columnType('timestamptz').nullable(),
    locale: p.text(),
    timeZone: p.text(),
    suspendedAt: p.datetime().columnType('timestamptz').nullable(),
    /** When everything personal was removed; only the row that others refer to is left. */
    erasedAt: p.datetime().columnType('timestamptz').nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** An account: somebody who can sign in. */
export class User extends UserSchema.class {}
UserSchema.setClass(User);
