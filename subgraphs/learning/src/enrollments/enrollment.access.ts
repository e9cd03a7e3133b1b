import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { StudentAccess } from '../students/student-access.js';
import type { Enrollment } from './enrollment.entity.js';
import { enrollmentsById } from './enrollment.repository.js';

/** Drops, moves and enrols others. */
export const MANAGES = 'learning.students.manage';

/** An enrolment of a student whom the viewer may see; null when there is none. */
export async function seenEnrollment(
  context: RequestContext,
  access: StudentAccess,
  id: string,
): Promise<Enrollment | null> {
  const enrollment = await context.loader(enrollmentsById).load(id);
  if (!enrollment) return null;
  return (await access.maySee(context, [enrollment.studentId])).has(enrollment.studentId) ? enrollment : null;
}
