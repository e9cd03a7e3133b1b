import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { Outbox } from '@tutorgraph/kit/events/outbox.entity';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditKey } from '../src/audit/audit-entry.entity.js';
import { PendingNotice } from '../src/notices/pending-notice.entity.js';
import { User } from '../src/users/user.entity.js';
import { addAccount, database, PASSWORD, runAs } from './account-fixtures.js';
import { newPerson, REFRESH, REGISTER, SIGN_IN } from './accounts-client.js';
import {
  type Answer,
  ask,
  codeIn,
  codesOf,
  codeTo,
  elsewhere,
  jobsDone,
  messagesTo,
  VERIFY_EMAIL,
} from './codes-client.js';

let graph: TestGraph;
const UPDATE = `mutation { updateProfile(input: { firstName: "Ada" }) { user { firstName } userErrors { code } } }`;
const ME = '{ me { id email emailVerified phone username } }';

beforeAll(async () => {
  graph = await startTestGraph(['accounts', 'messaging']);
});

afterAll(() => graph.close());

interface Session {
  authorization: string;
  userId: string;
  refreshToken: string;
}

async function signIn({ email, password }: { email: string; password: string }): Promise<Session | null> {
  const { data } = await runAs(graph, elsewhere(), SIGN_IN, { input: { email, password } });
  const { session, user } = (data as { signIn: { session: Issued | null; user: { id: string } | null } }).signIn;
  return session && sessionOf(session, user?.id ?? '');
}

interface Issued {
  accessToken: string;
  refreshToken: string;
}

function sessionOf({ accessToken, refreshToken }: Issued, userId: string): Session {
  return { authorization: `Bearer ${accessToken}`, refreshToken, userId };
}

async function refresh(session: Session): Promise<Session | null> {
  const { data } = await runAs(graph, elsewhere(), REFRESH, { input: { refreshToken: session.refreshToken } });
  const issued = (data as { refreshSession: { session: Issued | null } }).refreshSession.session;
  return issued && sessionOf(issued, session.userId);
}

function register(input: object): Promise<Answer> {
  return ask(graph, REGISTER, input);
}

function accountsOf(email: string): Promise<User[]> {
  return database(graph).find(User, { email }, { orderBy: { createdAt: 'asc' } });
}

async function eventsAbout(subject: string): Promise<string[]> {
  const rows = await database(graph).find(Outbox, {}, { orderBy: { sequence: 'asc' } });
  return rows.filter(({ event }) => event.subject === subject).map(({ event }) => event.type.split('.').at(-2) ?? '');
}

describe('a new account', () => {
  it('reads and nothing more until the code from the mail is entered and the session refreshed', async () => {
    const person = newPerson();
    expect(await register(person)).toEqual({ accepted: true, userErrors: [] });
    const session = await signIn(person);
    if (!session) expect.fail('nobody was signed in');
    const me = await runAs(graph, session, ME);
    expect(me.data).toEqual({
      me: { id: session.userId, email: person.email, emailVerified: false, phone: null, username: null },
    });
    expect((await runAs(graph, session, UPDATE)).codes).toEqual(['EMAIL_NOT_VERIFIED']);

    const code = await codeTo(graph, person.email);
    const verified = await ask(graph, VERIFY_EMAIL, { code }, session);
    expect(verified).toMatchObject({ user: { email: person.email, emailVerified: true }, userErrors: [] });
    const refreshed = await refresh(session);
    const changed = await runAs(graph, refreshed ?? {}, UPDATE);
    expect(changed).toMatchObject({ data: { updateProfile: { user: { firstName: 'Ada' } } }, codes: [] });
    expect(await eventsAbout(session.userId)).toEqual(['registered', 'requested', 'verified', 'updated']);
  });

  it('gets its mail in the language that was chosen, without the name that was filled in', async () => {
    const person = { ...newPerson(), firstName: 'Win a prize at evil.example', locale: 'ru' };
    await register(person);
    const [mail] = await messagesTo(graph, person.email, 1);
    expect(mail).toMatchObject({ subject: 'Ваш код для Tutorgraph', text: expect.stringMatching(/^\d{4}$/m) });
    expect(mail?.text).not.toContain('evil');
    expect(mail?.text).toContain('10 минут');
  });
});

describe('registering an address that waits to be proven', () => {
  it('replaces the older account, whose sessions end', async () => {
    const person = newPerson();
    await register(person);
    const older = await signIn(person);
    await register({ ...person, password: 'the password of the newer', firstName: 'Nora' });
    const accounts = await accountsOf(person.email);
    expect(accounts).toMatchObject([{ firstName: 'Nora', emailVerifiedAt: null }]);
    expect(await signIn(person)).toBeNull();
    expect(await signIn({ ...person, password: 'the password of the newer' })).not.toBeNull();
    expect(older && (await refresh(older))).toBeNull();
    await graph.rights.refresh();
    expect((await runAs(graph, older ?? {}, ME)).codes).toEqual(['UNAUTHENTICATED']);
    const former = await database(graph).findOneOrFail(User, { id: older?.userId ?? '' });
    expect(former).toMatchObject({ email: null, passwordHash: null, firstName: '', lastName: '' });
    expect(await eventsAbout(older?.userId ?? '')).toEqual(['registered', 'requested', 'removed']);
    expect(await database(graph).count(AuditKey, { userId: older?.userId ?? '' })).toBe(0);
  });

  it('makes the older code worth nothing', async () => {
    const person = newPerson();
    await register(person);
    const former = await codeTo(graph, person.email);
    await register(person);
    const session = await signIn(person);
    // What was kept of the older account goes with it.
    await jobsDone(graph);
    const code = await codeTo(graph, person.email);
    if (former !== code)
      expect(codesOf(await ask(graph, VERIFY_EMAIL, { code: former }, session ?? {}))).toEqual(['INVALID_CODE']);
    expect(codesOf(await ask(graph, VERIFY_EMAIL, { code }, session ?? {}))).toEqual([]);
  });

  it('leaves one account, however many do it at once', async () => {
    const person = newPerson();
    const passwords = ['a first long password', 'a second long password', 'a third long password'];
    const answers = await Promise.all(passwords.map((password) => register({ ...person, password })));
    expect(answers).toEqual(answers.map(() => ({ accepted: true, userErrors: [] })));
    expect(await accountsOf(person.email)).toHaveLength(1);
    const sessions = await Promise.all(passwords.map((password) => signIn({ ...person, password })));
    expect(sessions.filter(Boolean)).toHaveLength(1);
    await jobsDone(graph);
    const session = sessions.find(Boolean) ?? {};
    const outcomes: string[][] = [];
    for (const { text } of await messagesTo(graph, person.email, 1)) {
      outcomes.push(codesOf(await ask(graph, VERIFY_EMAIL, { code: codeIn(text) }, session)));
    }
    expect(outcomes.filter((refused) => refused.length === 0)).toHaveLength(1);
  });
});

describe('registering an address that has an owner', () => {
  it('tells the owner by mail, in their language, and nobody else', async () => {
    const owner = await addAccount(graph);
    await database(graph).nativeUpdate(User, { id: owner.id }, { locale: 'ru' });
    const stranger = { ...newPerson(), email: owner.email, password: 'the password of a stranger' };
    expect(await register(stranger)).toEqual({ accepted: true, userErrors: [] });
    const mails = await messagesTo(graph, owner.email, 1);
    expect(mails).toMatchObject([{ subject: 'У вас уже есть учётная запись на Tutorgraph', userId: owner.id }]);
    expect(mails[0]?.text).not.toMatch(/\d{4}/);
    await jobsDone(graph);
    expect(await database(graph).count(PendingNotice, { userId: owner.id })).toBe(0);
    expect(await messagesTo(graph, owner.email, 1)).toHaveLength(1);
    expect(await eventsAbout(owner.id)).toEqual(['requested']);
    expect((await signIn({ email: owner.email, password: PASSWORD }))?.userId).toBe(owner.id);
  });

  it('makes an account that can never be proven, and answers as if it could', async () => {
    const owner = await addAccount(graph);
    const stranger = { ...newPerson(), email: owner.email, password: 'the password of a stranger' };
    await register(stranger);
    const session = await signIn(stranger);
    const answers: string[][] = [];
    for (let index = 0; index < 6; index++) {
      answers.push(codesOf(await ask(graph, VERIFY_EMAIL, { code: `000${index}` }, session ?? {})));
    }
    expect(answers).toEqual([...Array.from({ length: 5 }, () => ['INVALID_CODE']), ['CODE_SPENT']]);
    expect((await runAs(graph, session ?? {}, UPDATE)).codes).toEqual(['EMAIL_NOT_VERIFIED']);
  });
});

describe('what registering takes', () => {
  it('is the same number of statements whether the address is new, waits to be proven, has an owner, or both', async () => {
    const waiting = await addAccount(graph, { emailVerifiedAt: null });
    const owned = await addAccount(graph);
    const both = await addAccount(graph);
    await addAccount(graph, { email: both.email, emailVerifiedAt: null });
    await register(newPerson());
    const counts: number[] = [];
    for (const email of [newPerson().email, waiting.email, owned.email, both.email]) {
      const { result, statements } = await withStatements(() => register({ ...newPerson(), email }));
      expect(result).toEqual({ accepted: true, userErrors: [] });
      counts.push(statements.length);
    }
    expect(new Set(counts).size).toBe(1);
  });

  it('is limited by address, alike for those that are known', async () => {
    const owned = await addAccount(graph);
    const person = newPerson();
    for (const email of [owned.email, person.email]) {
      for (let index = 0; index < 5; index++) await register({ ...person, email });
      const refused = await runAs(graph, elsewhere(), REGISTER, { input: { ...person, email } });
      expect(refused.codes).toEqual(['RATE_LIMITED']);
      expect(refused.errors?.[0]?.extensions['retryAfter']).toBeGreaterThan(3_000);
    }
  });
});

describe('a password at registration', () => {
  it.each([
    ['that many people use', 'Password123', 'en', 'Many people use this password'],
    ['that many people use', 'qwerty12345', 'ru', 'Такой пароль у многих'],
    ['that follows the keyboard', 'qwertyuiop[]asdfghjkl', 'en', 'follows the keyboard'],
    ["that is the person's name", 'AnnaKarenina1', 'en', 'your name or address'],
  ])('%s is refused: %s, in %s', async (_what, password, acceptLanguage, message) => {
    const { data } = await runAs(graph, { ...elsewhere(), acceptLanguage }, REGISTER, {
      input: { ...newPerson(), password },
    });
    expect(data).toEqual({
      register: {
        accepted: null,
        userErrors: [
          { code: 'WEAK_PASSWORD', field: ['input', 'password'], message: expect.stringContaining(message) },
        ],
      },
    });
  });
});
