import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import type { Role } from '@tutorgraph/kit/viewer/viewer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAccount, database } from './account-fixtures.js';
import { SIGN_IN } from './accounts-client.js';

let graph: TestGraph;
let count = 0;

beforeAll(async () => {
  graph = await startTestGraph(['accounts', 'messaging']);
});

afterAll(() => graph.close());

const payload = '{ user { id email role username suspendedAt emailVerified } userErrors { code field message } }';
const CREATE = `mutation ($input: CreateUserInput!) { createUser(input: $input) ${payload} }`;
const UPDATE = `mutation ($input: UpdateUserInput!) { updateUser(input: $input) ${payload} }`;
const CHANGE_ROLE = `mutation ($input: ChangeRoleInput!) { changeRole(input: $input) ${payload} }`;
const SUSPEND = `mutation ($input: SuspendUserInput!) { suspendUser(input: $input) ${payload} }`;
const RESTORE = `mutation ($input: RestoreUserInput!) { restoreUser(input: $input) ${payload} }`;
const MAILBOX = '{ developmentMailbox(first: 20) { edges { node { recipient subject text } } } }';

function newUser(role: Role, more: object = {}) {
  count += 1;
  return { email: `staff${count}@test.tutorgraph.example`, firstName: 'Olga', lastName: 'Petrova', role, ...more };
}

async function auditOf(subjectId: string): Promise<unknown[]> {
  return database(graph).execute(
    'select action, actor_id, details from accounts.audit_entries where subject_id = ? order by at, id',
    [subjectId],
  );
}

describe('opening an account for somebody', () => {
  it('makes a verified account without a password and mails its owner how to set one', async () => {
    const hr = await graph.person('HR');
    const input = newUser('TUTOR', { username: 'Olga.P', locale: 'ru' });
    const { data } = await graph.run('accounts', CREATE, { input }, hr);
    expect(data).toMatchObject({
      createUser: { user: { email: input.email, role: 'TUTOR', username: 'olga.p', emailVerified: true } },
    });
    const { createUser } = data as { createUser: { user: { id: string } } };
    expect(await auditOf(createUser.user.id)).toEqual([
      { action: 'USER_CREATED', actor_id: hr.userId, details: { role: 'TUTOR' } },
    ]);
    await expect
      .poll(async () => JSON.stringify((await graph.run('messaging', MAILBOX)).data), { timeout: 15_000 })
      .toContain(input.email);
  });

  it.each<[Role, Role, boolean]>([
    ['SUPER_ADMIN', 'SUPER_ADMIN', true],
    ['ADMIN', 'ADMIN', true],
    ['ADMIN', 'SUPER_ADMIN', false],
    ['HR', 'SUPERVISOR', true],
    ['HR', 'HR', false],
    ['HR', 'ADMIN', false],
    ['SUPERVISOR', 'STUDENT', true],
    ['SUPERVISOR', 'CURATOR', false],
    ['CURATOR', 'STUDENT', false],
    ['STUDENT', 'STUDENT', false],
  ])('as %s of the role %s: %s', async (actor, role, isAllowed) => {
    const { data, codes } = await graph.run('accounts', CREATE, { input: newUser(role) }, await graph.person(actor));
    expect(codes).toEqual(isAllowed ? [] : ['FORBIDDEN']);
    if (isAllowed) expect(data).toMatchObject({ createUser: { user: { role }, userErrors: [] } });
  });

  it('names the field when address or username are taken, whatever their case', async () => {
    const admin = await graph.person('ADMIN');
    const first = newUser('STUDENT', { username: 'taken_name' });
    await graph.run('accounts', CREATE, { input: first }, admin);
    const email = await graph.run(
      'accounts',
      CREATE,
      { input: newUser('STUDENT', { email: first.email.toUpperCase() }) },
      admin,
    );
    expect(email.data).toMatchObject({
      createUser: { user: null, userErrors: [{ code: 'EMAIL_TAKEN', field: ['input', 'email'] }] },
    });
    const username = await graph.run(
      'accounts',
      CREATE,
      { input: newUser('STUDENT', { username: 'TAKEN_name' }) },
      admin,
    );
    expect(username.data).toMatchObject({
      createUser: { user: null, userErrors: [{ code: 'USERNAME_TAKEN', field: ['input', 'username'] }] },
    });
  });

  it('opens one account when the same address is given many times at once', async () => {
    const admin = await graph.person('ADMIN');
    const input = newUser('STUDENT');
    const answers = await Promise.all(Array.from({ length: 8 }, () => graph.run('accounts', CREATE, { input }, admin)));
    const opened = answers.filter(({ data }) => (data['createUser'] as { user: object | null }).user);
    expect(opened).toHaveLength(1);
  });
});

describe('acting on an account', () => {
  const operations: [string, string, object][] = [
    ['updateUser', UPDATE, { firstName: 'Vera' }],
    ['changeRole', CHANGE_ROLE, { role: 'STUDENT' }],
    ['suspendUser', SUSPEND, { reason: 'OTHER' }],
    ['restoreUser', RESTORE, {}],
  ];

  it.each(operations)('%s is refused on oneself, on equals and on those above', async (_name, operation, more) => {
    const hr = await graph.person('HR');
    for (const target of [
      hr,
      await graph.person('HR'),
      await graph.person('ADMIN'),
      await graph.person('SUPER_ADMIN'),
    ]) {
      const { codes } = await graph.run('accounts', operation, { input: { userId: target.userId, ...more } }, hr);
      expect(codes).toEqual(['FORBIDDEN']);
      expect(await auditOf(target.userId)).toEqual([]);
    }
  });

  it.each(operations)('%s says when there is no such account', async (name, operation, more) => {
    const admin = await graph.person('ADMIN');
    for (const userId of ['018f2f6e-0000-7000-8000-000000000000', 'nonsense']) {
      const { data } = await graph.run('accounts', operation, { input: { userId, ...more } }, admin);
      expect(data).toMatchObject({ [name]: { userErrors: [{ code: 'USER_NOT_FOUND' }] } });
    }
  });

  it('tells the former address when staff gives another', async () => {
    const { id, email } = await addAccount(graph);
    const next = `next-${email}`;
    await graph.run('accounts', UPDATE, { input: { userId: id, email: next } }, await graph.person('ADMIN'));
    await expect
      .poll(async () => JSON.stringify((await graph.run('messaging', MAILBOX)).data), { timeout: 15_000 })
      .toContain(`"recipient":"${email}"`);
    expect(await auditOf(id)).toMatchObject([{ action: 'USER_UPDATED', details: { fields: ['email'] } }]);
  });

  it('does not give a role that is not below one’s own', async () => {
    const hr = await graph.person('HR');
    const { id } = await addAccount(graph);
    for (const role of ['HR', 'ADMIN', 'SUPER_ADMIN']) {
      const { codes } = await graph.run('accounts', CHANGE_ROLE, { input: { userId: id, role } }, hr);
      expect(codes).toEqual(['FORBIDDEN']);
    }
  });

  it('takes the actor for what the database says, not for what the token says', async () => {
    const hr = await graph.person('HR');
    const { id } = await addAccount(graph);
    await database(graph).execute(`update accounts.users set role = 'TUTOR' where id = ?`, [hr.userId]);
    const { codes } = await graph.run('accounts', SUSPEND, { input: { userId: id, reason: 'ABUSE' } }, hr);
    expect(codes).toEqual(['FORBIDDEN']);
  });
});

describe('changing a role', () => {
  it('takes effect without signing in again, upwards and downwards', async () => {
    const admin = await graph.person('ADMIN');
    const { id, email, password } = await addAccount(graph);
    const { data } = await graph.run('accounts', SIGN_IN, { input: { email, password } });
    const { signIn } = data as { signIn: { session: { id: string; accessToken: string } } };
    const person: TestPerson = {
      userId: id,
      sessionId: signIn.session.id,
      role: 'STUDENT',
      authorization: `Bearer ${signIn.session.accessToken}`,
    };
    const may = async () => (await graph.run('accounts', '{ users(first: 1) { edges { cursor } } }', {}, person)).codes;
    expect(await may()).toEqual(['FORBIDDEN']);
    await graph.run('accounts', CHANGE_ROLE, { input: { userId: id, role: 'SUPERVISOR' } }, admin);
    await expect.poll(may).toEqual([]);
    await graph.run('accounts', CHANGE_ROLE, { input: { userId: id, role: 'STUDENT' } }, admin);
    await expect.poll(may).toEqual(['FORBIDDEN']);
    expect(await auditOf(id)).toMatchObject([
      { action: 'SIGNED_IN' },
      { action: 'ROLE_CHANGED', actor_id: admin.userId, details: { from: 'STUDENT', to: 'SUPERVISOR' } },
      { action: 'ROLE_CHANGED', actor_id: admin.userId, details: { from: 'SUPERVISOR', to: 'STUDENT' } },
    ]);
  });
});

describe('suspending an account', () => {
  it('ends its sessions, lets nobody in, and is undone by restoring', async () => {
    const admin = await graph.person('ADMIN');
    const { id, email, password } = await addAccount(graph);
    const input = { email, password };
    await graph.run('accounts', SIGN_IN, { input });
    const suspended = await graph.run('accounts', SUSPEND, { input: { userId: id, reason: 'FRAUD' } }, admin);
    expect(suspended.data).toMatchObject({ suspendUser: { user: { suspendedAt: expect.anything() } } });
    const open = await database(graph).execute(
      'select id from accounts.sessions where user_id = ? and revoked_at is null',
      [id],
    );
    expect(open).toEqual([]);
    const refused = await graph.run('accounts', SIGN_IN, { input });
    expect(refused.data).toMatchObject({ signIn: { userErrors: [{ code: 'ACCOUNT_SUSPENDED' }] } });
    await graph.run('accounts', SUSPEND, { input: { userId: id, reason: 'FRAUD' } }, admin);
    await graph.run('accounts', RESTORE, { input: { userId: id } }, admin);
    await graph.run('accounts', RESTORE, { input: { userId: id } }, admin);
    const again = await graph.run('accounts', SIGN_IN, { input });
    expect(again.data).toMatchObject({ signIn: { user: { id }, userErrors: [] } });
    const actions = (await auditOf(id)).map((line) => (line as { action: string }).action);
    expect(actions.filter((action) => action.startsWith('USER_'))).toEqual(['USER_SUSPENDED', 'USER_RESTORED']);
  });
});
