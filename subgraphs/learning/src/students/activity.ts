import type { EntityManager } from '@mikro-orm/postgresql';
import type { ActivityKind } from './student.rules.js';

const COLUMN: Readonly<Record<ActivityKind, string>> = {
  LESSON: 'lessons',
  TEST: 'tests',
  HOMEWORK: 'homework',
  CARD: 'cards',
  QUESTION: 'questions',
};

/** Notes that a student did something; in the transaction that it is part of. */
export async function noteActivity(tx: EntityManager, studentId: string, kind: ActivityKind, at: Date): Promise<void> {
  const column = COLUMN[kind];
  await tx.execute(
    `insert into learning.activity_days (student_id, day, ${column}) values (?, ?::timestamptz at time zone 'UTC', 1)
     on conflict (student_id, day) do update set ${column} = activity_days.${column} + 1`,
    [studentId, at],
  );
  await tx.execute(
    `update learning.students set last_active_at = greatest(last_active_at, ?::timestamptz) where id = ?`,
    [at, studentId],
  );
}
