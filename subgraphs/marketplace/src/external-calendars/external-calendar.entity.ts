import { defineEntity, p } from '@mikro-orm/core';
import {
  type CalendarFailure,
  type CalendarKind,
  type CalendarStatus,
  calendarFailures,
  calendarKinds,
  calendarStatuses,
} from './external-calendar.rules.js';

const ExternalCalendarSchema = defineEntity({
  name: 'ExternalCalendar',
  tableName: 'external_calendars',
  uniques: [{ name: 'external_calendars_once', properties: ['userId', 'addressHash'] }],
  indexes: [{ name: 'external_calendars_due', properties: ['nextReadAt'] }],
  checks: [
    { name: 'external_calendars_name_check', expression: 'length(name) >= 1 and length(name) <= 100' },
    { name: 'external_calendars_failing_check', expression: '(failing_since is null) = (failure is null)' },
    { name: 'external_calendars_failure_status_check', expression: `(status = 'UNREADABLE') = (failure is not null)` },
  ],
  properties: {
    id: p.uuid().primary(),
    /** Whose; accounts owns it. */
    userId: p.uuid(),
    kind: p.enum(calendarKinds).$type<CalendarKind>(),
    name: p.text(),
    /** The address, or by what its provider lets us in: a secret. */
    sealedAccess: p.text(),
    /** HMAC of the address, by which the same one is known. */
    addressHash: p.text(),
    /** What may be shown of the address. */
    host: p.text(),
    /** In what language lessons are written into it; null for one that is only read. */
    locale: p.text().nullable(),
    status: p.enum(calendarStatuses).$type<CalendarStatus>(),
    failure: p.enum(calendarFailures).$type<CalendarFailure>().nullable(),
    failingSince: p.datetime().columnType('timestamptz').nullable(),
    failures: p.integer().default(0),
    /** When it was read for the last time; what is kept was true then. */
    lastReadAt: p.datetime().columnType('timestamptz').nullable(),
    /** When what it says was last worked out, and not only found unchanged. */
    unrolledAt: p.datetime().columnType('timestamptz').nullable(),
    nextReadAt: p.datetime().columnType('timestamptz'),
    /** By which the server knows what we have. */
    etag: p.text().nullable(),
    lastModified: p.text().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/** A calendar that somebody keeps elsewhere, and in which they are busy. */
export class ExternalCalendar extends ExternalCalendarSchema.class {}
ExternalCalendarSchema.setClass(ExternalCalendar);

const BusyTimeSchema = defineEntity({
  name: 'BusyTime',
  tableName: 'busy_times',
  primaryKeys: ['calendarId', 'startsAt'],
  checks: [{ name: 'busy_times_span_check', expression: 'ends_at > starts_at' }],
  properties: {
    calendarId: () => p.manyToOne(ExternalCalendar).mapToPk().fieldName('calendar_id').primary().deleteRule('cascade'),
    startsAt: p.datetime().columnType('timestamptz').primary(),
    endsAt: p.datetime().columnType('timestamptz'),
  },
});

/** A time in which the owner of a calendar is busy, without what for; times of one calendar do not overlap. */
export class BusyTime extends BusyTimeSchema.class {}
BusyTimeSchema.setClass(BusyTime);
