import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import { distanceKm } from '../market/cities.js';
import type { SubjectFacts, TutorFacts } from '../ranking/features.js';
import type { Wish } from '../ranking/wish.js';

/** What is counted of a tutor by tables alone; a candidate brings the rest along. */
type StoredFacts = Omit<TutorFacts, 'similarity' | 'collaborative'>;

type Computed = 'rateMinor' | 'createdAt' | 'lastActiveAt' | 'distanceKm';

/** A row of what is counted of a tutor for a wish. */
export interface FactsRow extends Omit<StoredFacts, Computed> {
  rateMinor: string;
  createdAtMs: number;
  lastActiveAtMs: number;
}

/** What is counted of tutor `t` and offer `o`: all columns of a FactsRow but `lessonsTogether`; beside {@link COUNTED_FROM}. */
export const COUNTED = sql`t.id as "tutorId", t.user_id as "userId", o.levels, o.rate_minor as "rateMinor", o.currency, t.city,
  t.languages, t.formats, t.hours::text as hours, offered.count as "subjectCount", o.lesson_count as "subjectLessons",
  t.experience_years as "experienceYears", t.verified, t.review_count as "reviewCount", t.rating,
  t.application_count as "applicationCount", t.chosen_count as "chosenCount", t.response_minutes as "responseMinutes",
  t.student_count as "studentCount", t.returning_count as "returningCount", t.booking_count as "bookingCount",
  t.let_down_count as "letDownCount", t.recent_lessons as "recentLessons", t.upcoming_lessons as "upcomingLessons",
  ${milliseconds('t.created_at')} as "createdAtMs", ${milliseconds('t.last_active_at')} as "lastActiveAtMs", i.styles, i.sentiment`;

/** What {@link COUNTED} needs beside `t` and `o`. */
export const COUNTED_FROM = sql`
    cross join lateral (
      select count(*)::int as count from recommendations.offers every where every.tutor_id = t.id
    ) offered
    left join recommendations.tutor_insights i on i.tutor_id = t.id`;

/** The usual is told by so many of a subject's most popular offers; by fewer than the least it is not. */
const USUAL_AMONG = 500;
const USUAL_LEAST = 5;
/** The mean rating where nobody in the subject has one. */
const RATING_OF_NOBODY = 4.6;

/**
 * All that is counted of tutors for one wish, by their ids: one statement for all of them. Who does not teach the subject,
 * or is hidden, has none.
 */
export async function findFacts(
  em: EntityManager,
  wish: Wish,
  tutorIds: readonly string[],
): Promise<Map<string, StoredFacts>> {
  const { rows } = await sql<FactsRow>`
    select ${COUNTED},
      coalesce(lessons.count, 0) as "lessonsTogether"
    from unnest(${[...tutorIds]}::uuid[]) as wanted(id)
    join recommendations.tutors t on t.id = wanted.id and not t.hidden
    join recommendations.offers o on o.tutor_id = t.id and o.subject_id = ${wish.subjectId}::uuid
    ${COUNTED_FROM}
    left join (
      select b.tutor_id, count(*)::int as count from recommendations.bookings b
      where b.student_id = ${wish.studentId}::uuid and b.status = 'COMPLETED' group by b.tutor_id
    ) lessons on lessons.tutor_id = t.id
  `.execute(em.getKysely());
  return new Map(rows.map((row) => [row.tutorId, factsOf(row, wish)]));
}

/** What is usual in a wish's subject: one statement. */
export async function findSubjectFacts(em: EntityManager, { subjectId, currency }: Wish): Promise<SubjectFacts> {
  const { rows } = await sql<{
    medianRateMinor: string | null;
    rated: number;
    priced: number;
    meanRating: number | null;
  }>`
    select percentile_disc(0.5) within group (order by usual.rate_minor) filter (where usual.currency = ${currency})
        as "medianRateMinor",
      count(*) filter (where usual.currency = ${currency})::int as priced, avg(t.rating)::float8 as "meanRating"
    from (
      select o.tutor_id, o.rate_minor, o.currency from recommendations.offers o
      where o.subject_id = ${subjectId}::uuid and not o.hidden order by o.popularity desc, o.tutor_id desc
      limit ${sql.lit(USUAL_AMONG)}
    ) usual join recommendations.tutors t on t.id = usual.tutor_id
  `.execute(em.getKysely());
  const [usual] = rows;
  const isKnown = usual !== undefined && usual.priced >= USUAL_LEAST && usual.medianRateMinor !== null;
  return {
    medianRateMinor: isKnown ? Number(usual.medianRateMinor) : null,
    meanRating: usual?.meanRating ?? RATING_OF_NOBODY,
  };
}

/** What a row says. */
export function factsOf(row: FactsRow, wish: Pick<Wish, 'city'>): StoredFacts {
  const { rateMinor, createdAtMs, lastActiveAtMs, ...counted } = row;
  return {
    ...counted,
    rateMinor: Number(rateMinor),
    createdAt: new Date(createdAtMs),
    lastActiveAt: new Date(lastActiveAtMs),
    distanceKm: row.city !== null && wish.city !== null ? distanceKm(row.city, wish.city) : null,
  };
}

/** A moment as a number: a text of it would be read in the zone of the process. */
function milliseconds(column: string): RawBuilder<number> {
  return sql<number>`(extract(epoch from ${sql.ref(column)}) * 1000)::float8`;
}
