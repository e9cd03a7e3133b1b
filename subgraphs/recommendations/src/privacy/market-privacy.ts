import type { EntityManager } from '@mikro-orm/postgresql';
import type { PersonalData } from '@tutorgraph/kit/privacy/room-privacy';
import { sql } from 'kysely';
import { MarketBooking, MarketOrder, MarketReview, MarketTutor } from '../market/market.entity.js';
import { countAnew } from '../market/statistics.repository.js';

/** What this room has copied of somebody from the market, and what it has counted of them as a tutor. */
export async function collectMarket(em: EntityManager, userId: string): Promise<PersonalData> {
  const oldest = { orderBy: { createdAt: 'asc', id: 'asc' } } as const;
  const [tutors, orders, bookings, reviews] = await Promise.all([
    em.find(MarketTutor, { userId }, oldest),
    em.find(MarketOrder, { studentId: userId }, oldest),
    em.find(MarketBooking, { studentId: userId }, oldest),
    em.find(MarketReview, { authorId: userId }, oldest),
  ]);
  return {
    sections: {
      copiedTutor: tutors.map(({ userId: _, schedule: __, ...tutor }) => tutor),
      copiedOrders: orders.map(({ studentId: _, ...order }) => order),
      copiedBookings: bookings.map(({ studentId: _, ...booking }) => booking),
      copiedReviews: reviews.map(({ authorId: _, ...review }) => review),
    },
  };
}

/**
 * Their orders go, and so does their profile with what hangs on it. Lessons and ratings stay in the figures of those who
 * taught them, as nobody's.
 */
export async function eraseMarket(tx: EntityManager, userId: string): Promise<void> {
  await tx.nativeDelete(MarketTutor, { userId });
  await tx.nativeDelete(MarketOrder, { studentId: userId });
  const { rows } = await sql<{ id: string }>`
    with booked as (
      update recommendations.bookings set student_id = null where student_id = ${userId} returning tutor_id
    ), reviewed as (
      update recommendations.reviews set author_id = null, text = null where author_id = ${userId} returning tutor_id
    )
    select tutor_id as id from booked union select tutor_id from reviewed`.execute(tx.getKysely());
  await countAnew(
    tx,
    rows.map(({ id }) => id),
    new Date(),
  );
}
