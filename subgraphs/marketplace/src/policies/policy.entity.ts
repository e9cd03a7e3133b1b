import { defineEntity, p } from '@mikro-orm/core';
import type { PolicyRules } from './policy.rules.js';

const PolicySchema = defineEntity({
  name: 'Policy',
  tableName: 'policies',
  uniques: [{ name: 'policies_version_unique', properties: ['version'] }],
  checks: [{ name: 'policies_version_check', expression: 'version >= 1' }],
  properties: {
    id: p.uuid().primary(),
    /** The highest one holds for new bookings. */
    version: p.integer(),
    rules: p.json<PolicyRules>(),
    /** The member of staff who published it; null for the first one, which comes with the database. */
    publishedBy: p.uuid().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/** The rules of the market as they were published once; never changed, because bookings were made under them. */
export class Policy extends PolicySchema.class {}
PolicySchema.setClass(Policy);
