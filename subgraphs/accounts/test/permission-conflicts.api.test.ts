import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserPermissionSet } from '../src/rights/permission-set.entity.js';
import { UserPermission } from '../src/rights/user-permission.entity.js';
import { database } from './account-fixtures.js';
import { configure, newSet } from './permissions-client.js';
import { work } from './privacy-client.js';

const READ = 'accounts.users.read';
const MANAGE = 'accounts.permissions.manage';

let graph: TestGraph;
let root: TestPerson;
let other: TestPerson;

beforeAll(async () => {
  graph = await startTestGraph(['accounts']);
  root = await graph.person('SUPER_ADMIN');
  other = await graph.person('SUPER_ADMIN');
});

afterAll(() => graph.close());

/** Changes an account without telling anybody, as if the news were still on its way. */
function silently(person: TestPerson, change: string): Promise<unknown> {
  return database(graph).execute(`update accounts.users set ${change} where id = ?`, [person.userId]);
}

describe('whoever configures rights', () => {
  it.each([
    ['has just lost the role', `role = 'STUDENT'`, 'FORBIDDEN'],
    ['has just been suspended', 'suspended_at = now()', 'UNAUTHENTICATED'],
  ])('and %s is refused before the news arrives', async (_what, change, code) => {
    const former = await graph.person('SUPER_ADMIN');
    const { userId } = await graph.person('STUDENT');
    const id = await newSet(graph, root, []);
    await silently(former, change);
    const answers = [
      await configure(graph, former, 'grantUserPermission', { userId, permission: READ }),
      await configure(graph, former, 'clearUserPermissionSet', { userId, permissionSetId: id }),
      await configure(graph, former, 'setRolePermissions', { role: 'HR', permissions: [READ] }),
      await configure(graph, former, 'createPermissionSet', { name: `By ${userId}`, description: '', permissions: [] }),
      await configure(graph, former, 'updatePermissionSet', { id, permissions: [READ] }),
      await configure(graph, former, 'deletePermissionSet', { id }),
    ];
    expect(answers.map(({ codes }) => codes)).toEqual(answers.map(() => [code]));
  });
});

describe('exceptions from before somebody became a super admin', () => {
  it('can be forgotten, so that none comes back when they are one no longer', async () => {
    const person = await graph.person('ADMIN');
    const { userId } = person;
    const permissionSetId = await newSet(graph, root, [READ]);
    await configure(graph, root, 'denyUserPermission', { userId, permission: READ });
    await configure(graph, root, 'grantUserPermissionSet', { userId, permissionSetId });
    await silently(person, `role = 'SUPER_ADMIN'`);
    const again = await configure(graph, root, 'denyUserPermission', { userId, permission: READ });
    expect(again.refused).toEqual(['SUPER_ADMIN_UNCHANGEABLE']);
    await configure(graph, root, 'clearUserPermission', { userId, permission: READ });
    const cleared = await configure(graph, root, 'clearUserPermissionSet', { userId, permissionSetId });
    expect(cleared.payload['userPermissions']).toEqual({ exceptions: [], permissionSets: [] });
  });
});

describe('what a role has', () => {
  it('can be set as it was read, whatever the tables hold', async () => {
    await database(graph).execute(
      `insert into accounts.role_permissions (role, permission)
       values ('SUPERVISOR', 'accounts.former.permission'), ('SUPERVISOR', '${MANAGE}')`,
    );
    const query = '{ rolePermissions(role: SUPERVISOR) { permissions effectivePermissions } }';
    const { data } = await graph.run('accounts', query, {}, root);
    const { rolePermissions } = data as Record<string, { permissions: string[]; effectivePermissions: string[] }>;
    expect(rolePermissions?.effectivePermissions).not.toContain(MANAGE);
    const input = { role: 'SUPERVISOR', permissions: rolePermissions?.permissions };
    expect((await configure(graph, root, 'setRolePermissions', input)).refused).toEqual([]);
  });

  it('is told in one error when there is too much of it', async () => {
    const permissions = Array.from({ length: 501 }, (_, index) => `accounts.unknown.${index}`);
    const { payload } = await configure(graph, root, 'setRolePermissions', { role: 'HR', permissions });
    expect(payload.userErrors).toEqual([{ code: 'INVALID_INPUT', field: ['input', 'permissions'] }]);
  });
});

describe('text that the database cannot hold', () => {
  it('is refused, and no fault', async () => {
    const set = { name: 'a\0b', description: 'c\0d', permissions: [] };
    const { payload } = await configure(graph, root, 'createPermissionSet', set);
    expect(payload.userErrors?.map(({ field }) => field)).toEqual([
      ['input', 'name'],
      ['input', 'description'],
    ]);
    const { userId } = await graph.person('STUDENT');
    expect(await configure(graph, root, 'clearUserPermission', { userId, permission: 'a\0b' })).toMatchObject({
      refused: [],
      codes: [],
    });
  });
});

describe('exceptions that have ended', () => {
  it('are removed by the job, and no others', async () => {
    const [past, future] = [new Date(Date.now() - 1_000), new Date(Date.now() + 60 * 60_000)];
    const setId = await newSet(graph, root, [READ]);
    const made = { createdAt: past, createdBy: root.userId };
    for (const expiresAt of [past, future, null]) {
      const { userId } = await graph.person('STUDENT');
      const em = database(graph);
      await em.insert(UserPermission, { userId, permission: READ, isGranted: true, expiresAt, ...made });
      await em.insert(UserPermissionSet, { userId, setId, expiresAt, ...made });
    }
    await work(graph, 'purge-permissions');
    const ofThis = { orderBy: { expiresAt: 'asc nulls last' } } as const;
    const ends = [{ expiresAt: future }, { expiresAt: null }];
    expect(await database(graph).find(UserPermission, { createdAt: past }, ofThis)).toMatchObject(ends);
    expect(await database(graph).find(UserPermissionSet, { setId }, ofThis)).toMatchObject(ends);
  });
});

describe.runIf(isRealPostgres)('two super admins at once (runs when DATABASE_URL is set)', () => {
  const ROUNDS = Array.from({ length: 10 }, (_, round) => round);

  it('give a name once', async () => {
    for (const round of ROUNDS) {
      const names = [`Race ${round}`, `RACE ${round}`, `race ${round}`];
      const made = await Promise.all(
        names.map((name, index) => {
          const input = { name, description: '', permissions: [] };
          return configure(graph, index % 2 ? root : other, 'createPermissionSet', input);
        }),
      );
      const refused = made.flatMap((answer) => [...answer.codes, ...answer.refused]);
      expect(refused).toEqual(['PERMISSION_SET_NAME_TAKEN', 'PERMISSION_SET_NAME_TAKEN']);
    }
  });

  it('leave one exception of the two that they make', async () => {
    for (const _ of ROUNDS) {
      const { userId } = await graph.person('STUDENT');
      const input = { userId, permission: READ };
      const made = await Promise.all([
        configure(graph, root, 'grantUserPermission', input),
        configure(graph, other, 'denyUserPermission', input),
        configure(graph, root, 'clearUserPermission', input),
        configure(graph, other, 'grantUserPermission', input),
      ]);
      expect(made.flatMap(({ codes, refused }) => [...codes, ...refused])).toEqual([]);
      expect(await database(graph).count(UserPermission, { userId })).toBeLessThanOrEqual(1);
    }
  });

  it('delete a set while it is given, changed and deleted, without a fault', async () => {
    const { userId } = await graph.person('STUDENT');
    for (const _ of ROUNDS) {
      const [id, second] = [await newSet(graph, root, [READ]), await newSet(graph, root, [READ])];
      const role = { role: 'CURATOR', permissions: [] };
      const made = await Promise.all([
        configure(graph, root, 'deletePermissionSet', { id }),
        configure(graph, other, 'grantUserPermissionSet', { userId, permissionSetId: id }),
        configure(graph, root, 'setRolePermissions', { ...role, permissionSetIds: [second, id] }),
        configure(graph, other, 'setRolePermissions', { ...role, permissionSetIds: [id, second] }),
        configure(graph, root, 'updatePermissionSet', { id, permissions: [] }),
        configure(graph, other, 'deletePermissionSet', { id: second }),
      ]);
      expect(made.flatMap(({ codes }) => codes)).toEqual([]);
      const refused = new Set(made.flatMap((answer) => answer.refused));
      refused.delete('PERMISSION_SET_NOT_FOUND');
      expect([...refused]).toEqual([]);
    }
  });
});
