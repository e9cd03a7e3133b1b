import { defineEntity, p } from '@mikro-orm/core';
import { PremiumMembership } from './premium-membership.entity.js';

const PremiumInvoiceSchema = defineEntity({
  name: 'PremiumInvoice',
  tableName: 'premium_invoices',
  indexes: [{ name: 'premium_invoices_of_membership', properties: ['membershipId', 'paidAt'] }],
  checks: [{ name: 'premium_invoices_currency_check', expression: `currency ~ '^[A-Z]{3}$'` }],
  properties: {
    /** Stripe's invoice: each prolongs its membership once. */
    stripeInvoiceId: p.text().primary(),
    membershipId: () => p.manyToOne(PremiumMembership).mapToPk().fieldName('membership_id'),
    amountMinor: p.bigint('number'),
    currency: p.text(),
    paidAt: p.datetime().columnType('timestamptz'),
  },
});

/** A paid month of premium membership. */
export class PremiumInvoice extends PremiumInvoiceSchema.class {}
PremiumInvoiceSchema.setClass(PremiumInvoice);
