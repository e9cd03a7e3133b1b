import { type Role, roles } from '@tutorgraph/kit/viewer/viewer';
import type { Person } from './people.js';

/** Who may use a root field. */
export interface Audience {
  /** Somebody who has not signed in, too. */
  nobody: boolean;
  roles: ReadonlySet<Role>;
  /** People whose address is not verified may use it although it changes something. Reading is always theirs. */
  unverified: boolean;
}

/** Anybody. */
export const everybody: Audience = { nobody: true, roles: new Set(roles), unverified: true };
/** Whoever has signed in. */
export const signedIn: Audience = { nobody: false, roles: new Set(roles), unverified: false };
/** Whoever has signed in, also before the address is verified. */
export const signedInUnverified: Audience = { ...signedIn, unverified: true };
/** No person: only services of ours. */
export const services: Audience = { nobody: false, roles: new Set(), unverified: false };
/** People of these roles. */
export function only(...named: Role[]): Audience {
  return { nobody: false, roles: new Set(named), unverified: false };
}

/** What should become of an operation: `allowed`, or the code of the refusal. */
export function expectedFor(person: Person, audience: Audience, isMutation: boolean): string {
  if (audience.nobody) return 'allowed';
  if (!person.role) return 'UNAUTHENTICATED';
  if (!audience.roles.has(person.role)) return 'FORBIDDEN';
  return isMutation && !person.isVerified && !audience.unverified ? 'EMAIL_NOT_VERIFIED' : 'allowed';
}
