import type { Role } from '@tutorgraph/kit/viewer/viewer';

/** Whose accounts each role may change; never its own and never a higher one. */
const managed: Readonly<Record<Role, readonly Role[]>> = {
  SUPER_ADMIN: ['ADMIN', 'HR', 'SUPERVISOR', 'CURATOR', 'TUTOR', 'STUDENT'],
  ADMIN: ['HR', 'SUPERVISOR', 'CURATOR', 'TUTOR', 'STUDENT'],
  HR: ['SUPERVISOR', 'CURATOR', 'TUTOR', 'STUDENT'],
  SUPERVISOR: ['TUTOR', 'STUDENT'],
  CURATOR: [],
  TUTOR: [],
  STUDENT: [],
};

/** Roles that may open accounts of their own kind, though they may not change them afterwards. */
const opensEquals: ReadonlySet<Role> = new Set(['SUPER_ADMIN', 'ADMIN']);

/** May somebody of the one role act on an account of the other? */
export function mayManage(actor: Role, target: Role): boolean {
  return managed[actor].includes(target);
}

/** May somebody of the one role open an account of the other? */
export function mayOpen(actor: Role, target: Role): boolean {
  return mayManage(actor, target) || (actor === target && opensEquals.has(actor));
}
