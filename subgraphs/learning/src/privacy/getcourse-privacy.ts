import type { EntityManager } from '@mikro-orm/postgresql';
import type { PersonalData } from '@tutorgraph/kit/privacy/room-privacy';
import { GetCoursePerson } from '../getcourse/getcourse.entity.js';
import { findStudentOf } from '../students/student.repository.js';

/** The address by which GetCourse knows somebody. */
export async function collectGetCourse(em: EntityManager, userId: string): Promise<PersonalData> {
  const student = await findStudentOf(em, userId);
  const person = student && (await em.findOne(GetCoursePerson, { studentId: student.id }));
  return { sections: { getCourse: person ? { email: person.email, externalId: student.externalId } : null } };
}

/** Forgets it; what happens to them here is not told there any longer. */
export async function eraseGetCourse(tx: EntityManager, userId: string): Promise<void> {
  const student = await findStudentOf(tx, userId);
  if (student) await tx.nativeDelete(GetCoursePerson, { studentId: student.id });
}
