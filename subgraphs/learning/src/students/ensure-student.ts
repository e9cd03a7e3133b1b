import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { sql } from 'kysely';
import { studentAdded } from '../events.js';
import type { StudentSource } from './student.rules.js';

/** The student whose account this is, made if there was none yet; of many calls at once one makes them. @returns their id */
export async function ensureStudent(
  tx: EntityManager,
  userId: string,
  source: StudentSource,
  at: Date,
): Promise<string> {
  const made = newId();
  const { numAffectedRows } = await sql`
    insert into learning.students (id, user_id, source, status, created_at, updated_at)
    values (${made}, ${userId}, ${source}, 'ACTIVE', ${at}::timestamptz, ${at}::timestamptz)
    on conflict (user_id) do nothing`.execute(tx.getKysely());
  if (numAffectedRows === 1n) {
    recordEvent(tx, studentAdded.create({ subject: made, data: { studentId: made, userId, source } }));
    return made;
  }
  const { rows } = await sql<{ id: string }>`
    select id from learning.students where user_id = ${userId}`.execute(tx.getKysely());
  return rows[0]?.id ?? made;
}
