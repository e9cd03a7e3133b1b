import { defineEntity, p } from '@mikro-orm/core';
import type { JWK } from 'jose';

const SigningKeySchema = defineEntity({
  name: 'SigningKey',
  tableName: 'signing_keys',
  uniques: [{ name: 'signing_keys_one_active', properties: ['active'] }],
  properties: {
    /** The `kid` of tokens signed with it. */
    id: p.uuid().primary(),
    /** True for the key that signs, null for all others: the unique constraint allows one. */
    active: p.boolean().nullable(),
    publicKey: p.json<JWK>(),
    /** The private key (JWK), sealed with the settings' secret. */
    sealedPrivateKey: p.text(),
    createdAt: p.datetime().columnType('timestamptz'),
    retiredAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** A key pair that signs access tokens, or did until lately. */
export class SigningKey extends SigningKeySchema.class {}
SigningKeySchema.setClass(SigningKey);
