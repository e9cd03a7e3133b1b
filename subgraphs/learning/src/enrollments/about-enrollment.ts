import type { Enrollment } from './enrollment.entity.js';

/** What events around a course say of whom they concern; of the enrolment those that are not about it themselves. */
export function aboutEnrollment(
  { id, studentId, courseId, cohortId }: Pick<Enrollment, 'id' | 'studentId' | 'courseId' | 'cohortId'>,
  userId: string | null,
) {
  return { studentId, userId, courseId, cohortId: cohortId ?? null, enrollmentId: id };
}
