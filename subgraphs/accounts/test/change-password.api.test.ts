import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditEntry } from '../src/audit/audit-entry.entity.js';
import { Session } from '../src/sessions/session.entity.js';
import { addAccount, database, PASSWORD, runAs } from './account-fixtures.js';
import { SIGN_IN } from './accounts-client.js';
import { type Answer, ask, CHANGE, codesOf, elsewhere, messagesTo } from './codes-client.js';

let graph: TestGraph;
const NEW_PASSWORD = 'another long password';

beforeAll(async () => {
  graph = await startTestGraph(['accounts', 'messaging']);
});

afterAll(() => graph.close());

interface SignedIn {
  sessionId: string;
  authorization: string;
}

async function signIn(email: string, password: string): Promise<SignedIn | undefined> {
  const { data } = await runAs(graph, elsewhere(), SIGN_IN, { input: { email, password } });
  const { session } = (data as { signIn: { session: { id: string; accessToken: string } | null } }).signIn;
  return session ? { sessionId: session.id, authorization: `Bearer ${session.accessToken}` } : undefined;
}

async function signedIn(email: string): Promise<SignedIn> {
  const session = await signIn(email, PASSWORD);
  if (!session) throw new Error('nobody was signed in');
  return session;
}

function change(session: SignedIn, currentPassword: string, newPassword = NEW_PASSWORD): Promise<Answer> {
  return ask(graph, CHANGE, { currentPassword, newPassword }, session);
}

describe('changing the password', () => {
  it('ends every other session, keeps this one, and tells the owner', async () => {
    const { id, email } = await addAccount(graph);
    const [session] = [await signedIn(email), await signedIn(email), await signedIn(email)];
    expect(await change(session, PASSWORD)).toEqual({ accepted: true, userErrors: [] });
    const live = await database(graph).find(Session, { userId: id, revokedAt: null });
    expect(live.map((each) => each.id)).toEqual([session.sessionId]);
    expect(await signIn(email, PASSWORD)).toBeUndefined();
    expect(await signIn(email, NEW_PASSWORD)).toBeDefined();
    const [mail] = await messagesTo(graph, email, 1);
    expect(mail).toMatchObject({ subject: 'Your password at Tutorgraph was changed', userId: id });
    const audit = await database(graph).find(AuditEntry, { subjectId: id, action: 'PASSWORD_CHANGED' });
    expect(audit).toMatchObject([{ actorId: id }]);
  });

  it('needs the password so far', async () => {
    const { email } = await addAccount(graph);
    const session = await signedIn(email);
    expect(await change(session, 'a wrong password')).toMatchObject({
      accepted: null,
      userErrors: [{ code: 'INVALID_CREDENTIALS', field: ['input', 'currentPassword'] }],
    });
    expect(await signIn(email, PASSWORD)).toBeDefined();
  });

  it.each([
    ['short', 'INVALID_INPUT'],
    ['qwerty12345', 'WEAK_PASSWORD'],
    ['Anna Karenina 1877', 'WEAK_PASSWORD'],
  ])('to %j is refused', async (password, code) => {
    const { email } = await addAccount(graph);
    expect(await change(await signedIn(email), PASSWORD, password)).toMatchObject({
      accepted: null,
      userErrors: [{ code, field: ['input', 'newPassword'] }],
    });
  });

  it('is refused where there is none yet: a session alone does not set the first', async () => {
    const { id } = await addAccount(graph, { passwordHash: null });
    const person = await graph.issuer.signIn('STUDENT', { userId: id });
    expect(codesOf(await change(person, ''))).toEqual(['NO_PASSWORD']);
  });

  it('is refused until the address is proven, and to nobody', async () => {
    const { email } = await addAccount(graph, { emailVerifiedAt: null });
    const input = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
    expect((await runAs(graph, await signedIn(email), CHANGE, { input })).codes).toEqual(['EMAIL_NOT_VERIFIED']);
    expect((await runAs(graph, elsewhere(), CHANGE, { input })).codes).toEqual(['UNAUTHENTICATED']);
  });

  it('is tried ten times in a quarter of an hour', async () => {
    const { email } = await addAccount(graph);
    const session = await signedIn(email);
    for (let index = 0; index < 10; index++) await change(session, 'a guess of a thief');
    await expect(change(session, PASSWORD)).rejects.toThrow('Too many attempts');
  });

  it.runIf(isRealPostgres())('several times at once sets one of the passwords', async () => {
    const { email } = await addAccount(graph);
    const session = await signedIn(email);
    const passwords = [1, 2, 3].map((number) => `the long password ${number}`);
    const answers = await Promise.all(passwords.map((password) => change(session, PASSWORD, password)));
    expect(answers.flatMap(codesOf)).toEqual(['INVALID_CREDENTIALS', 'INVALID_CREDENTIALS']);
    const entered = await Promise.all(passwords.map((password) => signIn(email, password)));
    expect(entered.map((each) => each !== undefined)).toEqual(answers.map(({ accepted }) => accepted === true));
  });
});
