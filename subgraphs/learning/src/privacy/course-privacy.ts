import type { EntityManager } from '@mikro-orm/postgresql';
import type { PersonalData } from '@tutorgraph/kit/privacy/room-privacy';
import { Course } from '../courses/course.entity.js';

/** Which courses somebody made. */
export async function collectCourses(em: EntityManager, userId: string): Promise<PersonalData> {
  const courses = await em.find(Course, { createdBy: userId }, { orderBy: { createdAt: 'asc', id: 'asc' } });
  return { sections: { coursesMade: courses.map(({ slug, title, createdAt }) => ({ slug, title, createdAt })) } };
}

/** The school keeps its courses; who made them is not known any more. */
export async function eraseCourses(tx: EntityManager, userId: string): Promise<void> {
  await tx.nativeUpdate(Course, { createdBy: userId }, { createdBy: null });
}
