import { defineEntity, p } from '@mikro-orm/core';

const PayoutAccountSchema = defineEntity({
  name: 'PayoutAccount',
  tableName: 'payout_accounts',
  checks: [{ name: 'payout_accounts_country_check', expression: `country ~ '^[A-Z]{2}$'` }],
  properties: {
    /** The tutor of marketplace. */
    tutorId: p.uuid().primary(),
    userId: p.uuid().unique('payout_accounts_user_unique'),
    stripeAccountId: p.text().nullable().unique('payout_accounts_stripe_unique'),
    country: p.text(),
    detailsSubmitted: p.boolean().default(false),
    transfersEnabled: p.boolean().default(false),
    payoutsEnabled: p.boolean().default(false),
    /** What Stripe still wants to know, in its words, such as individual.id_number. */
    requirementsDue: p.array().columnType('text[]').$type<string[]>().default([]),
    disabledReason: p.text().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** Where a tutor is paid: an Express account at Stripe. */
export class PayoutAccount extends PayoutAccountSchema.class {}
PayoutAccountSchema.setClass(PayoutAccount);
