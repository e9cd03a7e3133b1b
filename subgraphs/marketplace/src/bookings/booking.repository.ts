import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, type PageRequest, type SortKey } from '@tutorgraph/kit/pagination/keyset';
import { type RawBuilder, sql } from 'kysely';
import { Booking } from './booking.entity.js';
import { type BookingOrderName, type BookingStatus, firmStatuses } from './booking.rules.js';

const ORDERS: Readonly<Record<BookingOrderName, readonly SortKey[]>> = {
  NEWEST: sortedBy(sql`t.created_at`, 'desc'),
  EARLIEST: sortedBy(sql`coalesce(t.starts_at, 'infinity')`, 'asc'),
  LATEST: sortedBy(sql`coalesce(t.starts_at, '-infinity')`, 'desc'),
};

/** Bookings by id, batched. */
export const bookingsById = defineLoader<string, Booking | null>(
  async ({ em }, ids) => {
    const bookings = await em.find(Booking, { id: { $in: ids.filter(isId) } });
    return new Map(bookings.map((booking) => [booking.id, booking]));
  },
  { absent: () => null },
);

/** Has the viewer, as a student, agreed on lessons with each tutor? A hold or an unpaid booking is no agreement. Batched. */
export const bookedTutors = defineLoader<string, boolean>(
  async ({ em, user }, tutorIds) => {
    const isAgreed = [
      { applicationId: { $ne: null } },
      { paidAt: { $ne: null } },
      { status: { $in: [...firmStatuses] } },
    ];
    const found = await em.find(
      Booking,
      { studentId: user.userId, tutorId: { $in: [...tutorIds] }, $or: isAgreed },
      { fields: ['tutorId'], disableIdentityMap: true },
    );
    return new Map(found.map(({ tutorId }) => [tutorId, true]));
  },
  { absent: () => false },
);

/** How many lessons the two people of each booking had completed before it was; of one that is not, all of them. Batched. */
export const lessonsBefore = defineLoader<string, number>(
  async ({ em }, ids) => {
    const { rows } = await sql<{ id: string; count: number }>`
      select b.id, count(*)::int as count from marketplace.bookings b
        join marketplace.bookings e on e.student_id = b.student_id and e.tutor_id = b.tutor_id and e.id <> b.id
         and e.status = 'COMPLETED' and (e.completed_at, e.id) < (coalesce(b.completed_at, 'infinity'), b.id)
       where b.id = any(${[...ids]}::uuid[]) group by b.id`.execute(em.getKysely());
    return new Map(rows.map(({ id, count }) => [id, count]));
  },
  { absent: () => 0 },
);

/** A booking by id. */
export function findBooking(em: EntityManager, id: string): Promise<Booking | null> {
  return isId(id) ? em.findOne(Booking, { id }) : Promise.resolve(null);
}

/** How many slots a student holds now. */
export function countHolds(tx: EntityManager, studentId: string, now: Date): Promise<number> {
  return tx.count(Booking, { studentId, status: 'HELD', expiresAt: { $gt: now } });
}

/** How many lessons of a student wait for their payment now. */
export function countUnpaid(tx: EntityManager, studentId: string, now: Date): Promise<number> {
  return tx.count(Booking, { studentId, status: 'PENDING_PAYMENT', expiresAt: { $gt: now } });
}

/** Has a student tried this tutor, and how many others? */
export async function countTriedTutors(
  tx: EntityManager,
  studentId: string,
  tutorId: string,
): Promise<{ isTutorTried: boolean; others: number }> {
  const trials = await tx.find(
    Booking,
    { studentId, kind: 'TRIAL', status: { $nin: ['CANCELLED', 'EXPIRED'] } },
    { fields: ['tutorId'], disableIdentityMap: true },
  );
  const others = trials.filter((trial) => trial.tutorId !== tutorId);
  return { isTutorTried: others.length < trials.length, others: others.length };
}

/** How many minutes a tutor has taught in all. */
export async function taughtMinutes(em: EntityManager, tutorId: string): Promise<number> {
  const { rows } = await sql<{ minutes: number }>`
    select coalesce(sum(extract(epoch from ends_at - starts_at)) / 60, 0)::int as minutes
      from marketplace.bookings where tutor_id = ${tutorId} and status = 'COMPLETED'`.execute(em.getKysely());
  return rows[0]?.minutes ?? 0;
}

/** The bookings of each series by their beginnings, batched. */
export const bookingsBySeries = defineLoader<string, Booking[]>(
  async ({ em }, seriesIds) => {
    const bookings = await em.find(
      Booking,
      { seriesId: { $in: [...seriesIds] } },
      { orderBy: { startsAt: 'asc', id: 'asc' } },
    );
    return Map.groupBy(bookings, ({ seriesId }) => seriesId);
  },
  { absent: () => [] },
);

/** A page of bookings of a student, a tutor, or somebody who is both. */
export function findBookingsOf(
  em: EntityManager,
  who: { studentId?: string | undefined; tutorId?: string | undefined },
  status: BookingStatus | null | undefined,
  order: BookingOrderName,
  page: PageRequest,
): Promise<Connection<Booking>> {
  const sides = [
    ...(who.studentId ? [sql`t.student_id = ${who.studentId}`] : []),
    ...(who.tutorId ? [sql`t.tutor_id = ${who.tutorId}`] : []),
  ];
  const condition = status ? sql`and t.status = ${status}` : sql``;
  return keysetPage(
    em,
    {
      entity: Booking,
      from: sql`from marketplace.bookings t where (${sql.join([...sides, sql`false`], sql` or `)}) ${condition}`,
      order: ORDERS[order],
    },
    page,
  );
}

/** A page of the bookings that wait for a decision of staff, those that wait longest first. */
export function findDisputed(em: EntityManager, page: PageRequest): Promise<Connection<Booking>> {
  return keysetPage(
    em,
    {
      entity: Booking,
      from: sql`from marketplace.bookings t where t.status = 'DISPUTED'`,
      order: [
        { expression: sql`t.disputed_at`, type: 'timestamptz', direction: 'asc' },
        { expression: sql`t.id`, type: 'uuid', direction: 'asc' },
      ],
    },
    page,
  );
}

function sortedBy(time: RawBuilder<unknown>, direction: SortKey['direction']): SortKey[] {
  return [
    { expression: time, type: 'timestamptz', direction },
    { expression: sql`t.id`, type: 'uuid', direction },
  ];
}
