/** How somebody stands in a course. */
export const enrollmentStatuses = ['ACTIVE', 'COMPLETED', 'DROPPED'] as const;
/** @see enrollmentStatuses */
export type EnrollmentStatus = (typeof enrollmentStatuses)[number];

const NEXT: Readonly<Record<EnrollmentStatus, readonly EnrollmentStatus[]>> = {
  ACTIVE: ['COMPLETED', 'DROPPED'],
  COMPLETED: [],
  DROPPED: ['ACTIVE'],
};

/** May an enrolment go from one status to another? */
export function mayEnrollmentBecome(from: EnrollmentStatus, to: EnrollmentStatus): boolean {
  return NEXT[from].includes(to);
}
