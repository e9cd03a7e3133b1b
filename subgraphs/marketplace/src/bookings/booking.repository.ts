import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { Booking } from './booking.entity.js';
import type { BookingStatus } from './booking.rules.js';

/** Bookings by id, batched. */
export const bookingsById = defineLoader<string, Booking | null>(
  async ({ em }, ids) => {
    const bookings = await em.find(Booking, { id: { $in: ids.filter(isId) } });
    return new Map(bookings.map((booking) => [booking.id, booking]));
  },
  { absent: () => null },
);

/** Has the viewer, as a student, a booking with each tutor? Batched. */
export const bookedTutors = defineLoader<string, boolean>(
  async ({ em, user }, tutorIds) => {
    const found = await em.find(
      Booking,
      { studentId: user.userId, tutorId: { $in: [...tutorIds] } },
      { fields: ['tutorId'], disableIdentityMap: true },
    );
    return new Map(found.map(({ tutorId }) => [tutorId, true]));
  },
  { absent: () => false },
);

/** A booking by id. */
export function findBooking(em: EntityManager, id: string): Promise<Booking | null> {
  return isId(id) ? em.findOne(Booking, { id }) : Promise.resolve(null);
}

/** A page of bookings of a student, a tutor, or somebody who is both, the newest first. */
export function findBookingsOf(
  em: EntityManager,
  who: { studentId?: string | undefined; tutorId?: string | undefined },
  status: BookingStatus | null | undefined,
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
      order: [
        { expression: sql`t.created_at`, type: 'timestamptz', direction: 'desc' },
        { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
      ],
    },
    page,
  );
}
