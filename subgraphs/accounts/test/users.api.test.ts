import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, newPerson, openSession, REGISTER } from './accounts-client.js';

let graph: TestGraph;
const ME = '{ me { id displayName firstName lastName email role locale timeZone createdAt } }';
const UPDATE = `mutation ($input: UpdateProfileInput!) {
  updateProfile(input: $input) { user { displayName locale timeZone } userErrors { code field message } }
}`;
const USER =
  'query ($id: ID!) { user(id: $id) { id displayName firstName lastName email role locale timeZone createdAt } }';
const USERS = `query ($first: Int, $after: String, $filter: UserFilter) {
  users(first: $first, after: $after, filter: $filter) {
    totalCount edges { cursor node { id email } } pageInfo { hasNextPage endCursor }
  }
}`;

beforeAll(async () => {
  graph = await startTestGraph(['accounts']);
});

afterAll(() => graph.close());

describe('registering', () => {
  it('opens an account with which one can sign in', async () => {
    const session = await openSession(graph);
    const { data } = await graph.run('accounts', ME, {}, account(session));
    expect(data).toMatchObject({ me: { id: session.userId, displayName: 'Anna K.', role: 'STUDENT', locale: 'en' } });
  });

  it.each([
    ['a short password', { password: 'short' }, 'password'],
    ['a password without end', { password: 'x'.repeat(201) }, 'password'],
    ['an address that is none', { email: 'not an address' }, 'email'],
    ['a name that no database holds', { lastName: 'K\0' }, 'lastName'],
    ['an empty name', { firstName: '  ' }, 'firstName'],
    ['a name beyond all bounds', { lastName: 'x'.repeat(101) }, 'lastName'],
  ])('names the field for %s', async (_what, change, field) => {
    const { data } = await graph.run('accounts', REGISTER, { input: { ...newPerson(), ...change } });
    expect(data).toMatchObject({
      register: { accepted: null, userErrors: [{ code: 'INVALID_INPUT', field: ['input', field] }] },
    });
  });

  it('refuses to make staff', async () => {
    const { codes } = await graph.run('accounts', REGISTER, { input: { ...newPerson(), role: 'ADMIN' } });
    expect(codes).toEqual(['BAD_USER_INPUT']);
  });
});

describe('the own account', () => {
  it('is null for nobody', async () => {
    expect((await graph.run('accounts', '{ me { id } }')).data).toEqual({ me: null });
  });

  it('changes what is given and keeps the rest', async () => {
    const person = await graph.person('STUDENT', { firstName: 'Anna', lastName: 'Karenina' });
    const first = await graph.run('accounts', UPDATE, { input: { locale: 'ru', timeZone: 'Europe/Moscow' } }, person);
    expect(first.data).toEqual({
      updateProfile: { user: { displayName: 'Anna K.', locale: 'ru', timeZone: 'Europe/Moscow' }, userErrors: [] },
    });
    const again = await graph.run('accounts', UPDATE, { input: { locale: 'ru', timeZone: 'Europe/Moscow' } }, person);
    expect(again.data).toEqual(first.data);
  });

  it('names the field that cannot be as given', async () => {
    const person = await graph.person('STUDENT');
    const { data } = await graph.run('accounts', UPDATE, { input: { firstName: '' } }, person);
    expect(data).toMatchObject({
      updateProfile: { user: null, userErrors: [{ code: 'INVALID_INPUT', field: ['input', 'firstName'] }] },
    });
  });

  it('is read and not changed until the address is verified', async () => {
    const person = await graph.person('STUDENT', { verified: false });
    expect((await graph.run('accounts', '{ me { firstName } }', {}, person)).codes).toEqual([]);
    const changed = await graph.run('accounts', UPDATE, { input: { firstName: 'Ada' } }, person);
    expect(changed).toMatchObject({ data: { updateProfile: null }, codes: ['EMAIL_NOT_VERIFIED'] });
  });

  it('cannot be changed by nobody, nor with input of another shape', async () => {
    expect((await graph.run('accounts', UPDATE, { input: {} })).codes).toEqual(['UNAUTHENTICATED']);
    const person = await graph.person('STUDENT');
    expect((await graph.run('accounts', UPDATE, { input: { timeZone: 'Mars/Olympus' } }, person)).codes).toEqual([
      'BAD_USER_INPUT',
    ]);
  });
});

describe('accounts of others', () => {
  it('show the display name only, to whoever is signed in', async () => {
    const other = await graph.person('TUTOR', { firstName: 'Boris', lastName: 'Godunov' });
    const { data } = await graph.run('accounts', USER, { id: other.userId }, await graph.person('STUDENT'));
    expect(data).toEqual({
      user: {
        id: other.userId,
        displayName: 'Boris G.',
        firstName: null,
        lastName: null,
        email: null,
        role: null,
        locale: null,
        timeZone: null,
        createdAt: null,
      },
    });
  });

  it('show everything to staff who may read them', async () => {
    const other = await graph.person('TUTOR');
    const { data } = await graph.run('accounts', USER, { id: other.userId }, await graph.person('SUPERVISOR'));
    expect(data).toMatchObject({ user: { role: 'TUTOR', email: `${other.userId}@test.tutorgraph.example` } });
  });

  it('are not shown to nobody; an id that is none finds none', async () => {
    const other = await graph.person('TUTOR');
    expect((await graph.run('accounts', USER, { id: other.userId })).codes).toEqual(['UNAUTHENTICATED']);
    expect((await graph.run('accounts', USER, { id: 'x' }, other)).data).toEqual({ user: null });
  });

  it.each([
    ['SUPER_ADMIN', []],
    ['ADMIN', []],
    ['HR', []],
    ['SUPERVISOR', []],
    ['CURATOR', ['FORBIDDEN']],
    ['TUTOR', ['FORBIDDEN']],
    ['STUDENT', ['FORBIDDEN']],
  ] as const)('are listed for %s with %j', async (role, codes) => {
    expect((await graph.run('accounts', USERS, { first: 1 }, await graph.person(role))).codes).toEqual(codes);
  });

  it('are not listed for nobody', async () => {
    expect((await graph.run('accounts', USERS, {})).codes).toEqual(['UNAUTHENTICATED']);
  });

  it('come page by page, each once, the newest first', async () => {
    const admin = await graph.person('ADMIN');
    const made: string[] = [];
    for (let index = 0; index < 5; index++) made.unshift((await graph.person('HR')).userId);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await graph.run('accounts', USERS, { first: 2, after, filter: { role: 'HR' } }, admin);
      const { users } = data as { users: UsersPage };
      seen.push(...users.edges.map(({ node }) => node.id));
      after = users.pageInfo.hasNextPage ? users.pageInfo.endCursor : null;
    } while (after);
    expect(seen.slice(0, 5)).toEqual(made);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('take the same number of statements however many are listed', async () => {
    const admin = await graph.person('ADMIN');
    for (let index = 0; index < 100; index++) await graph.person('STUDENT');
    const counts: number[] = [];
    for (const first of [1, 20, 100]) {
      const { statements } = await withStatements(() => graph.run('accounts', USERS, { first }, admin));
      counts.push(statements.length);
    }
    expect(counts).toEqual([2, 2, 2]);
  });

  it('refuse a page size or cursor that is none', async () => {
    const admin = await graph.person('ADMIN');
    expect((await graph.run('accounts', USERS, { first: 101 }, admin)).codes).toEqual(['BAD_USER_INPUT']);
    expect((await graph.run('accounts', USERS, { after: 'x' }, admin)).codes).toEqual(['BAD_USER_INPUT']);
    const long = { filter: { text: 'x'.repeat(101) } };
    expect((await graph.run('accounts', USERS, long, admin)).codes).toEqual(['BAD_USER_INPUT']);
  });
});

interface UsersPage {
  edges: { node: { id: string } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}
