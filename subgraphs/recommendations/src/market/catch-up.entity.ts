import { defineEntity, p } from '@mikro-orm/core';
import { type MarketKind, marketKinds } from './market.rules.js';

const CatchUpSchema = defineEntity({
  name: 'CatchUp',
  tableName: 'catch_ups',
  indexes: [
    {
      name: 'catch_ups_one_runs',
      expression: `create unique index catch_ups_one_runs on recommendations.catch_ups ((true)) where finished_at is null`,
    },
  ],
  properties: {
    id: p.uuid().primary(),
    /** Does what is gone in the marketplace go here, too? The first one of an installation has nothing to remove. */
    removes: p.boolean(),
    /** What is copied now, and up to which id it has been. */
    kind: p.enum(marketKinds).$type<MarketKind>(),
    afterId: p.uuid().nullable(),
    /** How many were looked at. */
    copied: p.integer(),
    startedAt: p.datetime().columnType('timestamptz'),
    finishedAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** How far this room has got in copying the whole market: whoever goes on after a crash begins here. */
export class CatchUp extends CatchUpSchema.class {}
CatchUpSchema.setClass(CatchUp);
