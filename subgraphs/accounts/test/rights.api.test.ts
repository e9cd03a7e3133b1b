import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import type { Role } from '@tutorgraph/kit/viewer/viewer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rightsChanged } from '../src/events.js';
import { PermissionSet, RolePermissionSet, UserPermissionSet } from '../src/rights/permission-set.entity.js';
import { RightsService } from '../src/rights/rights.service.js';
import { UserPermission } from '../src/rights/user-permission.entity.js';
import { Session } from '../src/sessions/session.entity.js';
import { revokeSessionsOf } from '../src/sessions/session.repository.js';
import { User } from '../src/users/user.entity.js';
import { database } from './account-fixtures.js';

const READ = 'accounts.users.read';
const HOUR_MS = 60 * 60 * 1000;

let graph: TestGraph;

beforeAll(async () => {
  graph = await startTestGraph(['accounts']);
});

afterAll(() => graph.close());

/** Does something to rights as whoever configures them would: with the event, in one transaction. */
function change(work: (tx: EntityManager) => unknown): Promise<void> {
  return transaction(database(graph), async (tx) => {
    await work(tx);
    recordEvent(tx, rightsChanged.create({ subject: 'roles', data: {} }));
  });
}

/** Adds an exception without telling anybody. */
function exception(tx: EntityManager, person: TestPerson, isGranted: boolean, expiresAt: Date | null = null): void {
  const now = new Date();
  tx.create(UserPermission, {
    userId: person.userId,
    permission: READ,
    isGranted,
    expiresAt,
    createdAt: now,
    createdBy: person.userId,
  });
}

function permissionSet(tx: EntityManager): PermissionSet {
  const [id, now] = [newId(), new Date()];
  const described = { name: `Readers ${id}`, description: '', permissions: [READ] };
  return tx.create(PermissionSet, { id, ...described, createdAt: now, updatedAt: now });
}

/** Takes a set from everybody again; the others of this file count on the defaults. */
function remove(set: PermissionSet): Promise<void> {
  return change((tx) => tx.nativeDelete(PermissionSet, { id: set.id }));
}

function setRole(person: TestPerson, role: Role): Promise<void> {
  return change((tx) =>
    tx.nativeUpdate(User, { id: person.userId }, { role, roleChangedAt: new Date(), updatedAt: new Date() }),
  );
}

async function outcome(person: TestPerson): Promise<string> {
  const { codes } = await graph.run('accounts', '{ users(first: 1) { edges { node { id } } } }', {}, person);
  return codes[0] ?? 'allowed';
}

/** Waits until the change has come round by the bus; a test that waits in vain ends by its time limit. */
async function untilOutcome(person: TestPerson, wanted: string): Promise<void> {
  while ((await outcome(person)) !== wanted) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('exceptions for one person', () => {
  it('give a permission beyond the role, without signing in again, until they are taken back', async () => {
    const person = await graph.person('STUDENT');
    const other = await graph.person('STUDENT');
    expect(await outcome(person)).toBe('FORBIDDEN');
    await change((tx) => exception(tx, person, true));
    await untilOutcome(person, 'allowed');
    expect(await outcome(other)).toBe('FORBIDDEN');
    await change((tx) => tx.nativeDelete(UserPermission, { userId: person.userId }));
    await untilOutcome(person, 'FORBIDDEN');
  });

  it('take a permission away in spite of the role', async () => {
    const person = await graph.person('ADMIN');
    const other = await graph.person('ADMIN');
    expect(await outcome(person)).toBe('allowed');
    await change((tx) => exception(tx, person, false));
    await untilOutcome(person, 'FORBIDDEN');
    expect(await outcome(other)).toBe('allowed');
  });

  it('count for nothing once they have expired', async () => {
    const [granted, denied] = [await graph.person('STUDENT'), await graph.person('ADMIN')];
    const past = new Date(Date.now() - HOUR_MS);
    await change((tx) => {
      exception(tx, granted, true, past);
      exception(tx, denied, false, past);
    });
    await graph.rights.refresh();
    expect([await outcome(granted), await outcome(denied)]).toEqual(['FORBIDDEN', 'allowed']);
    const { userPermissions } = await new RightsService().snapshot(database(graph));
    const told = userPermissions.map(({ userId }) => userId);
    expect(told).not.toContain(granted.userId);
    expect(told).not.toContain(denied.userId);
  });

  it('come through a set, as long as it is given, and yield to a denial', async () => {
    const [person, denied, late] = [
      await graph.person('STUDENT'),
      await graph.person('STUDENT'),
      await graph.person('STUDENT'),
    ];
    const inAnHour = new Date(Date.now() + HOUR_MS);
    const expiries: [TestPerson, Date | null][] = [
      [person, inAnHour],
      [denied, null],
      [late, new Date(Date.now() - HOUR_MS)],
    ];
    let set: PermissionSet | undefined;
    await change(async (tx) => {
      set = permissionSet(tx);
      await tx.flush();
      const given = { setId: set.id, createdAt: new Date(), createdBy: person.userId };
      for (const [{ userId }, expiresAt] of expiries) tx.create(UserPermissionSet, { ...given, userId, expiresAt });
      exception(tx, denied, false);
    });
    await untilOutcome(person, 'allowed');
    expect([await outcome(denied), await outcome(late)]).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    const { userPermissions } = await new RightsService().snapshot(database(graph));
    expect(userPermissions).toContainEqual({
      userId: person.userId,
      permission: READ,
      isGranted: true,
      until: inAnHour,
    });
    if (set) await remove(set);
    await untilOutcome(person, 'FORBIDDEN');
  });
});

describe('a set that a role is given', () => {
  it('gives its permissions to everybody of the role', async () => {
    const [curator, student] = [await graph.person('CURATOR'), await graph.person('STUDENT')];
    expect(await outcome(curator)).toBe('FORBIDDEN');
    let set: PermissionSet | undefined;
    await change(async (tx) => {
      set = permissionSet(tx);
      await tx.flush();
      tx.create(RolePermissionSet, { role: 'CURATOR', setId: set.id });
    });
    await untilOutcome(curator, 'allowed');
    expect(await outcome(student)).toBe('FORBIDDEN');
    if (set) await remove(set);
    await untilOutcome(curator, 'FORBIDDEN');
  });
});

describe('a role that is changed', () => {
  it('is effective without signing in again, in both directions', async () => {
    const person = await graph.person('STUDENT');
    await setRole(person, 'ADMIN');
    await untilOutcome(person, 'allowed');
    await setRole(person, 'STUDENT');
    await untilOutcome(person, 'FORBIDDEN');
  });

  it('is told to other processes only as long as tokens may name the one before', async () => {
    const person = await graph.person('ADMIN');
    await setRole(person, 'TUTOR');
    const changesOf = async () =>
      (await new RightsService().snapshot(database(graph))).roleChanges.filter(
        ({ userId }) => userId === person.userId,
      );
    expect(await changesOf()).toMatchObject([{ role: 'TUTOR' }]);
    await database(graph).nativeUpdate(
      User,
      { id: person.userId },
      { roleChangedAt: new Date(Date.now() - HOUR_MS), updatedAt: new Date() },
    );
    expect(await changesOf()).toEqual([]);
  });
});

describe('an access token', () => {
  it('is worth nothing soon after its session was ended', async () => {
    const person = await graph.person('STUDENT');
    const now = new Date();
    const expiresAt = new Date(now.getTime() + HOUR_MS);
    await transaction(database(graph), async (tx) => {
      tx.create(Session, { id: person.sessionId, userId: person.userId, createdAt: now, lastUsedAt: now, expiresAt });
    });
    const me = () => graph.run('accounts', '{ me { id } }', {}, person);
    expect((await me()).codes).toEqual([]);
    await transaction(database(graph), (tx) => revokeSessionsOf(tx, person.userId, 'SUSPENDED'));
    while ((await me()).codes[0] !== 'UNAUTHENTICATED') await new Promise((resolve) => setTimeout(resolve, 5));
  });
});

describe('usersWithPermission', () => {
  async function staffWith(permission: string, first = 1_000, after: string | null = null): Promise<string[]> {
    const query =
      'query ($permission: String!, $first: Int!, $after: ID) { usersWithPermission(permission: $permission, first: $first, after: $after) }';
    const variables = { permission, first, after };
    const data = await graph.client.query('accounts', { query, variables }, ['usersWithPermission']);
    return data['usersWithPermission'] as string[];
  }

  it('tells our services who of staff may do something now, as rights are decided everywhere', async () => {
    const [superAdmin, admin, denied, curator, granted, student, suspended] = [
      await graph.person('SUPER_ADMIN'),
      await graph.person('ADMIN'),
      await graph.person('ADMIN'),
      await graph.person('CURATOR'),
      await graph.person('CURATOR'),
      await graph.person('STUDENT'),
      await graph.person('ADMIN'),
    ];
    await change(async (tx) => {
      exception(tx, denied, false);
      exception(tx, superAdmin, false);
      exception(tx, granted, true);
      exception(tx, student, true);
      await tx.nativeUpdate(User, { id: suspended.userId }, { suspendedAt: new Date() });
    });
    const told = await staffWith(READ);
    expect(told).toEqual(expect.arrayContaining([superAdmin.userId, admin.userId, granted.userId]));
    for (const { userId } of [denied, curator, student, suspended]) expect(told).not.toContain(userId);
    expect(told).toEqual([...told].sort());
    const [first, second] = told;
    expect(await staffWith(READ, 1)).toEqual([first]);
    expect(await staffWith(READ, 1, first)).toEqual([second]);
    expect(await staffWith('no.such')).toEqual([]);
    expect(
      (await graph.run('accounts', '{ usersWithPermission(permission: "a.b.c", first: 1) }', {}, admin)).codes,
    ).toEqual(['FORBIDDEN']);
  });
});
