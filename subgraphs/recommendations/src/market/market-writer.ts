import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { markForEmbedding } from '../embeddings/mark-for-embedding.js';
import { COPIES_OF, type MarketCopies } from './copies.js';
import type { MarketKind } from './market.rules.js';
import { type MarketListener, tellChange } from './market-change.js';
import {
  APPLICATIONS,
  BOOKINGS,
  OFFERS,
  ORDERS,
  offerRows,
  orderRow,
  REVIEWS,
  TUTORS,
  tutorRow,
} from './market-rows.js';
import type { MarketState } from './market-source.js';
import { countAnew } from './statistics.repository.js';
import { upsert } from './upsert.js';

/** Brings this room's picture of the market to how marketplace says it stands. */
export class MarketWriter {
  constructor(private readonly listeners: readonly MarketListener[] = []) {}

  /** Writes what there is, removes what was asked for and is gone, and counts anew what follows from it. */
  async write(tx: EntityManager, { kind, ids, copies, students }: MarketState, now: Date): Promise<void> {
    const isErased = (id: string): boolean => students.get(id)?.isErased === true;
    const known = { ...copies, orders: copies.orders.filter(({ studentId }) => !isErased(studentId)) };
    const there = new Set(known[COPIES_OF[kind]].map(({ id }) => id));
    const gone = [...ids, ...copies.orders.map(({ id }) => id)].filter((id) => !there.has(id));
    const removed = await remove(tx, kind, gone);
    const written = {
      tutors: await writeTutors(tx, known.tutors, now),
      orders: await upsert(
        tx,
        ORDERS,
        known.orders.map((order) => orderRow(order, students.get(order.studentId), now)),
        'id',
      ),
      dealt: await writeDealings(tx, known, isErased),
    };
    const orderIds = [...written.orders, ...(kind === 'ORDER' ? removed : [])];
    const touched = [
      ...written.tutors,
      ...written.dealt,
      ...(kind === 'ORDER' ? [] : removed),
      ...(await applicantsOf(tx, orderIds)),
    ];
    const counted = await countAnew(tx, touched, now);
    await markForEmbedding(tx, 'TUTOR', written.tutors);
    await markForEmbedding(tx, 'ORDER', written.orders);
    await tellChange(tx, this.listeners, {
      tutorIds: [...written.tutors, ...counted, ...(kind === 'TUTOR' ? removed : [])],
      orderIds,
    });
  }
}

async function writeTutors(tx: EntityManager, tutors: MarketCopies['tutors'], now: Date): Promise<string[]> {
  if (tutors.length === 0) return [];
  const rows = tutors.map((tutor) => tutorRow(tutor, now));
  const offers = tutors.flatMap((tutor) => offerRows(tutor, now));
  const changed = await upsert(tx, TUTORS, rows, 'id');
  const given = await sql<{ id: string }>`
    delete from recommendations.offers where tutor_id = any(${tutors.map(({ id }) => id)}::uuid[])
       and (tutor_id, subject_id) not in (
         select * from unnest(${offers.map(({ tutorId }) => tutorId)}::uuid[],
           ${offers.map(({ subjectId }) => subjectId)}::uuid[]))
    returning tutor_id as id`.execute(tx.getKysely());
  return [
    ...new Set([...changed, ...given.rows.map(({ id }) => id), ...(await upsert(tx, OFFERS, offers, 'tutorId'))]),
  ];
}

/** Applications, bookings and reviews. @returns tutors of those that are new or different */
async function writeDealings(
  tx: EntityManager,
  { applications, bookings, reviews }: MarketCopies,
  isErased: (id: string) => boolean,
): Promise<string[]> {
  const named = (id: string): string | null => (isErased(id) ? null : id);
  const booked = bookings.map((booking) => ({ ...booking, studentId: named(booking.studentId) }));
  const reviewed = reviews.map((review) => ({ ...review, authorId: named(review.authorId) }));
  return [
    ...(await upsert(tx, APPLICATIONS, applications, 'tutorId')),
    ...(await upsert(tx, BOOKINGS, booked, 'tutorId')),
    ...(await upsert(tx, REVIEWS, reviewed, 'tutorId')),
  ];
}

/** @returns ids of tutors and orders that are gone; of everything else, its tutors */
async function remove(tx: EntityManager, kind: MarketKind, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const told = kind === 'TUTOR' || kind === 'ORDER' ? sql`id` : sql`tutor_id`;
  const { rows } = await sql<{ told: string }>`
    delete from recommendations.${sql.raw(COPIES_OF[kind])} where id = any(${[...ids]}::uuid[])
    returning ${told} as told`.execute(tx.getKysely());
  return rows.map((row) => row.told);
}

/** Whose time to answer depends on these orders. */
async function applicantsOf(tx: EntityManager, orderIds: readonly string[]): Promise<string[]> {
  if (orderIds.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select distinct tutor_id as id from recommendations.applications
     where order_id = any(${[...orderIds]}::uuid[])`.execute(tx.getKysely());
  return rows.map(({ id }) => id);
}
