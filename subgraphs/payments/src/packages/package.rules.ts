/** Where a package of lessons stands. */
export const packageStatuses = ['PENDING', 'ACTIVE', 'USED', 'EXPIRED', 'REFUNDED', 'CANCELLED'] as const;
/** @see packageStatuses */
export type PackageStatus = (typeof packageStatuses)[number];

/** What may follow upon each status; the rest is refused. */
const transitions: Readonly<Record<PackageStatus, readonly PackageStatus[]>> = {
  PENDING: ['ACTIVE', 'CANCELLED'],
  ACTIVE: ['USED', 'EXPIRED', 'REFUNDED'],
  // A lesson that is called off comes back, while the package lasts.
  USED: ['ACTIVE'],
  EXPIRED: [],
  // A refund that the bank does not take gives the lessons back.
  REFUNDED: ['ACTIVE'],
  CANCELLED: [],
};

/** Is this a step that a package may take? */
export function mayPackageBecome(from: PackageStatus, to: PackageStatus): boolean {
  return transitions[from].includes(to);
}

/** What decides whether a lesson can be taken from a package. */
export interface PackageState {
  status: PackageStatus;
  studentId: string;
  tutorId: string;
  subjectId: string;
  durationMinutes: number;
  lessons: number;
  usedLessons: number;
  refundedLessons: number;
  currency: string;
  validUntil?: Date | null | undefined;
}

/** Lessons that are neither taken nor paid back. */
export function lessonsLeft({ lessons, usedLessons, refundedLessons }: PackageState): number {
  return lessons - usedLessons - refundedLessons;
}

/** Can lessons be taken from it, and come back to it, at this moment? */
export function isInUse({ status, validUntil }: PackageState, now: Date): boolean {
  return (status === 'ACTIVE' || status === 'USED') && validUntil instanceof Date && now < validUntil;
}

/** Does a package pay for this lesson now? */
export function paysFor(
  lessons: PackageState,
  lesson: Pick<PackageState, 'studentId' | 'tutorId' | 'subjectId' | 'currency'> & { durationMinutes: number | null },
  now: Date,
): boolean {
  const isSame = (['studentId', 'tutorId', 'subjectId', 'currency', 'durationMinutes'] as const).every(
    (key) => lessons[key] === lesson[key],
  );
  return isSame && isInUse(lessons, now) && lessonsLeft(lessons) > 0;
}
