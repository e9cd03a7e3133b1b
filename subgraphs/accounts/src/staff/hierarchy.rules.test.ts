import { type Role, roles } from '@tutorgraph/kit/viewer/viewer';
import { describe, expect, it } from 'vitest';
import { mayManage, mayOpen } from './hierarchy.rules.js';

/** For each role in the order of `roles`: does it act on …? */
const acts: Record<Role, string> = {
  SUPER_ADMIN: '-xxxxxx',
  ADMIN: '--xxxxx',
  HR: '---xxxx',
  SUPERVISOR: '-----xx',
  CURATOR: '-------',
  TUTOR: '-------',
  STUDENT: '-------',
};

describe('the hierarchy', () => {
  it.each(roles)('of %s', (actor) => {
    expect(roles.map((target) => (mayManage(actor, target) ? 'x' : '-')).join('')).toBe(acts[actor]);
  });

  it('lets nobody act on an equal or higher role', () => {
    const above = roles.flatMap((actor, rank) => roles.slice(0, rank + 1).filter((target) => mayManage(actor, target)));
    expect(above).toEqual([]);
  });

  it('lets super admins and admins open accounts of their own kind, and nobody else', () => {
    expect(roles.filter((role) => mayOpen(role, role))).toEqual(['SUPER_ADMIN', 'ADMIN']);
  });

  it('lets nobody open an account that is above their own', () => {
    const above = roles.flatMap((actor, rank) => roles.slice(0, rank).filter((target) => mayOpen(actor, target)));
    expect(above).toEqual([]);
  });
});
