import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { database } from './account-fixtures.js';
import { type Configuration, configure as configureAs, newSet } from './permissions-client.js';

const READ = 'accounts.users.read';
const MANAGE = 'accounts.permissions.manage';

let graph: TestGraph;
let root: TestPerson;

beforeAll(async () => {
  graph = await startTestGraph(['accounts']);
});

beforeEach(async () => {
  root = await graph.person('SUPER_ADMIN');
});

afterAll(() => graph.close());

function configure(name: Configuration, input: object, by: TestPerson = root) {
  return configureAs(graph, by, name, input);
}

async function may(person: TestPerson): Promise<boolean> {
  return (await graph.run('accounts', '{ users(first: 1) { edges { cursor } } }', {}, person)).codes.length === 0;
}

async function run(query: string, person: TestPerson = root) {
  return (await graph.run('accounts', query, {}, person)).data;
}

describe('the catalogue', () => {
  it('lists every permission with what it allows, page by page', async () => {
    const data = await run('{ permissions(first: 2) { totalCount edges { node { name description defaultRoles } } } }');
    const { permissions } = data as { permissions: { totalCount: number; edges: { node: { description: string } }[] } };
    expect(permissions.totalCount).toBeGreaterThan(10);
    expect(permissions.edges).toHaveLength(2);
    expect(permissions.edges.every(({ node }) => node.description.length > 0)).toBe(true);
  });
});

describe('permissions of a role', () => {
  it('take the place of what it had, within seconds and without signing in again', async () => {
    const curator = await graph.person('CURATOR');
    expect(await may(curator)).toBe(false);
    const before = await run('{ rolePermissions(role: CURATOR) { permissions } }');
    const { permissions } = (before as { rolePermissions: { permissions: string[] } }).rolePermissions;
    const set = await configure('setRolePermissions', { role: 'CURATOR', permissions: [...permissions, READ] });
    expect(set.payload['rolePermissions']).toMatchObject({ effectivePermissions: [...permissions, READ].sort() });
    await expect.poll(() => may(curator)).toBe(true);
    await configure('setRolePermissions', { role: 'CURATOR', permissions });
    await expect.poll(() => may(curator)).toBe(false);
  });

  it('follow the sets that it has, also when a set changes or goes', async () => {
    const curator = await graph.person('CURATOR');
    const id = await newSet(graph, root, [READ]);
    await configure('setRolePermissions', { role: 'CURATOR', permissions: [], permissionSetIds: [id] });
    await expect.poll(() => may(curator)).toBe(true);
    await configure('updatePermissionSet', { id, permissions: [] });
    await expect.poll(() => may(curator)).toBe(false);
    await configure('updatePermissionSet', { id, permissions: [READ] });
    await expect.poll(() => may(curator)).toBe(true);
    await configure('deletePermissionSet', { id });
    await expect.poll(() => may(curator)).toBe(false);
  });

  it('are those of one of two who set them at once, and not a mixture', async () => {
    const sets = [[READ], ['accounts.audit.read', 'accounts.metrics.read']];
    for (let round = 0; round < 5; round += 1) {
      await Promise.all(sets.map((permissions) => configure('setRolePermissions', { role: 'HR', permissions })));
      const data = await run('{ rolePermissions(role: HR) { permissions } }');
      expect(sets).toContainEqual((data as { rolePermissions: { permissions: string[] } }).rolePermissions.permissions);
    }
  });

  it('are refused for super admins, for unknown names and for the one that is never given', async () => {
    expect((await configure('setRolePermissions', { role: 'SUPER_ADMIN', permissions: [] })).refused).toEqual([
      'SUPER_ADMIN_UNCHANGEABLE',
    ]);
    const wrong = await configure('setRolePermissions', { role: 'HR', permissions: [READ, 'accounts.all.do', MANAGE] });
    expect(wrong.payload.userErrors).toEqual([
      { code: 'PERMISSION_UNKNOWN', field: ['input', 'permissions', '1'] },
      { code: 'PERMISSION_NOT_GRANTABLE', field: ['input', 'permissions', '2'] },
    ]);
    const missing = { role: 'HR', permissions: [], permissionSetIds: ['018f2f6e-0000-7000-8000-000000000000'] };
    expect((await configure('setRolePermissions', missing)).refused).toEqual(['PERMISSION_SET_NOT_FOUND']);
  });

  it('never hold the one that is never given, whatever the tables say', async () => {
    const admin = await graph.person('ADMIN');
    await database(graph).execute(
      `insert into accounts.role_permissions (role, permission) values ('ADMIN', ?) on conflict do nothing`,
      [MANAGE],
    );
    await graph.rights.refresh();
    expect(
      (await configure('createPermissionSet', { name: 'x', description: '', permissions: [] }, admin)).codes,
    ).toEqual(['FORBIDDEN']);
  });
});

describe('a permission set', () => {
  it('has a name of its own, whatever the case', async () => {
    await configure('createPermissionSet', { name: 'Support desk', description: '', permissions: [] });
    const again = await configure('createPermissionSet', { name: 'SUPPORT desk', description: '', permissions: [] });
    expect(again.refused).toEqual(['PERMISSION_SET_NAME_TAKEN']);
  });

  it('that is not there is told', async () => {
    for (const id of ['018f2f6e-0000-7000-8000-000000000000', 'nonsense']) {
      expect((await configure('updatePermissionSet', { id, name: 'x' })).refused).toEqual(['PERMISSION_SET_NOT_FOUND']);
      expect((await configure('deletePermissionSet', { id })).refused).toEqual(['PERMISSION_SET_NOT_FOUND']);
    }
  });
});

describe('an exception for one person', () => {
  it('gives, takes away in spite of the role, and is forgotten again', async () => {
    const [student, supervisor] = [await graph.person('STUDENT'), await graph.person('SUPERVISOR')];
    await configure('grantUserPermission', { userId: student.userId, permission: READ });
    await expect.poll(() => may(student)).toBe(true);
    await configure('denyUserPermission', { userId: student.userId, permission: READ });
    await expect.poll(() => may(student)).toBe(false);
    expect(await may(supervisor)).toBe(true);
    await configure('denyUserPermission', { userId: supervisor.userId, permission: READ });
    await expect.poll(() => may(supervisor)).toBe(false);
    await configure('clearUserPermission', { userId: supervisor.userId, permission: READ });
    await configure('clearUserPermission', { userId: supervisor.userId, permission: READ });
    await expect.poll(() => may(supervisor)).toBe(true);
  });

  it('may be a set, for a while', async () => {
    const student = await graph.person('STUDENT');
    const permissionSetId = await newSet(graph, root, [READ]);
    const expiresAt = new Date(Date.now() + 60 * 60_000).toISOString();
    await configure('grantUserPermissionSet', { userId: student.userId, permissionSetId, expiresAt });
    await expect.poll(() => may(student)).toBe(true);
    await database(graph).execute('update accounts.user_permission_sets set expires_at = now() where user_id = ?', [
      student.userId,
    ]);
    await graph.rights.refresh();
    expect(await may(student)).toBe(false);
    await configure('grantUserPermissionSet', { userId: student.userId, permissionSetId });
    await expect.poll(() => may(student)).toBe(true);
    const cleared = await configure('clearUserPermissionSet', { userId: student.userId, permissionSetId });
    expect(cleared.payload['userPermissions']).toEqual({ exceptions: [], permissionSets: [] });
    await expect.poll(() => may(student)).toBe(false);
  });

  it('is refused for oneself, for super admins, for nobody and for the past', async () => {
    const other = await graph.person('SUPER_ADMIN');
    const student = await graph.person('STUDENT');
    const of = (userId: string, more: object = {}) => ({ userId, permission: READ, ...more });
    expect((await configure('denyUserPermission', of(root.userId))).codes).toEqual(['FORBIDDEN']);
    expect((await configure('denyUserPermission', of(other.userId))).refused).toEqual(['SUPER_ADMIN_UNCHANGEABLE']);
    expect((await configure('grantUserPermission', of('nonsense'))).refused).toEqual(['USER_NOT_FOUND']);
    const past = of(student.userId, { expiresAt: '2001-01-01T00:00:00Z' });
    expect((await configure('grantUserPermission', past)).refused).toEqual(['INVALID_INPUT']);
    const all = of(student.userId, { permission: MANAGE });
    expect((await configure('grantUserPermission', all)).refused).toEqual(['PERMISSION_NOT_GRANTABLE']);
  });

  it('is in the audit log with who made it', async () => {
    const student = await graph.person('STUDENT');
    await configure('grantUserPermission', { userId: student.userId, permission: READ });
    const query = `{ auditLog(first: 5, filter: { subjectId: "${student.userId}" }) {
      edges { node { action actor { id } subject { id } details { key value } } } } }`;
    expect(await run(query)).toEqual({
      auditLog: {
        edges: [
          {
            node: {
              action: 'USER_PERMISSION_GRANTED',
              actor: { id: root.userId },
              subject: { id: student.userId },
              details: [{ key: 'permission', value: READ }],
            },
          },
        ],
      },
    });
  });
});
