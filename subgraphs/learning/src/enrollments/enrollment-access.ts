import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { sql } from 'kysely';
import type { LearningErrorCode } from '../errors.js';
import { Lesson } from '../lessons/lesson.entity.js';
import { lockReason } from '../progress/lesson-gate.js';
import type { LockReason } from '../progress/lesson-progress.rules.js';
import { Enrollment } from './enrollment.entity.js';
import { enrollmentsById } from './enrollment.repository.js';

/**
 * The enrolment by which a student learns a course, or a lesson of its own version: ACTIVE or COMPLETED.
 *
 * @throws Refusal NOT_ENROLLED
 */
export async function requireEnrollment(
  em: EntityManager,
  studentId: string,
  of: { courseId: string } | { lessonId: string },
): Promise<Enrollment> {
  const enrollment = await findEnrollment(em, studentId, of);
  if (!enrollment || enrollment.status === 'DROPPED') throw new Refusal<LearningErrorCode>('NOT_ENROLLED');
  return enrollment;
}

async function findEnrollment(
  em: EntityManager,
  studentId: string,
  of: { courseId: string } | { lessonId: string },
): Promise<Enrollment | null> {
  if ('courseId' in of) return isId(of.courseId) ? em.findOne(Enrollment, { studentId, courseId: of.courseId }) : null;
  const lesson = isId(of.lessonId) ? await em.findOne(Lesson, { id: of.lessonId }) : null;
  return lesson && em.findOne(Enrollment, { studentId, versionId: lesson.versionId });
}

/** What a lesson is to the viewer. */
export interface LessonAccess {
  /** May they see that there is such a lesson? Those of a draft only its authors may. */
  mayKnow: boolean;
  /** May they see its content? */
  mayRead: boolean;
  /** The viewer's own enrolment, if they learn that course (or have left it). */
  enrollmentId: string | null;
  /** Why they may not learn it; null when they may. */
  lock: LockReason | null;
}

const UNKNOWN: LessonAccess = { mayKnow: false, mayRead: false, enrollmentId: null, lock: 'NOT_ENROLLED' };

interface AccessRow {
  id: string;
  enrollment_id: string | null;
  lock: LockReason | null;
  is_draft: boolean;
  is_open_preview: boolean;
  is_led: boolean;
}

/** What each lesson is to the viewer: one statement for all. */
export const lessonAccess = defineLoader<string, LessonAccess>(
  async (context, ids) => {
    const { viewer, em } = context;
    const userId = viewer.kind === 'user' ? viewer.userId : null;
    const { rows } = await sql<AccessRow>`
      select l.id, e.id as enrollment_id, ${lockReason(new Date())} as lock, v.status = 'DRAFT' as is_draft,
        l.is_preview and (v.status = 'PUBLISHED' or e.version_id = v.id) as is_open_preview,
        exists (select from learning.cohorts led
                 where led.course_id = v.course_id and led.curator_id = ${userId}::uuid) as is_led
        from learning.lessons l
        join learning.course_versions v on v.id = l.version_id
        left join learning.students s on s.user_id = ${userId}::uuid
        left join learning.enrollments e on e.student_id = s.id and e.course_id = v.course_id
        left join learning.cohorts c on c.id = e.cohort_id
       where l.id = any (${ids.filter(isId)}::uuid[])`.execute(em.getKysely());
    return new Map(rows.map((row) => [row.id, accessOf(context, row)]));
  },
  { absent: () => UNKNOWN },
);

function accessOf(context: RequestContext, row: AccessRow): LessonAccess {
  const isAuthor = context.can('learning.courses.author');
  const isCurator = context.can('learning.students.read') || (row.is_led && context.can('learning.students.curate'));
  const mayKnow = isAuthor || !row.is_draft;
  const mayRead = mayKnow && (isAuthor || isCurator || row.is_open_preview || row.lock === null);
  return { mayKnow, mayRead, enrollmentId: row.enrollment_id, lock: row.lock };
}

/** A lesson that the viewer may see the content of. */
export interface OpenLesson {
  lesson: Lesson;
  /** By which the viewer learns it; null when they see it for another reason. */
  enrollment: Enrollment | null;
}

/**
 * A lesson and the viewer's own enrolment, if the viewer may see its content: they learn that version and it is not locked, it
 * is a preview, or they are staff.
 *
 * @throws Refusal NOT_FOUND, NOT_ENROLLED, LESSON_LOCKED
 */
export async function openLesson(
  context: RequestContext,
  lessonId: string,
  field: readonly string[] = ['input', 'lessonId'],
): Promise<OpenLesson> {
  const [access, lesson] = await Promise.all([
    context.loader(lessonAccess).load(lessonId),
    isId(lessonId) ? context.em.findOne(Lesson, { id: lessonId }) : null,
  ]);
  if (!(lesson && access.mayKnow)) throw new Refusal<LearningErrorCode>('NOT_FOUND', field);
  if (!access.mayRead) {
    throw new Refusal<LearningErrorCode>(access.lock === 'NOT_ENROLLED' ? 'NOT_ENROLLED' : 'LESSON_LOCKED', field);
  }
  const { enrollmentId, lock } = access;
  const learns = enrollmentId !== null && lock !== 'NOT_ENROLLED';
  return { lesson, enrollment: learns ? await context.loader(enrollmentsById).load(enrollmentId) : null };
}
