import type { EntityManager } from '@mikro-orm/postgresql';
import type { RefusalItem } from '@tutorgraph/kit/graphql/refusal';
import { sql } from 'kysely';
import type { LearningErrorCode } from '../errors.js';
import { prerequisitesOfVersion } from '../lessons/prerequisite.repository.js';
import { findCycle } from '../lessons/prerequisite.rules.js';
import { untestedQuizzes } from '../tests/test-duty.js';

/** What keeps a draft from being published, each with what it is about. */
export async function publishingProblems(
  tx: EntityManager,
  versionId: string,
): Promise<RefusalItem<LearningErrorCode>[]> {
  const modules = await rowsOf(
    tx,
    sql`select m.id, m.title, not exists (select from learning.lessons l where l.module_id = m.id) as at_fault
          from learning.course_modules m where m.version_id = ${versionId} order by m.position`,
  );
  const lessons = await rowsOf(
    tx,
    sql`select l.id, l.title, l.kind = 'TEXT' and btrim(l.body, E' \\n\\t\\r') = '' as at_fault from learning.lessons l
          join learning.course_modules m on m.id = l.module_id
         where l.version_id = ${versionId} order by m.position, l.position`,
  );
  if (lessons.length === 0) return [{ code: 'COURSE_EMPTY', field: FIELD }];
  const hasNoScore = await lacksScores(tx, versionId);
  const untested = new Set(await untestedQuizzes(tx, versionId));
  const inCycle = new Set(findCycle(await prerequisitesOfVersion(tx, versionId)));
  return [
    ...(hasNoScore ? [{ code: 'NOTHING_SCORED' as const, field: FIELD }] : []),
    ...problems('MODULE_EMPTY', modules, ({ at_fault: isEmpty }) => isEmpty),
    ...problems('LESSON_EMPTY', lessons, ({ at_fault: isEmpty }) => isEmpty),
    ...problems('QUIZ_WITHOUT_TEST', lessons, ({ id }) => untested.has(id)),
    ...problems('PREREQUISITE_CYCLE', lessons, ({ id }) => inCycle.has(id)),
  ];
}

const FIELD = ['input', 'courseId'];

/** Does the certificate want a score that nothing gives, so that nobody could ever earn it? */
async function lacksScores(tx: EntityManager, versionId: string): Promise<boolean> {
  const { rows } = await sql`
    select from learning.course_versions v join learning.courses c on c.id = v.course_id
     where v.id = ${versionId} and c.certificate_rule = 'COMPLETION_AND_SCORE' and not exists (
       select from learning.lessons l where l.version_id = v.id and (
         exists (select from learning.tests t where t.lesson_id = l.id)
         or exists (select from learning.homework h where h.lesson_id = l.id)))`.execute(tx.getKysely());
  return rows.length > 0;
}

interface Part {
  id: string;
  title: string;
  at_fault: boolean;
}

async function rowsOf(tx: EntityManager, query: ReturnType<typeof sql>): Promise<Part[]> {
  return (await (query as ReturnType<typeof sql<Part>>).execute(tx.getKysely())).rows;
}

function problems(
  code: LearningErrorCode,
  parts: readonly Part[],
  isAtFault: (part: Part) => boolean,
): RefusalItem<LearningErrorCode>[] {
  return parts
    .filter(isAtFault)
    .map(({ id, title }) => ({ code, field: FIELD, values: { title }, details: { aboutId: id } }));
}
