import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { sql } from 'kysely';
import { z } from 'zod';
import { homeworkDueSoon } from '../events.js';
import { openStatuses } from './submission.rules.js';

const DAY_MS = 24 * 60 * 60 * 1_000;
const BATCH = 200;

interface DueSoon {
  id: string;
  student_id: string;
  user_id: string | null;
  course_id: string;
  cohort_id: string | null;
  homework_id: string;
}

/** Reminds of homework that is due within a day. What was told is noted with what tells it, so that it is told once. */
export function remindHomeworkJob(em: EntityManager) {
  return defineJob({
    name: 'remind-homework',
    description: 'Reminds students of homework that is due within a day.',
    payload: z.object({}),
    cron: '*/15 * * * *',
    handler: async (_payload, { signal }) => {
      for (let reminded = BATCH; reminded === BATCH; ) {
        signal.throwIfAborted();
        reminded = await transaction(em, remind);
      }
    },
  });
}

async function remind(tx: EntityManager): Promise<number> {
  const now = new Date();
  const soon = new Date(now.getTime() + DAY_MS);
  const { rows } = await sql<DueSoon>`
    with due as (
      select a.id from learning.homework_assignments a join learning.enrollments e on e.id = a.enrollment_id
       where a.status = any (${[...openStatuses]}::text[]) and a.due_at > ${now}::timestamptz
         and a.due_at <= ${soon}::timestamptz and a.reminded_at is null and e.status = 'ACTIVE'
       order by a.due_at, a.id limit ${BATCH} for update of a skip locked)
    update learning.homework_assignments a set reminded_at = ${now}::timestamptz
      from due, learning.enrollments e, learning.students s
     where a.id = due.id and e.id = a.enrollment_id and s.id = a.student_id
    returning a.id, a.student_id, s.user_id, e.course_id, e.cohort_id, a.homework_id`.execute(tx.getKysely());
  for (const row of rows) {
    const { id: subject, student_id: studentId, user_id: userId, course_id: courseId, cohort_id: cohortId } = row;
    const data = { studentId, userId, courseId, cohortId, homeworkId: row.homework_id, assignmentId: subject };
    recordEvent(tx, homeworkDueSoon.create({ subject, data }));
  }
  return rows.length;
}
