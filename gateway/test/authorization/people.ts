import { type Role, roles } from '@tutorgraph/kit/viewer/viewer';

/** A kind of viewer. */
export interface Person {
  name: string;
  /** Undefined for somebody who has not signed in. */
  role?: Role;
  /** Is the address proven? */
  isVerified: boolean;
}

/** Every kind of viewer that a root field is tried with. */
export const people: readonly Person[] = [
  { name: 'nobody', isVerified: false },
  { name: 'STUDENT, unverified', role: 'STUDENT', isVerified: false },
  ...roles.map((role) => ({ name: role, role, isVerified: true })),
];
