import { defineEntity, p } from '@mikro-orm/core';

const CalendarSchema = defineEntity({
  name: 'Calendar',
  tableName: 'calendars',
  uniques: [{ name: 'calendars_user_unique', properties: ['userId'] }],
  properties: {
    id: p.uuid().primary(),
    /** Whose; accounts owns it. */
    userId: p.uuid(),
    /** Counts up when the person wants another address for their feed: the old one then finds nothing. */
    feedVersion: p.integer().default(1),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/**
 * The calendar of a person, whether they learn or teach. Whoever puts something into it locks its row first, those of
 * several people in the order of their ids: so nobody waits in a circle, and what they read stays as it is.
 */
export class Calendar extends CalendarSchema.class {}
CalendarSchema.setClass(Calendar);
