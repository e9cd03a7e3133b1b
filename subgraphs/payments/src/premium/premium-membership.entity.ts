import { defineEntity, p } from '@mikro-orm/core';
import { type PremiumStatus, premiumStatuses } from './premium.rules.js';

const PremiumMembershipSchema = defineEntity({
  name: 'PremiumMembership',
  tableName: 'premium_memberships',
  indexes: [
    { name: 'premium_memberships_of_user', properties: ['userId', 'createdAt'] },
    {
      name: 'premium_memberships_one_per_tutor',
      expression: `create unique index premium_memberships_one_per_tutor on payments.premium_memberships (tutor_id) where status <> 'ENDED'`,
    },
  ],
  checks: [
    { name: 'premium_memberships_price_check', expression: `price_minor > 0` },
    { name: 'premium_memberships_currency_check', expression: `currency ~ '^[A-Z]{3}$'` },
    { name: 'premium_memberships_ended_check', expression: `(status = 'ENDED') = (ended_at is not null)` },
  ],
  properties: {
    id: p.uuid().primary(),
    tutorId: p.uuid(),
    userId: p.uuid(),
    status: p.enum(premiumStatuses).$type<PremiumStatus>(),
    stripeSubscriptionId: p.text().nullable().unique('premium_memberships_stripe_unique'),
    stripeSessionId: p.text().nullable(),
    checkoutUrl: p.text().nullable(),
    priceMinor: p.bigint('number'),
    currency: p.text(),
    /** Until when it is paid: 30 days more with each paid invoice; null before the first. */
    premiumUntil: p.datetime().columnType('timestamptz').nullable(),
    /** Until when it goes on though an invoice was not paid; null while all are. */
    graceUntil: p.datetime().columnType('timestamptz').nullable(),
    cancelAtPeriodEnd: p.boolean().default(false),
    endedAt: p.datetime().columnType('timestamptz').nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** A tutor who pays each month for more. */
export class PremiumMembership extends PremiumMembershipSchema.class {}
PremiumMembershipSchema.setClass(PremiumMembership);
