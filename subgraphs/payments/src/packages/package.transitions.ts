import type { LessonPackage } from './package.entity.js';
import { mayPackageBecome, type PackageStatus } from './package.rules.js';

/** What an event says of a package. */
export function aboutPackage({ id, studentId, tutorId }: LessonPackage) {
  return { subject: id, data: { studentId, tutorId } };
}

/** Moves a locked package. @throws when that is no step that it may take */
export function movePackage(lessons: LessonPackage, to: PackageStatus, now: Date): void {
  if (!mayPackageBecome(lessons.status, to)) {
    throw new Error(`Package ${lessons.id} is ${lessons.status} and cannot become ${to}`);
  }
  lessons.status = to;
  lessons.updatedAt = now;
}
