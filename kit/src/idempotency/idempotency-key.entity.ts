import { defineEntity, p } from '@mikro-orm/core';

const IdempotencyKeySchema = defineEntity({
  name: 'IdempotencyKey',
  tableName: 'idempotency_keys',
  primaryKeys: ['viewerId', 'mutation', 'key'],
  indexes: [{ name: 'idempotency_keys_oldest', properties: ['createdAt'] }],
  properties: {
    /** The account that sent it. */
    viewerId: p.uuid().primary(),
    /** The mutation's name; a key holds for one mutation only. */
    mutation: p.text().primary(),
    key: p.text().primary(),
    /** SHA-256 of the input, in base64url. */
    inputHash: p.text(),
    /** By which the first result is found again: ids, no personal data. */
    result: p.json<Record<string, unknown>>(),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/** A mutation that was carried out under a client's key, in the transaction that carried it out. */
export class IdempotencyKey extends IdempotencyKeySchema.class {}
IdempotencyKeySchema.setClass(IdempotencyKey);
