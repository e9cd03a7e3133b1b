import { isId } from '@tutorgraph/kit/database/id';
import type { DomainEvent } from '@tutorgraph/kit/events/event';
import type { LiveMessage, LiveStream } from '@tutorgraph/kit/events/live-stream';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { badUserInput, forbidden } from '@tutorgraph/kit/graphql/errors';
import { worksWith } from '../cohorts/cohort.access.js';
import { cohortsById } from '../cohorts/cohort.repository.js';
import type { Enrollment } from '../enrollments/enrollment.entity.js';
import { enrollmentsOfStudent } from '../enrollments/enrollment.repository.js';
import { type LessonOutline, lessonsById } from '../lessons/lesson.repository.js';
import type { StudentAccess } from '../students/student-access.js';
import { type ProgressChange, progressEvents, progressOf } from './progress-live.rules.js';

/** Whose progress is watched: a student's, a cohort's, or, when neither is named, one's own. */
export interface Watched {
  studentId?: string | null | undefined;
  cohortId?: string | null | undefined;
}

/** What a message says. */
export interface HeardProgress {
  kind: ProgressChange | null;
  enrollment: Enrollment | null;
  lesson: LessonOutline | null;
}

/**
 * Progress, live: one's own, that of a student whom one may see, or of a cohort that one guides. Whether one may is asked again at
 * each message, and the subscription ends when one may not any longer.
 */
export class ProgressLiveService {
  constructor(
    private readonly live: LiveStream,
    private readonly access: StudentAccess,
  ) {}

  /** @throws FORBIDDEN, BAD_USER_INPUT for both a student and a cohort */
  async watch(
    context: RequestContext,
    watched: Watched,
    after: string | null | undefined,
  ): Promise<AsyncIterable<LiveMessage>> {
    await this.assertHears(context, watched);
    const { studentId, cohortId } = watched;
    const own = `user:${context.user.userId}`;
    const keys = [studentId ? `student:${studentId}` : cohortId ? `cohort:${cohortId}` : own];
    return this.live.subscribe({ after, keys, types: progressEvents, signal: context.signal });
  }

  /** What a message says, as it is now. @throws FORBIDDEN when the viewer may not hear it any longer */
  async heard(context: RequestContext, watched: Watched, event: DomainEvent | null): Promise<HeardProgress> {
    await this.assertHears(context, watched);
    const change = progressOf(event);
    if (!change) return { kind: null, enrollment: null, lesson: null };
    const { kind, studentId, courseId, lessonId } = change;
    const enrollments = await context.loader(enrollmentsOfStudent).load(studentId);
    const enrollment = enrollments.find((one) => one.courseId === courseId) ?? null;
    const lesson = lessonId ? await context.loader(lessonsById).load(lessonId) : null;
    return enrollment ? { kind, enrollment, lesson } : { kind: null, enrollment: null, lesson: null };
  }

  /** The refusal does not tell whether there is such a student or cohort. */
  private async assertHears(context: RequestContext, { studentId, cohortId }: Watched): Promise<void> {
    if (studentId && cohortId) throw badUserInput('Name either a student or a cohort');
    if (studentId && !(await this.access.seen(context, studentId))) throw forbidden('You may not watch this student');
    if (!cohortId) return;
    const cohort = isId(cohortId) ? await context.loader(cohortsById).load(cohortId) : null;
    const isWhole = this.access.scopeOf(context).kind === 'all';
    if (!cohort || !(isWhole || worksWith(context, cohort))) throw forbidden('You may not watch this cohort');
  }
}
