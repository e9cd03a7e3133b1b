import type { EntityManager } from '@mikro-orm/postgresql';
import { StudentRate } from '../rates/student-rate.entity.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { findTutorByUser } from '../tutors/tutor.repository.js';

/** What somebody has agreed upon on both sides, for the archive; without who the student is where they teach. */
export async function collectRates(em: EntityManager, userId: string, tutor: Tutor | null): Promise<unknown[]> {
  const sides = [{ studentId: userId }, ...(tutor ? [{ tutorId: tutor.id }] : [])];
  const rates = await em.find(StudentRate, { $or: sides }, { orderBy: { createdAt: 'asc', id: 'asc' } });
  return rates.map(({ id: _, studentId, ...rate }) => ({ as: studentId === userId ? 'STUDENT' : 'TUTOR', ...rate }));
}

/** Forgets what somebody has agreed upon: it is for lessons to come, and what was booked has its own price. */
export async function eraseRates(tx: EntityManager, userId: string): Promise<void> {
  const tutor = await findTutorByUser(tx, userId);
  await tx.nativeDelete(StudentRate, { studentId: userId });
  if (tutor) await tx.nativeDelete(StudentRate, { tutorId: tutor.id });
}
