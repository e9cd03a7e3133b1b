import { defineEntity, p } from '@mikro-orm/core';

const StripeCursorSchema = defineEntity({
  name: 'StripeCursor',
  tableName: 'stripe_cursors',
  indexes: [{ name: 'stripe_cursors_oldest', properties: ['lookedAt'] }],
  properties: {
    /** The connected account; an empty string for the platform itself. */
    account: p.text().primary(),
    /** Every event of Stripe that is older has had its effect. */
    recoveredUntil: p.datetime().columnType('timestamptz').nullable(),
    lookedAt: p.datetime().columnType('timestamptz'),
  },
});

/** How far the events of one account at Stripe are known to be complete. */
export class StripeCursor extends StripeCursorSchema.class {}
StripeCursorSchema.setClass(StripeCursor);
