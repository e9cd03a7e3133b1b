import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { keysetPage, type NestedKeysetList, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { defineNestedPages } from '@tutorgraph/kit/pagination/nested-pages';
import { sql } from 'kysely';
import type { Change, Known, KnownSchool, Learner } from './exchange.rules.js';
import { GetCourseChange, GetCourseExchange } from './getcourse.entity.js';

/** An exchange by id. */
export async function findExchange(em: EntityManager, id: string): Promise<GetCourseExchange | null> {
  return isId(id) ? em.findOne(GetCourseExchange, { id }, { refresh: true }) : null;
}

/** Exchanges, the newest first. */
export function listExchanges(em: EntityManager, page: PageRequest): Promise<Connection<GetCourseExchange>> {
  return keysetPage(
    em,
    {
      entity: GetCourseExchange,
      from: sql`from learning.getcourse_exchanges t where true`,
      order: [
        { expression: sql`t.created_at`, type: 'timestamptz', direction: 'desc' },
        { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
      ],
    },
    page,
  );
}

/** What an exchange changed, in the order in which it did. */
export const changesOfExchanges = defineNestedPages<GetCourseChange>((): NestedKeysetList<GetCourseChange> => {
  return {
    entity: GetCourseChange,
    from: sql`from learning.getcourse_changes t where true`,
    parent: sql`t.exchange_id`,
    order: [{ expression: sql`t.position`, type: 'integer', direction: 'asc' }],
  };
});

/** Notes what was changed, or would be. */
export async function noteChanges(tx: EntityManager, exchangeId: string, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  const { rows } = await sql<{ last: number }>`
    update learning.getcourse_exchanges set change_count = change_count + ${changes.length} where id = ${exchangeId}
    returning change_count as last`.execute(tx.getKysely());
  const first = (rows[0]?.last ?? changes.length) - changes.length + 1;
  await sql`
    insert into learning.getcourse_changes (exchange_id, position, kind, external_id, course_id, lessons, reason)
    select ${exchangeId}::uuid, ${first} + place - 1, kind, "externalId", "courseId", lessons, reason
      from jsonb_to_recordset(${JSON.stringify(changes.map((change, index) => ({ place: index + 1, ...change })))}::jsonb)
        as t(place int, kind text, "externalId" text, "courseId" uuid, lessons int, reason text)`.execute(
    tx.getKysely(),
  );
}

interface KnownRow {
  studentId: string;
  externalId: string | null;
  email: string | null;
  completed: Record<string, number> | null;
}

/** What is known of these learners, and how long the courses are. */
export async function knownSchool(
  em: EntityManager,
  learners: readonly Learner[],
  courseIds: readonly string[],
): Promise<KnownSchool> {
  const externalIds = learners.map(({ externalId }) => externalId);
  const emails = learners.flatMap(({ email }) => email ?? []);
  const { rows } = await sql<KnownRow>`
    select s.id as "studentId", s.external_id as "externalId", case when s.user_id is null then lower(s.email) end as email,
      (select jsonb_object_agg(e.course_id, (select count(*) from learning.lesson_progress p
          where p.enrollment_id = e.id and p.status = 'COMPLETED')) from learning.enrollments e where e.student_id = s.id) as completed
    from learning.students s
    where s.external_id = any (${externalIds}::text[]) or (s.user_id is null and lower(s.email) = any (${emails}::text[]))`.execute(
    em.getKysely(),
  );
  const known = ({ studentId, completed }: KnownRow): Known => ({
    studentId,
    completed: new Map(Object.entries(completed ?? {})),
  });
  const lengths = await courseLengths(em, courseIds);
  return {
    byExternalId: new Map(rows.flatMap((row) => (row.externalId ? [[row.externalId, known(row)] as const] : []))),
    byEmail: new Map(rows.flatMap((row) => (row.email && !row.externalId ? [[row.email, known(row)] as const] : []))),
    takenEmails: new Set(rows.flatMap((row) => (row.email && row.externalId ? [row.email] : []))),
    lessonsOf: (learner, courseId) =>
      lengths.get(`${learner?.studentId} ${courseId}`) ?? lengths.get(`published ${courseId}`) ?? 0,
  };
}

/** How many lessons the published versions have, and the other versions that somebody learns. */
async function courseLengths(em: EntityManager, courseIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ key: string; lessons: number }>`
    with lengths as (
      select v.id, v.course_id, v.status, (select count(*)::int from learning.lessons l where l.version_id = v.id) as lessons
      from learning.course_versions v where v.course_id = any (${[...courseIds]}::uuid[]))
    select 'published ' || course_id as key, lessons from lengths where status = 'PUBLISHED'
    union all
    select e.student_id || ' ' || e.course_id, v.lessons from learning.enrollments e join lengths v on v.id = e.version_id
      where v.status <> 'PUBLISHED'`.execute(em.getKysely());
  return new Map(rows.map(({ key, lessons }) => [key, lessons]));
}

/** The first lessons of what somebody learns, in order, that they have not completed. */
export async function openLessons(tx: EntityManager, enrollmentId: string, first: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from (
      select l.id, l.place from learning.enrollments e,
        lateral (select l.id, row_number() over (order by m.position, l.position) as place
          from learning.lessons l join learning.course_modules m on m.id = l.module_id where l.version_id = e.version_id) l
      where e.id = ${enrollmentId} and l.place <= ${first}) as earlier
    where not exists (select from learning.lesson_progress p
      where p.enrollment_id = ${enrollmentId} and p.lesson_id = earlier.id and p.status = 'COMPLETED')
    order by place`.execute(tx.getKysely());
  return rows.map(({ id }) => id);
}
