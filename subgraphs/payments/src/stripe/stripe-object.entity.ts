import { defineEntity, p } from '@mikro-orm/core';

const StripeObjectSchema = defineEntity({
  name: 'StripeObject',
  tableName: 'stripe_objects',
  properties: {
    /** Stripe's id. */
    id: p.text().primary(),
    /** The ticket under which the state was read that was applied last; an older reading is not applied any more. */
    appliedTicket: p.bigint('number'),
  },
});

/** How fresh what we know of an object of Stripe is. */
export class StripeObject extends StripeObjectSchema.class {}
StripeObjectSchema.setClass(StripeObject);
