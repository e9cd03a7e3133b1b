import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';

/** What moves, and from which version to which. */
export interface VersionMove {
  enrollmentId: string;
  fromId: string;
  toId: string;
}

/**
 * Takes what somebody has done in one version of a course over into another one: progress, attempts and homework of lessons that
 * are in both. What only the former version had stays in the history and counts no longer. The enrolment must be locked.
 */
export async function carryOver(tx: EntityManager, { enrollmentId, fromId, toId }: VersionMove): Promise<void> {
  const kysely = tx.getKysely();
  // Lessons of the former version with what they have become.
  const pairs = sql`learning.lessons former join learning.lessons next
    on former.version_id = ${fromId}::uuid and next.version_id = ${toId}::uuid and next.lineage_id = former.lineage_id`;
  const tests = sql`${pairs} join learning.tests was on was.lesson_id = former.id
    join learning.tests becomes on becomes.lesson_id = next.id`;
  for (const table of ['attempts', 'test_allowances']) {
    await sql`
      update ${sql.table(`learning.${table}`)} t set test_id = becomes.id from ${tests}
       where t.enrollment_id = ${enrollmentId} and t.test_id = was.id`.execute(kysely);
  }
  await sql`
    update learning.homework_assignments t set homework_id = becomes.id
      from ${pairs} join learning.homework was on was.lesson_id = former.id
      join learning.homework becomes on becomes.lesson_id = next.id and becomes.lineage_id = was.lineage_id
     where t.enrollment_id = ${enrollmentId} and t.homework_id = was.id`.execute(kysely);
  await sql`
    update learning.lesson_progress t set lesson_id = next.id from ${pairs}
     where t.enrollment_id = ${enrollmentId} and t.lesson_id = former.id`.execute(kysely);
  await sql`
    delete from learning.lesson_progress t using learning.lessons former
     where t.enrollment_id = ${enrollmentId} and former.id = t.lesson_id and former.version_id = ${fromId}`.execute(
    kysely,
  );
}
