import { defineEntity, p } from '@mikro-orm/core';

const StripeEventSchema = defineEntity({
  name: 'StripeEvent',
  tableName: 'stripe_events',
  indexes: [{ name: 'stripe_events_by_time', properties: ['processedAt'] }],
  properties: {
    /** Stripe's id of the event: each has its effect once. */
    id: p.text().primary(),
    type: p.text(),
    /** The connected account whose it is; null for the platform's own. */
    account: p.text().nullable(),
    /** When Stripe made it. */
    createdAt: p.datetime().columnType('timestamptz'),
    processedAt: p.datetime().columnType('timestamptz'),
  },
});

/** An event of Stripe that has had its effect. */
export class StripeEvent extends StripeEventSchema.class {}
StripeEventSchema.setClass(StripeEvent);
