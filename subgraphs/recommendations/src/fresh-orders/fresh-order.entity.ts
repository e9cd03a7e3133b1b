import { defineEntity, p } from '@mikro-orm/core';

const FreshOrderSchema = defineEntity({
  name: 'FreshOrder',
  tableName: 'fresh_orders',
  indexes: [
    {
      name: 'fresh_orders_due',
      expression:
        'create index fresh_orders_due on recommendations.fresh_orders (due_at, order_id) where due_at is not null',
    },
  ],
  properties: {
    /** Marketplace's order; its copy may come later, and go earlier. */
    orderId: p.uuid().primary(),
    /** A hash of who stood at the top of its list when that was last computed; null before the first time. */
    top: p.text().nullable(),
    /** When the list is to be looked at again; null when nothing has happened that could change it. */
    dueAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** An open order of which somebody may want to hear when others are recommended for it. */
export class FreshOrder extends FreshOrderSchema.class {}
FreshOrderSchema.setClass(FreshOrder);
