import { createHash } from 'node:crypto';
import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { PublicFetchError, publicFetch } from '@tutorgraph/kit/outside/public-fetch';
import { UID_DOMAIN } from '../calendar-feeds/feed.js';
import { lockCalendars } from '../calendars/calendar.repository.js';
import type { BusySpan } from './busy-from-ics.js';
import { ExternalCalendar } from './external-calendar.entity.js';
import { replaceBusyTimes } from './external-calendar.repository.js';
import { type CalendarFailure, nextReading } from './external-calendar.rules.js';
import { IcsError, readIcs } from './read-ics.js';

/** What a calendar said, and by what its server knows that we have it; undefined spans when nothing has changed. */
export interface Reading {
  spans: BusySpan[] | undefined;
  etag?: string | null;
  lastModified?: string | null;
}

/** Gets when the owner is busy. @throws CalendarUnreadableError, PublicFetchError, IcsError */
export type ReadAccess = (calendar: ExternalCalendar, access: string, signal: AbortSignal) => Promise<Reading>;

/** A provider that does not let us read a calendar. */
export class CalendarUnreadableError extends Error {
  override readonly name = 'CalendarUnreadableError';

  constructor(
    readonly code: CalendarFailure,
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}

const MOST_BYTES = 5 * 1024 * 1024;
const TIMEOUT_MS = 30_000;
const DAY_MS = 24 * 60 * 60 * 1000;
const UNROLLED_ANEW_MS = 7 * DAY_MS;
/** Bookings go a year ahead at most; the rest is for the days until all is read anew. */
export const HORIZON_MS = 380 * DAY_MS;

/** Reads a calendar by its address. @param allowedHosts that may lie on our own network */
export function readAddress(em: EntityManager, allowedHosts: readonly string[]): ReadAccess {
  return async (calendar, address, signal) => {
    const { text, headers } = await publicFetch(address, {
      headers: {
        accept: 'text/calendar, */*;q=0.1',
        ...(isRecent(calendar) && validators(calendar)),
      },
      maxBytes: MOST_BYTES,
      timeoutMs: TIMEOUT_MS,
      allowedHosts,
      signal,
    });
    if (text === undefined) return { spans: undefined };
    const now = Date.now();
    const spans = await readIcs({
      text,
      from: now - DAY_MS,
      to: now + HORIZON_MS,
      timeZone: await zoneOf(em, calendar.userId),
      ownDomain: `@${UID_DOMAIN}`,
    });
    return { spans, etag: headers.get('etag'), lastModified: headers.get('last-modified') };
  };
}

/** Repeated events are unrolled up to the horizon, which moves on: now and then all is read anew. */
export function isRecent({ unrolledAt }: ExternalCalendar): boolean {
  return unrolledAt ? Date.now() - unrolledAt.getTime() < UNROLLED_ANEW_MS : false;
}

function validators({ etag, lastModified }: ExternalCalendar): Record<string, string> {
  return { ...(etag && { 'if-none-match': etag }), ...(lastModified && { 'if-modified-since': lastModified }) };
}

/** The zone in which somebody teaches; the world's where they do not say. */
async function zoneOf(em: EntityManager, userId: string): Promise<string> {
  const [row] = await em
    .fork()
    .execute<{ zone: string }[]>(
      `select s.time_zone as zone from marketplace.schedules s join marketplace.tutors t on t.id = s.tutor_id where t.user_id = ?`,
      [userId],
    );
  return row?.zone ?? 'UTC';
}

/** Keeps what a calendar said; one that was disconnected meanwhile stays so. */
export async function keepReading(em: EntityManager, calendar: ExternalCalendar, reading: Reading): Promise<void> {
  await transaction(em, async (tx) => {
    await lockCalendars(tx, [calendar.userId]);
    const current = await lock(tx, calendar.id);
    if (!current) return;
    const now = new Date();
    const { spans, etag = null, lastModified = null } = reading;
    Object.assign(current, { status: 'READABLE', failure: null, failingSince: null, failures: 0, lastReadAt: now });
    current.nextReadAt = nextReading(now, 0, chanceOf(calendar.id));
    if (!spans) return;
    Object.assign(current, { etag, lastModified, unrolledAt: now });
    await replaceBusyTimes(tx, current.id, spans);
  });
}

/** Keeps that a calendar could not be read, and since when. */
export async function keepFailure(
  em: EntityManager,
  calendar: ExternalCalendar,
  failure: CalendarFailure,
): Promise<void> {
  await transaction(em, async (tx) => {
    const current = await lock(tx, calendar.id);
    if (!current) return;
    const now = new Date();
    current.failures += 1;
    Object.assign(current, { status: 'UNREADABLE', failure, failingSince: current.failingSince ?? now });
    current.nextReadAt = nextReading(now, current.failures, chanceOf(calendar.id));
  });
}

/** The code of a failure that is the calendar's; undefined for a fault of our own. */
export function failureOf(error: unknown): CalendarFailure | undefined {
  const isKnown =
    error instanceof PublicFetchError || error instanceof IcsError || error instanceof CalendarUnreadableError;
  return isKnown ? error.code : undefined;
}

function lock(tx: EntityManager, id: string): Promise<ExternalCalendar | null> {
  return tx.findOne(ExternalCalendar, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

/** 0 to 1, always the same for a calendar: those that were connected together are not read together. */
function chanceOf(id: string): number {
  return createHash('sha256').update(id).digest().readUInt16BE(0) / 0xffff;
}
