import { describe, expect, it } from 'vitest';
import { newId } from '../database/id.js';
import { RightsCopy } from './rights-copy.js';
import { emptySnapshot, type RightsSnapshot } from './rights-snapshot.js';
import type { Role, UserViewer } from './viewer.js';

const NOW = new Date('2026-11-21T10:00:00Z');
const SOON = new Date('2026-11-21T10:05:00Z');
const SIGNED_AT = NOW.getTime() / 1000 - 300;

function viewer(role: Role): UserViewer {
  return {
    kind: 'user',
    userId: newId(),
    sessionId: newId(),
    role,
    isVerified: true,
    locale: undefined,
    issuedAt: SIGNED_AT,
    expiresAt: SIGNED_AT + 900,
  };
}

function copyOf(snapshot: Partial<RightsSnapshot>): RightsCopy {
  return new RightsCopy({ ...emptySnapshot, roles: [{ role: 'TUTOR', permissions: ['a.b.own'] }], ...snapshot });
}

describe('exceptions for one person', () => {
  const tutor = viewer('TUTOR');
  const exception = (permission: string, isGranted: boolean, until: Date | null = null) => {
    return { userId: tutor.userId, permission, isGranted, until };
  };

  it('give what the role has not, to that person only', () => {
    const copy = copyOf({ userPermissions: [exception('a.b.more', true)] });
    expect(copy.sourceOf(tutor, 'a.b.more', NOW)).toBe('grant');
    expect(copy.sourceOf(tutor, 'a.b.own', NOW)).toBe('role');
    expect(copy.sourceOf(viewer('TUTOR'), 'a.b.more', NOW)).toBeUndefined();
  });

  it('take away what the role has', () => {
    const copy = copyOf({ userPermissions: [exception('a.b.own', false)] });
    expect(copy.sourceOf(tutor, 'a.b.own', NOW)).toBeUndefined();
    expect(copy.sourceOf(viewer('TUTOR'), 'a.b.own', NOW)).toBe('role');
  });

  it('take away what another exception gives, in whatever order they come', () => {
    const both = [exception('a.b.more', true), exception('a.b.more', false)];
    for (const userPermissions of [both, both.toReversed()]) {
      expect(copyOf({ userPermissions }).sourceOf(tutor, 'a.b.more', NOW)).toBeUndefined();
    }
  });

  it('end at their moment, without a new snapshot', () => {
    const copy = copyOf({ userPermissions: [exception('a.b.more', true, SOON), exception('a.b.own', false, SOON)] });
    const justBefore = new Date(SOON.getTime() - 1);
    expect(copy.sourceOf(tutor, 'a.b.more', justBefore)).toBe('grant');
    expect(copy.sourceOf(tutor, 'a.b.own', justBefore)).toBeUndefined();
    expect(copy.sourceOf(tutor, 'a.b.more', SOON)).toBeUndefined();
    expect(copy.sourceOf(tutor, 'a.b.own', SOON)).toBe('role');
  });

  it('last as long as the longest of several grants', () => {
    const copy = copyOf({ userPermissions: [exception('a.b.more', true, SOON), exception('a.b.more', true)] });
    expect(copy.sourceOf(tutor, 'a.b.more', SOON)).toBe('grant');
  });

  it('do not touch SUPER_ADMIN, who has every permission', () => {
    const top = viewer('SUPER_ADMIN');
    const copy = copyOf({
      userPermissions: [{ userId: top.userId, permission: 'a.b.own', isGranted: false, until: null }],
    });
    expect(copy.sourceOf(top, 'a.b.own', NOW)).toBe('role');
    expect(copy.sourceOf(top, 'no.role.has', NOW)).toBe('role');
  });
});

describe('a role that was changed', () => {
  const changedAt = (secondsAfterSigning: number) => new Date((SIGNED_AT + secondsAfterSigning) * 1000);
  const copyFor = ({ userId }: UserViewer, seconds: number) =>
    copyOf({ roleChanges: [{ userId, role: 'STUDENT', changedAt: changedAt(seconds) }] });

  it('replaces that of a token from before', () => {
    const admin = viewer('ADMIN');
    expect(copyFor(admin, 120).roleOf(admin)).toBe('STUDENT');
    expect(copyFor(viewer('ADMIN'), 120).roleOf(admin)).toBe('ADMIN');
  });

  it('replaces that of a token which was signed by a clock that is ahead', () => {
    const admin = viewer('ADMIN');
    expect(copyFor(admin, -30).roleOf(admin)).toBe('STUDENT');
  });

  it('leaves a token alone that was signed after it: the copy may be the older of the two', () => {
    const admin = viewer('ADMIN');
    expect(copyFor(admin, -120).roleOf(admin)).toBe('ADMIN');
  });
});

describe('the digest of rights', () => {
  const tutor = viewer('TUTOR');
  const grant = { userId: tutor.userId, permission: 'a.b.more', isGranted: true, until: SOON };
  const plain = copyOf({}).digestOf(tutor, NOW);

  it('is equal for equal rights, in whatever order they are told', () => {
    const roles: RightsSnapshot['roles'] = [{ role: 'TUTOR', permissions: ['b', 'a'] }];
    const reversed: RightsSnapshot['roles'] = [{ role: 'TUTOR', permissions: ['a', 'b'] }];
    expect(copyOf({ roles }).digestOf(tutor, NOW)).toBe(copyOf({ roles: reversed }).digestOf(tutor, NOW));
    expect(copyOf({ userPermissions: [{ ...grant, userId: newId() }] }).digestOf(tutor, NOW)).toBe(plain);
  });

  it('is another when the role, its permissions or an exception is', () => {
    const others = [
      copyOf({ roles: [{ role: 'TUTOR', permissions: ['a.b.own', 'a.b.more'] }] }),
      copyOf({ roleChanges: [{ userId: tutor.userId, role: 'STUDENT', changedAt: NOW }] }),
      copyOf({ userPermissions: [grant] }),
      copyOf({ userPermissions: [{ ...grant, isGranted: false }] }),
    ].map((copy) => copy.digestOf(tutor, NOW));
    expect(new Set([plain, ...others]).size).toBe(5);
  });

  it('is another again when an exception has ended', () => {
    expect(copyOf({ userPermissions: [grant] }).digestOf(tutor, SOON)).toBe(plain);
  });
});
