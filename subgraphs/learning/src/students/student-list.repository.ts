import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import { keysetPage, type PageRequest, type SortKey } from '@tutorgraph/kit/pagination/keyset';
import { type RawBuilder, sql } from 'kysely';
import { Student } from './student.entity.js';
import type { StudentOrder, StudentSource, StudentStatus } from './student.rules.js';

type Given<Value> = Value | null | undefined;

/** Which students; conditions add up. */
export interface StudentSearch {
  status?: Given<StudentStatus>;
  source?: Given<StudentSource>;
  courseId?: Given<string>;
  cohortId?: Given<string>;
  curatorId?: Given<string>;
  text?: Given<string>;
  inactiveDays?: Given<number>;
  hasAccount?: Given<boolean>;
}

const LONGEST_TEXT = 200;
const MOST_DAYS = 3_650;
const NAME = sql`lower(coalesce(t.name, t.account_name, t.email, ''))`;
const ACTIVE = sql`coalesce(t.last_active_at, t.created_at)`;

const byId = (direction: 'asc' | 'desc'): SortKey => ({ expression: sql`t.id`, type: 'uuid', direction });
const byMoment = (expression: RawBuilder<unknown>, direction: 'asc' | 'desc'): readonly SortKey[] => [
  { expression, type: 'timestamptz', direction },
  byId(direction),
];
const ORDERS: Readonly<Record<StudentOrder, readonly SortKey[]>> = {
  NEWEST_FIRST: byMoment(sql`t.created_at`, 'desc'),
  NAME: [{ expression: NAME, type: 'text', direction: 'asc' }, byId('asc')],
  ACTIVE_LAST: byMoment(ACTIVE, 'desc'),
  INACTIVE_LONGEST: byMoment(ACTIVE, 'asc'),
};

/** A page of the students for whom `visible` holds. @throws BAD_USER_INPUT */
export function findStudents(
  em: EntityManager,
  visible: RawBuilder<boolean>,
  search: StudentSearch,
  order: StudentOrder,
  page: PageRequest,
): Promise<Connection<Student>> {
  const from = sql`from learning.students t where ${sql.join(conditions(visible, search), sql` and `)}`;
  return keysetPage(em, { entity: Student, from, order: ORDERS[order] }, page);
}

/** How many of the students for whom `visible` holds stand how, whatever status is looked for. @throws BAD_USER_INPUT */
export async function countStudents(
  em: EntityManager,
  visible: RawBuilder<boolean>,
  search: StudentSearch,
): Promise<ReadonlyMap<StudentStatus, number>> {
  const where = sql.join(conditions(visible, { ...search, status: null }), sql` and `);
  const { rows } = await sql<{ status: StudentStatus; count: number }>`
    select t.status, count(*)::int as count from learning.students t where ${where} group by t.status`.execute(
    em.getKysely(),
  );
  return new Map(rows.map(({ status, count }) => [status, count]));
}

function conditions(visible: RawBuilder<boolean>, search: StudentSearch): RawBuilder<unknown>[] {
  const { status, source, text, inactiveDays, hasAccount } = search;
  const found: RawBuilder<unknown>[] = [visible, ...placeConditions(search)];
  if (status) found.push(sql`t.status = ${status}`);
  if (source) found.push(sql`t.source = ${source}`);
  if (typeof hasAccount === 'boolean') found.push(hasAccount ? sql`t.user_id is not null` : sql`t.user_id is null`);
  if (text) found.push(...textConditions(text));
  if (typeof inactiveDays === 'number') found.push(sql`${ACTIVE} < ${daysAgo(inactiveDays)}::timestamptz`);
  return found;
}

/** Somebody who has left a course is still found by it: their status tells. */
function placeConditions({ courseId, cohortId, curatorId }: StudentSearch): RawBuilder<unknown>[] {
  const wanted: RawBuilder<unknown>[] = [];
  if (courseId) wanted.push(isId(courseId) ? sql`e.course_id = ${courseId}` : sql`false`);
  if (cohortId) wanted.push(isId(cohortId) ? sql`e.cohort_id = ${cohortId}` : sql`false`);
  if (curatorId) wanted.push(isId(curatorId) ? sql`c.curator_id = ${curatorId}` : sql`false`);
  if (wanted.length === 0) return [];
  return [
    sql`exists (select from learning.enrollments e left join learning.cohorts c on c.id = e.cohort_id
      where e.student_id = t.id and ${sql.join(wanted, sql` and `)})`,
  ];
}

/** Each word, anywhere in a name, an address or an id of the former system. */
function textConditions(text: string): RawBuilder<unknown>[] {
  if (text.length > LONGEST_TEXT || text.includes('\0')) {
    throw badUserInput(`filter.text has at most ${LONGEST_TEXT} characters`);
  }
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return words.map((word) => {
    const pattern = `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`;
    return sql`lower(concat_ws(' ', t.name, t.account_name, t.email, t.external_id)) like ${pattern}`;
  });
}

function daysAgo(days: number): Date {
  if (days < 0 || days > MOST_DAYS) throw badUserInput(`filter.inactiveDays is between 0 and ${MOST_DAYS}`);
  return new Date(Date.now() - days * 24 * 60 * 60 * 1000);
}
