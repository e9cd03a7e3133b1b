import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { sql } from 'kysely';
import { Student } from './student.entity.js';

/** The student whose account this is. */
export function findStudentOf(em: EntityManager, userId: string): Promise<Student | null> {
  return em.findOne(Student, { userId });
}

/** Students by id, batched; whoever asks checks who may see them. */
export const studentsById = defineLoader<string, Student | null>(
  async ({ em }, ids) => {
    const students = await em.find(Student, { id: { $in: ids.filter(isId) } });
    return new Map(students.map((student) => [student.id, student]));
  },
  { absent: () => null },
);

/**
 * Locks students, in the order of their ids, against every other change until the transaction ends. Whoever locks several
 * things does so in this order: what is their own, students, enrolments, cohorts.
 *
 * @returns the account of each that exists
 */
export async function lockStudents(
  tx: EntityManager,
  studentIds: readonly string[],
): Promise<Map<string, string | null>> {
  const { rows } = await sql<{ id: string; user_id: string | null }>`
    select id, user_id from learning.students where id = any (${[...studentIds]}::uuid[])
     order by id for no key update`.execute(tx.getKysely());
  return new Map(rows.map(({ id, user_id: userId }) => [id, userId]));
}
