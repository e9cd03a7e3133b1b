import { isId } from '@tutorgraph/kit/database/id';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Student } from '../students/student.entity.js';
import { Enrollment } from './enrollment.entity.js';
import type { StudentPlaces } from './student-places.types.js';

/** Where students belong, for our other services. */
export class StudentPlacesService {
  /** What is so now, whatever events say of it; null when there is no such student, or not any longer. */
  async find({ em }: RequestContext, studentId: string): Promise<StudentPlaces | null> {
    const student = isId(studentId) ? await em.findOne(Student, { id: studentId }) : null;
    if (!student) return null;
    const enrollments = await em.find(Enrollment, { studentId }, { orderBy: { enrolledAt: 'asc', id: 'asc' } });
    return {
      userId: student.userId ?? null,
      places: enrollments.map(({ id: enrollmentId, courseId, cohortId = null, status }) => {
        return { enrollmentId, courseId, cohortId: status === 'DROPPED' ? null : cohortId };
      }),
    };
  }
}
