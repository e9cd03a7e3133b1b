import { defineEntity, p } from '@mikro-orm/core';

const CustomerSchema = defineEntity({
  name: 'Customer',
  tableName: 'customers',
  properties: {
    /** The account of accounts. */
    userId: p.uuid().primary(),
    stripeCustomerId: p.text().nullable().unique('customers_stripe_unique'),
    /** The card that is used when none is named; Stripe's payment method. */
    defaultCardId: p.text().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/** Somebody whom Stripe knows as a customer. */
export class Customer extends CustomerSchema.class {}
CustomerSchema.setClass(Customer);
