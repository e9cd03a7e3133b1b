import { newId } from '@tutorgraph/kit/database/id';
import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { FIRST_POLICY_ID } from '../src/policies/policy.rules.js';
import type { Market, TestTutor } from './market.js';

const HOUR_MS = 60 * 60 * 1000;

/** What a planted booking is like; all of it has a default. */
export interface Planted {
  status?: string;
  /** When it begins, in hours from now; negative in the past. @default 48 */
  inHours?: number;
  /** How long it takes. @default 60 */
  minutes?: number;
  /** When it expires, in minutes from now; by default in 35 for a hold or an unpaid one. */
  expiresInMinutes?: number;
  /** Other columns. */
  columns?: Readonly<Record<string, unknown>>;
}

const AWAITING = new Set(['HELD', 'PENDING_PAYMENT']);
const UNPAID = new Set(['UNSCHEDULED', 'HELD', 'PENDING_PAYMENT', 'EXPIRED']);

/** Puts a lesson with times between two people into the database, as if it had come to stand so. @param run runs the statement @returns its id */
export async function plant(
  market: Market,
  student: TestPerson,
  tutor: TestTutor,
  { status = 'CONFIRMED', inHours = 48, minutes = 60, expiresInMinutes = 35, columns = {} }: Planted = {},
  run: (statement: string, values: unknown[]) => Promise<unknown> = (...call) => market.sql(...call),
): Promise<string> {
  const now = Date.now();
  const startsAt = new Date(now + inHours * HOUR_MS);
  const isTimeless = status === 'UNSCHEDULED';
  const row: Record<string, unknown> = {
    id: newId(),
    tutor_id: tutor.tutorId,
    student_id: student.userId,
    subject_id: await subjectOf(market),
    price_minor: 3_000,
    amount_minor: 3_000,
    currency: 'EUR',
    policy_id: FIRST_POLICY_ID,
    commission_percent: 33,
    status,
    starts_at: isTimeless ? null : startsAt,
    ends_at: isTimeless ? null : new Date(startsAt.getTime() + minutes * 60_000),
    expires_at: AWAITING.has(status) ? new Date(now + expiresInMinutes * 60_000) : null,
    paid_at: UNPAID.has(status) ? null : new Date(now - HOUR_MS),
    cancelled_at: status === 'CANCELLED' ? new Date(now) : null,
    ...(['NO_SHOW', 'DISPUTED'].includes(status) && { absent: 'TUTOR', no_show_reported_at: new Date(now) }),
    ...(status === 'DISPUTED' && { disputed_at: new Date(now), dispute_statement: 'I was there.' }),
    ...(status === 'COMPLETED' && { completed_at: new Date(now), completed_by: 'SYSTEM' }),
    created_at: new Date(now - HOUR_MS),
    updated_at: new Date(now - HOUR_MS),
    ...columns,
  };
  const names = Object.keys(row);
  await run(
    `insert into marketplace.bookings (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`,
    Object.values(row),
  );
  return String(row['id']);
}

/** A column's values of a booking. */
export async function bookingRow(market: Market, id: string): Promise<Record<string, unknown>> {
  const [row] = await market.sql<Record<string, unknown>>('select * from marketplace.bookings where id = ?', [id]);
  if (!row) throw new Error(`There is no booking ${id}`);
  return row;
}

/** Where a booking stands. */
export async function statusOf(market: Market, id: string): Promise<unknown> {
  return (await bookingRow(market, id))['status'];
}

/** What was told of a booking: verbs and data of its events, in their order; not of its video room, which a job makes. */
export async function toldOf(market: Market, id: string): Promise<{ verb: string; data: Record<string, unknown> }[]> {
  return market.sql(
    `select split_part(event ->> 'type', '.', 4) as verb, event -> 'data' as data from marketplace.outbox
      where event ->> 'subject' = ? and event ->> 'type' like 'tutorgraph.marketplace.booking.%'
        and event ->> 'type' not like '%.meeting-changed.v1' order by sequence`,
    [id],
  );
}

/** The verbs of what was told of a booking. */
export async function verbsOf(market: Market, id: string): Promise<string[]> {
  return (await toldOf(market, id)).map(({ verb }) => verb);
}

/** What staff did to a booking, as accounts' audit log hears it. */
export async function auditedOf(market: Market, id: string): Promise<unknown[]> {
  const rows = await market.sql<{ action: unknown }>(
    `select event -> 'data' ->> 'action' as action from marketplace.outbox
      where event ->> 'type' = 'tutorgraph.marketplace.staff-action.performed.v1' and event ->> 'subject' = ?`,
    [id],
  );
  return rows.map(({ action }) => action);
}

/** Works a job of the marketplace now. */
export async function work(market: Market, name: string, payload: object = {}): Promise<void> {
  const job = market.graph.rooms.get('marketplace')?.parts.jobs?.find((one) => one.name === name);
  if (!job) throw new Error(`The marketplace has no job ${name}`);
  const run = { id: 'test', attempt: 1, signal: new AbortController().signal, logger: silentLogger };
  await job.handler(job.payload.parse(payload), run);
}

/** Does to a booking what is due. */
export function advance(market: Market, bookingId: string): Promise<void> {
  return work(market, 'advance-booking', { bookingId });
}

const subjects = new WeakMap<Market, Promise<string>>();

function subjectOf(market: Market): Promise<string> {
  const known = subjects.get(market) ?? market.subject('Lessons');
  subjects.set(market, known);
  return known;
}
