import type { EntityManager } from '@mikro-orm/postgresql';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import { keysetPage, type PageRequest, type SortKey } from '@tutorgraph/kit/pagination/keyset';
import { type RawBuilder, sql } from 'kysely';
import { Course } from './course.entity.js';
import type { CourseLanguage, CourseOrder, CourseState, EnrollmentPolicy } from './course.rules.js';

type Given<Value> = Value | null | undefined;

/** Which courses are looked for; conditions add up. */
export interface CourseSearch {
  text?: Given<string>;
  language?: Given<CourseLanguage>;
  enrollmentPolicy?: Given<EnrollmentPolicy>;
  state?: Given<CourseState>;
}

const LONGEST_SEARCH = 200;
const MOST_WORDS = 10;
const BY_ID: SortKey = { expression: sql`t.id`, type: 'uuid', direction: 'desc' };

const ORDERS: Readonly<Record<CourseOrder, readonly SortKey[]>> = {
  NEWEST: [{ expression: sql`t.created_at`, type: 'timestamptz', direction: 'desc' }, BY_ID],
  TITLE: [
    { expression: sql`lower(t.title)`, type: 'text', direction: 'asc' },
    { ...BY_ID, direction: 'asc' },
  ],
  SHORTEST: [
    { expression: sql`t.length_days`, type: 'integer', direction: 'asc' },
    { ...BY_ID, direction: 'asc' },
  ],
};

/** All but the words for search. */
const COLUMNS = sql`c.id, c.slug, c.title, c.description, c.language, c.enrollment_policy, c.price_minor, c.currency,
  c.length_days, c.certificate_rule, c.certificate_score, c.archived_at, c.created_by, c.created_at, c.updated_at`;

const PUBLISHED = sql`exists (select from learning.course_versions v where v.course_id = c.id and v.status = 'PUBLISHED')`;

const STATES: Readonly<Record<CourseState, RawBuilder<unknown>>> = {
  PUBLISHED: sql`c.archived_at is null and ${PUBLISHED}`,
  UNPUBLISHED: sql`c.archived_at is null and not ${PUBLISHED}`,
  ARCHIVED: sql`c.archived_at is not null`,
};

/**
 * A page of courses.
 *
 * @param isAuthor finds words in lessons, too, and courses that are not published
 * @throws BAD_USER_INPUT for a text that is too long
 */
export function findCourses(
  em: EntityManager,
  { text, language, enrollmentPolicy, state }: CourseSearch,
  order: CourseOrder,
  isAuthor: boolean,
  page: PageRequest,
): Promise<Connection<Course>> {
  const standing = state ?? (isAuthor ? null : 'PUBLISHED');
  const words = searchTerms(text ?? '');
  const conditions = [
    standing ? STATES[standing] : sql`c.archived_at is null`,
    ...(language ? [sql`c.language = ${language}`] : []),
    ...(enrollmentPolicy ? [sql`c.enrollment_policy = ${enrollmentPolicy}`] : []),
    ...(words ? [found(words, isAuthor)] : []),
  ];
  return keysetPage(
    em,
    {
      entity: Course,
      from: sql`from (
        select ${COLUMNS} from learning.courses c where ${sql.join(conditions, sql` and `)}
      ) t where true`,
      order: ORDERS[order],
    },
    page,
  );
}

function found(words: string, inLessons: boolean): RawBuilder<unknown> {
  const query = sql`to_tsquery('russian', ${words})`;
  if (!inLessons) return sql`c.document @@ ${query}`;
  // What is published, and what is being written: not what was said in versions before.
  return sql`(c.document @@ ${query} or c.id in (
    select v.course_id from learning.lessons l join learning.course_versions v on v.id = l.version_id
     where l.document @@ ${query} and v.status <> 'RETIRED'))`;
}

/** All words, from their beginnings, as PostgreSQL's `to_tsquery` takes them; empty without words. */
function searchTerms(text: string): string {
  if (text.length > LONGEST_SEARCH) throw badUserInput(`filter.text may have at most ${LONGEST_SEARCH} characters`);
  const words = text.normalize('NFKC').match(/[\p{L}\p{N}]+/gu) ?? [];
  return words
    .slice(0, MOST_WORDS)
    .map((word) => `'${word}':*`)
    .join(' & ');
}
