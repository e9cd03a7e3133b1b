import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditEntry, AuditKey } from '../src/audit/audit-entry.entity.js';
import { AccountDeletion } from '../src/privacy/account-deletion.entity.js';
import { Consent } from '../src/privacy/consent.entity.js';
import { DataExport } from '../src/privacy/data-export.entity.js';
import { UserPermission } from '../src/rights/user-permission.entity.js';
import { Session } from '../src/sessions/session.entity.js';
import { User } from '../src/users/user.entity.js';
import { addAccount, database, PASSWORD, runAs } from './account-fixtures.js';
import { REFRESH, SIGN_IN } from './accounts-client.js';
import { ask, codesOf, elsewhere, messagesTo } from './codes-client.js';
import {
  CANCEL_DELETION,
  erased,
  eraseNow,
  keysUnder,
  makeDue,
  REQUEST_DELETION,
  readyExport,
  requestExport,
  work,
} from './privacy-client.js';

const DAY_MS = 24 * 60 * 60 * 1000;

let graph: TestGraph;

beforeAll(async () => {
  graph = await startTestGraph(['accounts', 'messaging']);
});
afterAll(() => graph.close());

/** Somebody with a password who signed in. */
async function signedIn(options: Parameters<typeof addAccount>[1] = {}) {
  const account = await addAccount(graph, options);
  const { data } = await runAs(graph, elsewhere(), SIGN_IN, { input: { email: account.email, password: PASSWORD } });
  const { signIn } = data as { signIn: { session: { id: string; accessToken: string; refreshToken: string } } };
  const { id: sessionId, accessToken, refreshToken } = signIn.session;
  return { ...account, sessionId, refreshToken, authorization: `Bearer ${accessToken}` };
}

type Account = Awaited<ReturnType<typeof signedIn>>;

const requestDeletion = (who: Account, password: string | undefined = PASSWORD) =>
  ask(graph, REQUEST_DELETION, { password }, { authorization: who.authorization });
const cancel = (who: Account) => ask(graph, CANCEL_DELETION, {}, { authorization: who.authorization });
const subjects = async (who: Account, count: number) =>
  (await messagesTo(graph, who.email, count)).map(({ subject }) => subject);
const auditOf = async (userId: string) =>
  (await database(graph).find(AuditEntry, { subjectId: userId }, { orderBy: { id: 'asc' } })).map(
    ({ action }) => action,
  );

describe('deleting one’s account', () => {
  it('takes the password, and 30 days in which one may change one’s mind', async () => {
    const anna = await signedIn();
    expect(codesOf(await requestDeletion(anna, 'not the right password'))).toEqual(['INVALID_CREDENTIALS']);
    expect(codesOf(await ask(graph, REQUEST_DELETION, {}, { authorization: anna.authorization }))).toEqual([
      'INVALID_CREDENTIALS',
    ]);
    const { user } = (await requestDeletion(anna)) as unknown as { user: { deletionDueAt: string } };
    const days = (Date.parse(user.deletionDueAt) - Date.now()) / DAY_MS;
    expect(Math.round(days)).toBe(30);
    expect((await requestDeletion(anna)).user).toEqual(user);
    await work(graph, 'erase-accounts');
    expect((await cancel(anna)).user).toMatchObject({ deletionDueAt: null });
    expect((await cancel(anna)).user).toMatchObject({ deletionDueAt: null });
    await work(graph, 'erase-accounts');
    expect(await database(graph).findOne(User, { id: anna.id })).toMatchObject({ email: anna.email, erasedAt: null });
    expect(await subjects(anna, 2)).toEqual([
      'Your account at Tutorgraph will be deleted in 30 days',
      'Your account at Tutorgraph stays',
    ]);
    expect(await auditOf(anna.id)).toEqual(['SIGNED_IN', 'DELETION_REQUESTED', 'DELETION_CANCELLED']);
  });

  it('needs no password of who has none, and no proven address', async () => {
    const person = await graph.person('STUDENT', { verified: false });
    const { data, codes } = await graph.run('accounts', REQUEST_DELETION, {}, person);
    expect(codes).toEqual([]);
    expect(data).toMatchObject({ requestAccountDeletion: { user: { id: person.userId }, userErrors: [] } });
    await eraseNow(graph, person.userId);
    expect(await database(graph).findOne(User, { id: person.userId })).toMatchObject({ email: null, firstName: '' });
  });

  it('is seen by oneself and staff only, in one statement for many', async () => {
    const anna = await signedIn();
    await requestDeletion(anna);
    const [stranger, staff] = [await graph.person('STUDENT'), await graph.person('SUPERVISOR')];
    const due = async (who: TestPerson) => {
      const query = 'query ($id: ID!) { user(id: $id) { deletionDueAt } }';
      return (await graph.run('accounts', query, { id: anna.id }, who)).data['user'];
    };
    expect(await due(stranger)).toEqual({ deletionDueAt: null });
    expect(await due(staff)).toEqual({ deletionDueAt: expect.any(String) });
    const list = (fields: string) =>
      withStatements(() => graph.run('accounts', `{ users(first: 20) { edges { node { ${fields} } } } }`, {}, staff));
    const [without, whole] = [await list('id'), await list('id deletionDueAt')];
    expect(JSON.stringify(whole.result.data).split(anna.id)).toHaveLength(2);
    expect(whole.statements).toHaveLength(without.statements.length + 1);
  });

  it('is refused to the last super admin, also when the last two ask at once', async () => {
    const [anna, boris] = [await signedIn({ role: 'SUPER_ADMIN' }), await signedIn({ role: 'SUPER_ADMIN' })];
    await addAccount(graph, { role: 'SUPER_ADMIN', suspendedAt: new Date() });
    const answers = await Promise.all([requestDeletion(anna), requestDeletion(boris)]);
    expect(answers.flatMap(codesOf)).toEqual(['LAST_SUPER_ADMIN']);
    const [leaving, last] = codesOf(answers[0] ?? { userErrors: [] }).length === 0 ? [anna, boris] : [boris, anna];
    await cancel(leaving);
    expect(codesOf(await requestDeletion(last))).toEqual([]);
  });
});

describe('an account whose time has come', () => {
  it('is erased once, whichever jobs run at once and however often', async () => {
    const [anna, boris] = [await signedIn(), await signedIn()];
    await requestDeletion(anna);
    await makeDue(graph, anna.id);
    await Promise.all([work(graph, 'erase-accounts'), work(graph, 'erase-accounts'), work(graph, 'erase-accounts')]);
    await erased(graph, anna.id);
    await work(graph, 'erase-accounts');
    expect((await auditOf(anna.id)).filter((action) => action === 'ACCOUNT_ERASED')).toHaveLength(1);
    const [events] = await database(graph).execute<{ count: number }[]>(
      `select count(*)::int as count from accounts.outbox
        where event->>'subject' = ? and event->>'type' = 'tutorgraph.accounts.account.erased.v1'`,
      [anna.id],
    );
    expect(events?.count).toBe(1);
    expect(await database(graph).findOne(User, { id: boris.id })).toMatchObject({ email: boris.email, erasedAt: null });
  });

  it('lets nobody in any longer, neither by password nor by a session', async () => {
    const anna = await signedIn();
    await requestDeletion(anna);
    await eraseNow(graph, anna.id);
    const input = { email: anna.email, password: PASSWORD };
    expect(codesOf(await ask(graph, SIGN_IN, input))).toEqual(['INVALID_CREDENTIALS']);
    expect(codesOf(await ask(graph, REFRESH, { refreshToken: anna.refreshToken }))).toEqual(['SESSION_ENDED']);
    await graph.rights.refresh();
    const { codes } = await runAs(graph, { authorization: anna.authorization }, CANCEL_DELETION);
    expect(codes).toEqual(['UNAUTHENTICATED']);
    const session = await database(graph).findOneOrFail(Session, { id: anna.sessionId });
    expect(session).toMatchObject({ userAgent: null, networkAddress: null, revokedAt: expect.any(Date) });
    expect(session.expiresAt.getTime()).toBeLessThan(Date.now() + DAY_MS);
  });

  it('frees its address and names, and shows as deleted in the viewer’s language', async () => {
    const anna = await signedIn({ username: 'anna.karenina' });
    await requestDeletion(anna);
    await eraseNow(graph, anna.id);
    await addAccount(graph, { email: anna.email, username: 'anna.karenina' });
    const names = async (locale: string) => {
      const viewer = await graph.person('ADMIN', { locale });
      const query = 'query ($id: ID!) { user(id: $id) { displayName firstName email avatarUrl } }';
      return (await graph.run('accounts', query, { id: anna.id }, viewer)).data['user'];
    };
    expect(await names('en')).toEqual({ displayName: 'Deleted account', firstName: '', email: null, avatarUrl: null });
    expect(await names('ru')).toMatchObject({ displayName: 'Удалённый аккаунт' });
    const admin = await graph.person('ADMIN');
    const { data } = await graph.run('accounts', '{ users(first: 100) { edges { node { id } } } }', {}, admin);
    expect(JSON.stringify(data)).not.toContain(anna.id);
  });

  it('loses rights, keys and archives, and keeps proof of what was agreed to', async () => {
    const person = await graph.person('STUDENT');
    const { userId } = person;
    const consent = `mutation { updateConsent(input: { document: TERMS, version: "2026-11-01", granted: true }) {
      consent { id } userErrors { code } } }`;
    await runAs(graph, { authorization: person.authorization, userAgent: 'Secret/1', ...elsewhere() }, consent);
    const archive = await readyExport(graph, person);
    const em = database(graph);
    const exception = { userId, permission: 'accounts.users.read', isGranted: true, createdBy: userId };
    await em.insert(UserPermission, { ...exception, expiresAt: null, createdAt: new Date() });
    expect(await em.count(AuditKey, { userId })).toBe(1);
    await graph.run('accounts', REQUEST_DELETION, {}, person);
    await eraseNow(graph, userId);
    expect(await keysUnder(graph, `exports/${archive.id}/`)).toEqual([]);
    for (const entity of [DataExport, UserPermission, AuditKey])
      expect(await em.count<object>(entity, { userId })).toBe(0);
    const [kept] = await database(graph).find(Consent, { userId });
    expect(kept).toMatchObject({ document: 'TERMS', isGranted: true, userAgent: null, networkHash: null });
  });

  it('is as erased after the event is delivered again, and its archive never comes', async () => {
    const person = await graph.person('STUDENT');
    await graph.run('accounts', REQUEST_DELETION, {}, person);
    const { archive } = await requestExport(graph, person);
    await eraseNow(graph, person.userId);
    const [first] = await database(graph).find(AccountDeletion, { userId: person.userId });
    const em = database(graph);
    // The group goes back to where it began: everything that ever happened is handled once more.
    await em.execute(`update accounts.inbox set position = 0 where consumer in ('privacy', 'privacy-answers')`);
    const marker = await graph.person('STUDENT');
    await graph.run('accounts', REQUEST_DELETION, {}, marker);
    await eraseNow(graph, marker.userId);
    const [again] = await database(graph).find(AccountDeletion, { userId: person.userId });
    expect(again).toMatchObject({ completedAt: first?.completedAt });
    expect(await database(graph).findOne(User, { id: person.userId })).toMatchObject({ email: null });
    await work(graph, 'remove-export-files', { exportId: archive?.id, what: 'PARTS' });
    expect(await keysUnder(graph, `exports/${archive?.id}/`)).toEqual([]);
  });

  it('is told to every room once more when no access token can be valid any longer', async () => {
    const person = await graph.person('STUDENT');
    await graph.run('accounts', REQUEST_DELETION, {}, person);
    await eraseNow(graph, person.userId);
    const waiting = await database(graph).execute<{ data: unknown; minutes: number }[]>(
      `select data, extract(epoch from start_after - now())::int / 60 as minutes
         from accounts_jobs.job where name = 'repeat-erasure' and data::text like ?`,
      [`%${person.userId}%`],
    );
    expect(waiting).toMatchObject([{ data: { userId: person.userId } }]);
    expect(waiting[0]?.minutes).toBeGreaterThan(15);
    // What a request wrote that was on its way.
    await database(graph).nativeUpdate(User, { id: person.userId }, { firstName: 'Late' });
    await work(graph, 'repeat-erasure', { userId: person.userId });
    await expect
      .poll(async () => (await database(graph).findOneOrFail(User, { id: person.userId })).firstName)
      .toBe('');
  });
});
