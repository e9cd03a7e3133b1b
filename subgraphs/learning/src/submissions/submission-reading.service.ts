import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import type { ObjectStorage } from '@tutorgraph/kit/storage/object-storage';
import { type RawBuilder, sql } from 'kysely';
import type { Course } from '../courses/course.entity.js';
import { coursesById } from '../courses/course.repository.js';
import { enrollmentsById } from '../enrollments/enrollment.repository.js';
import { isOwn, isReviewable, isVisible } from './assignment-access.js';
import { HomeworkAssignment } from './homework-assignment.entity.js';
import type { HomeworkFilter, HomeworkQueueFilter, QueueOrder } from './homework-assignment.types.js';
import type { Submission, SubmissionFile } from './submission.entity.js';
import { filesOfAssignment, submissionsById, versionsOfAssignment } from './submission.loaders.js';
import { openStatuses, waitingStatuses } from './submission.rules.js';

/** How long an address of a file lasts at least, in seconds; within ten minutes everybody gets the same one. */
const FILE_SECONDS = 60 * 60;
const SAME_ADDRESS_SECONDS = 10 * 60;

const t = sql.ref('t');
const byId = { expression: sql`t.id`, type: 'uuid', direction: 'asc' } as const;
const byDue = [{ expression: sql`t.due_at`, type: 'timestamptz', direction: 'asc' } as const, byId];
const bySubmission = [{ expression: sql`t.submitted_at`, type: 'timestamptz', direction: 'asc' } as const, byId];

/** Reading homework as it was given and what was made of it. */
export class SubmissionReadingService {
  constructor(private readonly storage: ObjectStorage) {}

  /** Homework of a student, the viewer's own without an id: what the viewer may see of it. */
  list(
    context: RequestContext,
    studentId: string | null | undefined,
    filter: HomeworkFilter,
    page: PageRequest,
  ): Promise<Connection<HomeworkAssignment>> {
    const theirs = studentId ? sql`t.student_id = ${known(studentId)} and ${isVisible(context, t)}` : isOwn(context, t);
    const from = sql`from learning.homework_assignments t where ${theirs} ${filtered(filter)}`;
    return keysetPage(context.em, { entity: HomeworkAssignment, from, order: byDue }, page);
  }

  /** Homework that the viewer may review. */
  queue(
    context: RequestContext,
    filter: HomeworkQueueFilter,
    order: QueueOrder,
    page: PageRequest,
  ): Promise<Connection<HomeworkAssignment>> {
    const statuses = filter.statuses ?? (filter.overdue ? null : [...waitingStatuses]);
    const cohort = filter.cohortId
      ? sql`and t.enrollment_id in (select id from learning.enrollments where cohort_id = ${known(filter.cohortId)})`
      : sql``;
    const handedIn = order === 'SUBMITTED' ? sql`and t.submitted_at is not null` : sql``;
    const from = sql`from learning.homework_assignments t
      where ${isReviewable(context, t)} ${filtered({ ...filter, statuses })} ${cohort} ${handedIn}`;
    const list = { entity: HomeworkAssignment, from, order: order === 'SUBMITTED' ? bySubmission : byDue };
    return keysetPage(context.em, list, page);
  }

  /** A submission that the viewer may see. */
  submission(context: RequestContext, id: string): Promise<Submission | null> {
    return context.loader(submissionsById).load(id);
  }

  /** The newest version, for the student also a draft. */
  async newest(context: RequestContext, { id }: HomeworkAssignment): Promise<Submission | null> {
    return (await context.loader(versionsOfAssignment).load(id))[0] ?? null;
  }

  /** The course in which an assignment was given. */
  async course(context: RequestContext, { enrollmentId }: HomeworkAssignment): Promise<Course | null> {
    const enrollment = await context.loader(enrollmentsById).load(enrollmentId);
    return enrollment && context.loader(coursesById).load(enrollment.courseId);
  }

  /** Is it the student's turn, and later than they were given? */
  isOverdue({ status, dueAt }: HomeworkAssignment): boolean {
    return openStatuses.includes(status) && dueAt < new Date();
  }

  /** Files of a version, in their order. */
  async files(context: RequestContext, { assignmentId, fileIds }: Submission): Promise<SubmissionFile[]> {
    if (fileIds.length === 0) return [];
    const files = await context.loader(filesOfAssignment).load(assignmentId);
    return fileIds.flatMap((id) => files.find((file) => file.id === id) ?? []);
  }

  /** Where a file can be had for an hour. */
  url({ key, name }: SubmissionFile): Promise<string> {
    return this.storage.signGet(key, {
      expiresInSeconds: FILE_SECONDS + SAME_ADDRESS_SECONDS,
      stableForSeconds: SAME_ADDRESS_SECONDS,
      downloadName: name,
    });
  }
}

function filtered({ statuses, courseId, overdue }: HomeworkFilter): RawBuilder<unknown> {
  const late = sql`(t.status = any (${[...openStatuses]}::text[]) and t.due_at < ${new Date()}::timestamptz)`;
  const conditions = [
    ...(statuses ? [sql`t.status = any (${statuses}::text[])`] : []),
    ...(courseId
      ? [sql`t.enrollment_id in (select id from learning.enrollments where course_id = ${known(courseId)})`]
      : []),
    ...(typeof overdue === 'boolean' ? [overdue ? late : sql`not ${late}`] : []),
  ];
  return conditions.length > 0 ? sql`and ${sql.join(conditions, sql` and `)}` : sql``;
}

/** An id as the database compares it; one that is none finds nothing. */
function known(id: string): RawBuilder<unknown> {
  return isId(id) ? sql`${id}::uuid` : sql`null::uuid`;
}
