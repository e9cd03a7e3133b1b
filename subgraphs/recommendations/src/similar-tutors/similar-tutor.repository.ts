import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import type { InCommon } from './similarity.rules.js';

/** Lessons of a tutor, students of these, and lessons of each that are looked at for what students have in common. */
const LESSONS_OF_TUTOR = 400;
const STUDENTS = 200;
/** A rating counts as if so many reviews of the usual rating stood beside it. */
const RATING_PRIOR = 5;
const USUAL_RATING = 4.6;

/** A condition over alias `o` = recommendations.offers: others who teach something of what a tutor teaches, in a language of theirs. */
export function alikeOffers(tutorId: string): RawBuilder<boolean> {
  return sql<boolean>`not o.hidden and o.tutor_id <> ${tutorId}::uuid
    and o.subject_id = any (array(select own.subject_id from recommendations.offers own where own.tutor_id = ${tutorId}::uuid))
    and o.languages && (select own.languages from recommendations.tutors own where own.id = ${tutorId}::uuid)`;
}

/** With whom a tutor's students learned too, by how many of them; and the most sought-after of those who teach the same: one statement. */
export async function findFellows(
  em: EntityManager,
  tutorId: string,
  { fellows, popular }: { fellows: number; popular: number },
): Promise<Map<string, number>> {
  const { rows } = await sql<{ tutorId: string; students: number }>`
    (select b.tutor_id as "tutorId", count(distinct b.student_id)::int as students
      from (
        select distinct lesson.student_id from (
          select b.student_id from recommendations.bookings b
          where b.tutor_id = ${tutorId}::uuid and b.status = 'COMPLETED'
          order by b.starts_at desc limit ${sql.lit(LESSONS_OF_TUTOR)}
        ) lesson limit ${sql.lit(STUDENTS)}
      ) student
      join recommendations.bookings b on b.student_id = student.student_id and b.status = 'COMPLETED'
      where b.tutor_id in (select o.tutor_id from recommendations.offers o where ${alikeOffers(tutorId)} and o.tutor_id = b.tutor_id)
      group by b.tutor_id order by students desc, b.tutor_id limit ${fellows})
    union all
    (${popularAlike(tutorId, popular)})
  `.execute(em.getKysely());
  const found = new Map<string, number>();
  for (const row of rows) found.set(row.tutorId, Math.max(row.students, found.get(row.tutorId) ?? 0));
  return found;
}

/** The most sought-after of those who teach the same, where nothing is known of whom students learned with. */
export async function findPopularAlike(
  em: EntityManager,
  tutorId: string,
  limit: number,
): Promise<Map<string, number>> {
  const { rows } = await popularAlike(tutorId, limit).execute(em.getKysely());
  return new Map(rows.map((row) => [row.tutorId, row.students]));
}

function popularAlike(tutorId: string, limit: number): RawBuilder<{ tutorId: string; students: number }> {
  return sql`select o.tutor_id as "tutorId", 0 as students from recommendations.offers o where ${alikeOffers(tutorId)}
    order by o.popularity desc, o.tutor_id desc limit ${limit}`;
}

/** What a tutor has in common with others, but for texts and students: one statement. */
export async function findInCommon(
  em: EntityManager,
  tutorId: string,
  others: readonly string[],
): Promise<Omit<InCommon, 'similarity' | 'students'>[]> {
  if (others.length === 0) return [];
  const { rows } = await sql<Omit<InCommon, 'similarity' | 'students'>>`
    with own as materialized (
      select subject_id, levels, rate_minor, currency from recommendations.offers where tutor_id = ${tutorId}::uuid
    )
    select t.id as "tutorId",
      count(*)::float8 / (select greatest(count(*), 1) from own) as subjects,
      avg((select count(*) from unnest(own.levels) level where level = any (o.levels))::float8 / greatest(cardinality(own.levels), 1))
        as levels,
      avg(abs(ln(o.rate_minor::float8 / own.rate_minor))) filter (where o.currency = own.currency and own.rate_minor > 0 and o.rate_minor > 0)
        as "priceGap",
      ((coalesce(t.rating, ${sql.lit(USUAL_RATING)}) * t.review_count + ${sql.lit(USUAL_RATING * RATING_PRIOR)})
        / (t.review_count + ${sql.lit(RATING_PRIOR)}))::float8 as rating
    from recommendations.tutors t
    join recommendations.offers o on o.tutor_id = t.id
    join own on own.subject_id = o.subject_id
    where t.id = any (${[...others]}::uuid[]) and not t.hidden
    group by t.id
  `.execute(em.getKysely());
  return rows;
}
