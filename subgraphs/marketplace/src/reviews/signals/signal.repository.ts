import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Review } from '../review.entity.js';
import type { Surroundings } from './signal.rules.js';
import { likeness } from './sketch.rules.js';

type Counts = Omit<Surroundings, 'rating' | 'sentiment' | 'likeness'>;

/** Counts what lies around a review, in one statement by indexes. @param now when it is weighed */
export async function countAround(em: EntityManager, review: Review, now: Date): Promise<Counts> {
  const { id, tutorId, studentId, networkHash } = review;
  const { rows } = await sql<Counts>`
    with of_tutor as (
      select count(*) filter (where created_at > ${now}::timestamptz - interval '48 hours')::int as recent,
             count(*) filter (where created_at <= ${now}::timestamptz - interval '48 hours')::float8 * 2 / 180 as usual
        from marketplace.reviews
       where tutor_id = ${tutorId} and created_at > ${now}::timestamptz - interval '182 days'
    ), from_network as (
      select count(distinct student_id)::int as "sameNetwork" from marketplace.reviews
       where tutor_id = ${tutorId} and network_hash = ${networkHash ?? null}::text and student_id <> ${studentId} and id <> ${id}
         and created_at > ${now}::timestamptz - interval '90 days'
    ), of_student as (
      select count(*)::int as written, count(*) filter (where rating = 5)::int as best,
             count(*) filter (where rating = 1)::int as worst, count(distinct tutor_id)::int as tutors
        from marketplace.reviews
       where student_id = ${studentId} and created_at > ${now}::timestamptz - interval '1 year'
    ), of_lessons as (
      select count(*)::int as lessons, count(*) filter (where student_id = ${studentId})::int as together
        from marketplace.bookings where tutor_id = ${tutorId} and status = 'COMPLETED'
    )
    select * from of_tutor, from_network, of_student, of_lessons`.execute(em.getKysely());
  const [row] = rows;
  if (!row) throw new Error('A statement without groups answers one row');
  return row;
}

/** Texts of most candidates that are compared; where more meet, the newest are. */
const MOST_CANDIDATES = 50;

/**
 * The greatest likeness of a review's text to another of the same tutor or, within 180 days, of any other student. Those
 * to compare with are found by the index of their sketches.
 */
export async function greatestLikeness(em: EntityManager, review: Review, now: Date): Promise<number> {
  const { id, tutorId, studentId, sketch, text } = review;
  if (!sketch || !text) return 0;
  const { rows } = await sql<{ text: string }>`
    select text from marketplace.reviews
     where sketch && ${sketch}::int[] and id <> ${id} and text is not null and created_at <= ${now}::timestamptz
       and (tutor_id = ${tutorId} or (student_id <> ${studentId} and created_at > ${now}::timestamptz - interval '180 days'))
     order by created_at desc limit ${MOST_CANDIDATES}`.execute(em.getKysely());
  return Math.max(0, ...rows.map((row) => likeness(text, row.text)));
}
