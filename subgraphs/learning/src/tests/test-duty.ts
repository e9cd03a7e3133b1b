import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';

/**
 * Has a lesson a test that the student has not passed, by the attempt that counts? Then they cannot complete the lesson. A quiz
 * without a test asks for nothing.
 */
export async function unmetTests(em: EntityManager, enrollmentId: string, lessonId: string): Promise<boolean> {
  const { rows } = await sql<{ is_unmet: boolean }>`
    select exists (
      select from learning.tests t where t.lesson_id = ${lessonId}::uuid and not coalesce((
        select a.passed from learning.attempts a
         where a.enrollment_id = ${enrollmentId}::uuid and a.test_id = t.id and a.status <> 'RUNNING'
         order by case when t.counting = 'BEST' then a.percent end desc nulls last, a.number desc limit 1
      ), false)
    ) as is_unmet`.execute(em.getKysely());
  return rows[0]?.is_unmet ?? false;
}

/** Lessons of a version that are quizzes and have no test, or one for which there are too few questions: it cannot be published. */
export async function untestedQuizzes(em: EntityManager, versionId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select l.id from learning.lessons l left join learning.tests t on t.lesson_id = l.id
     where l.version_id = ${versionId}::uuid and l.kind = 'QUIZ' and (t.id is null or exists (
       select from learning.test_items i left join learning.questions fixed on fixed.id = i.question_id
        where i.test_id = t.id and (fixed.retired_at is not null or i.count > (
          select count(*) from learning.questions q
           where q.bank_id = i.bank_id and q.retired_at is null and (i.tag is null or i.tag = any (q.tags))))))
     order by l.id`.execute(em.getKysely());
  return rows.map(({ id }) => id);
}
