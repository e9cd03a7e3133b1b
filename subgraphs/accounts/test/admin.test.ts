import { PassThrough, Writable } from 'node:stream';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AdminService } from '../src/admin/admin.service.js';
import { AdminArgumentsError, readAdminArguments } from '../src/admin/admin-arguments.js';
import { askPassword } from '../src/admin/ask-password.js';
import { addAccount, database } from './account-fixtures.js';
import { SIGN_IN } from './accounts-client.js';

let graph: TestGraph;
const person = { email: 'root@test.tutorgraph.example', username: 'root', firstName: 'Rita', lastName: 'Root' };
const password = 'correct horse battery staple';

beforeAll(async () => {
  graph = await startTestGraph(['accounts']);
});

afterAll(() => graph.close());

describe('the command line', () => {
  it('is read into a command', () => {
    const text =
      'create-super-admin --email Root@Test.example --username Root --first-name Rita --last-name Root --password secret';
    expect(readAdminArguments(text.split(' '))).toEqual({
      name: 'create-super-admin',
      email: 'root@test.example',
      username: 'root',
      firstName: 'Rita',
      lastName: 'Root',
      password: 'secret',
    });
    expect(readAdminArguments(['suspend', '--email', 'a@b.example'])).toEqual({
      name: 'suspend',
      email: 'a@b.example',
    });
  });

  it.each([
    ['nothing', []],
    ['an unknown command', ['make-coffee']],
    ['a missing name', ['create-super-admin', '--email', 'a@b.example', '--username', 'abc', '--first-name', 'A']],
    ['an address that is none', ['suspend', '--email', 'nobody']],
    ['an unknown option', ['suspend', '--email', 'a@b.example', '--force']],
  ])('says how it is used for %s', (_what, args) => {
    expect(() => readAdminArguments(args)).toThrow(AdminArgumentsError);
    expect(() => readAdminArguments(args)).toThrow(/npm run admin -- create-super-admin --email/);
  });
});

describe('a super admin of the command line', () => {
  it('signs in with all rights, and is not made twice', async () => {
    const admin = new AdminService(database(graph));
    const wanted = { name: 'create-super-admin', ...person, password } as const;
    await admin.createSuperAdmin(wanted);
    const { data } = await graph.run('accounts', SIGN_IN, { input: { email: person.email, password } });
    expect(data).toMatchObject({ signIn: { user: { role: 'SUPER_ADMIN' }, userErrors: [] } });
    await expect(admin.createSuperAdmin(wanted)).rejects.toThrow('An account has this email address already');
    await expect(admin.createSuperAdmin({ ...wanted, email: 'other@test.tutorgraph.example' })).rejects.toThrow(
      'An account has this username already',
    );
  });

  it('needs a password that is not weak', async () => {
    const admin = new AdminService(database(graph));
    const wanted = { name: 'create-super-admin', ...person, password: 'short' } as const;
    await expect(admin.createSuperAdmin(wanted)).rejects.toThrow('at least 10 characters');
  });
});

describe('suspending at the command line', () => {
  it('reaches every account, super admins included, and is undone', async () => {
    const admin = new AdminService(database(graph));
    const { email, password: known } = await addAccount(graph, { role: 'SUPER_ADMIN' });
    const input = { email, password: known };
    await admin.setSuspended(email, true);
    const refused = await graph.run('accounts', SIGN_IN, { input });
    expect(refused.data).toMatchObject({ signIn: { userErrors: [{ code: 'ACCOUNT_SUSPENDED' }] } });
    await admin.setSuspended(email, false);
    const again = await graph.run('accounts', SIGN_IN, { input });
    expect(again.data).toMatchObject({ signIn: { userErrors: [] } });
    await expect(admin.setSuspended('nobody@test.tutorgraph.example', true)).rejects.toThrow('no account');
  });
});

describe('asking for a password', () => {
  function terminal(isTTY: boolean, ...lines: string[]) {
    const keyboard = Object.assign(new PassThrough(), { isTTY });
    let shown = '';
    const screen = new Writable({
      write(chunk, _encoding, done) {
        shown += String(chunk);
        if (String(chunk).endsWith(': ')) setImmediate(() => keyboard.write(`${lines.shift()}\r`));
        done();
      },
    });
    return { keyboard, screen, shown: () => shown };
  }

  it('asks twice and shows nothing of it', async () => {
    const { keyboard, screen, shown } = terminal(true, password, password);
    expect(await askPassword(keyboard, screen)).toBe(password);
    expect(shown()).toBe('Password (at least 10 characters): \nOnce more: \n');
  });

  it('is refused when the two differ', async () => {
    const { keyboard, screen } = terminal(true, password, 'something else');
    await expect(askPassword(keyboard, screen)).rejects.toThrow('differ');
  });

  it('is refused without a terminal, and says what to do', async () => {
    const { keyboard, screen } = terminal(false);
    await expect(askPassword(keyboard, screen)).rejects.toThrow('give it with --password');
  });
});
