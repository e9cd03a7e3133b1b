import type { EntityManager } from '@mikro-orm/postgresql';
import type { ConsumerOptions, EventHandler } from '@tutorgraph/kit/events/consumer';
import { defineJob, type JobDefinition } from '@tutorgraph/kit/jobs/job';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import { OutsideError } from '@tutorgraph/kit/outside/outside-error';
import { sql } from 'kysely';
import { z } from 'zod';
import {
  certificateIssued,
  enrollmentCompleted,
  homeworkReturned,
  homeworkReviewed,
  studentAtRisk,
} from '../events.js';
import type { GetCourseClient } from './getcourse-client.js';

/** What GetCourse is told of, by event; what it does then, the school decides there by processes on these fields. */
const TOLD: Readonly<Record<string, string>> = {
  [enrollmentCompleted.type]: 'COURSE_COMPLETED',
  [certificateIssued.type]: 'CERTIFICATE_ISSUED',
  [homeworkReviewed.type]: 'HOMEWORK_REVIEWED',
  [homeworkReturned.type]: 'HOMEWORK_RETURNED',
  [studentAtRisk.type]: 'STUDENT_AT_RISK',
};

const aboutCourse = z.object({ studentId: z.uuid(), courseId: z.uuid() });
const payload = aboutCourse.extend({ kind: z.string(), time: z.string() });
type TellGetCourseJob = JobDefinition<typeof payload>;

interface Addressee {
  email: string;
  courseTitle: string;
  percent: number;
  completedGroup: string | null;
}

/** Tells GetCourse what happened to a student who came from there. The same again changes nothing there. */
export function tellGetCourseJob(em: EntityManager, client: GetCourseClient): TellGetCourseJob {
  return defineJob({
    name: 'tell-getcourse',
    description: 'Tells GetCourse what happened to a student who came from there.',
    payload,
    retries: 12,
    retryDelaySeconds: 30,
    handler: async ({ studentId, courseId, kind, time }, { logger }) => {
      const found = await findAddressee(em.fork(), studentId, courseId);
      if (!found) return;
      const { email, courseTitle, percent, completedGroup } = found;
      const groups = kind === 'COURSE_COMPLETED' && completedGroup ? [completedGroup] : [];
      const fields = { tutorgraph_event: kind, tutorgraph_course: courseTitle, tutorgraph_progress: String(percent) };
      try {
        await client.saveUser({ email, groups, fields: { ...fields, tutorgraph_at: time } });
      } catch (error) {
        if (!(error instanceof OutsideError) || error.isTemporary) throw error;
        // Trying again is of no use, and what it is about is not lost: it is here.
        logger.error({ err: error, studentId, kind }, 'GetCourse does not take what it is told');
      }
    },
  });
}

/** Hears what happens to students who came from GetCourse. */
export function tellGetCourseConsumer(job: TellGetCourseJob): Pick<ConsumerOptions, 'name' | 'stream' | 'handlers'> {
  const handler = (kind: string): EventHandler => ({
    apply: async (tx, { data, time }) => {
      const { studentId, courseId } = aboutCourse.parse(data);
      if (await findAddressee(tx, studentId, courseId)) await enqueue(tx, job, { studentId, courseId, kind, time });
    },
  });
  return {
    name: 'tell-getcourse',
    stream: 'learning',
    handlers: Object.fromEntries(Object.entries(TOLD).map(([type, kind]) => [type, handler(kind)])),
  };
}

async function findAddressee(em: EntityManager, studentId: string, courseId: string): Promise<Addressee | null> {
  const { rows } = await sql<Addressee>`
    select g.email, c.title as "courseTitle", e.percent, l.completed_group as "completedGroup"
    from learning.getcourse_people g
      join learning.enrollments e on e.student_id = g.student_id
      join learning.courses c on c.id = e.course_id
      left join lateral (select completed_group from learning.getcourse_links
        where course_id = c.id and completed_group is not null order by created_at limit 1) l on true
    where g.student_id = ${studentId} and c.id = ${courseId}`.execute(em.getKysely());
  return rows[0] ?? null;
}
