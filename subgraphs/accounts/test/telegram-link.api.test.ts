import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditEntry } from '../src/audit/audit-entry.entity.js';
import { User } from '../src/users/user.entity.js';
import { addAccount, database, runAs } from './account-fixtures.js';
import { SIGN_IN } from './accounts-client.js';
import { BOT_TOKEN, initData, newTelegramUser } from './telegram-init-data.js';

const ANSWER = '{ user { id telegramUsername hasTelegram } userErrors { code field message } }';
const LINK = `mutation ($input: TelegramInitDataInput!) { linkTelegram(input: $input) ${ANSWER} }`;
const UNLINK = `mutation { unlinkTelegram ${ANSWER} }`;
const SIGN_IN_WITH_TELEGRAM = `mutation ($input: TelegramInitDataInput!) {
  signInWithTelegram(input: $input) { session { id accessToken } user { id } userErrors { code } }
}`;

let graph: TestGraph;
let unset: TestGraph;

beforeAll(async () => {
  graph = await startTestGraph(['accounts'], undefined, { TELEGRAM_BOT_TOKEN: BOT_TOKEN });
  unset = await startTestGraph(['accounts']);
});

afterAll(async () => {
  await graph.close();
  await unset.close();
});

interface Account {
  id: string;
  authorization: string;
}

async function signedIn(options: Parameters<typeof addAccount>[1] = {}, where = graph): Promise<Account> {
  const { id, email, password } = await addAccount(where, options);
  const { data } = await runAs(where, {}, SIGN_IN, { input: { email, password } });
  const { signIn } = data as { signIn: { session: { accessToken: string } } };
  return { id, authorization: `Bearer ${signIn.session.accessToken}` };
}

function link(account: Account, raw: string) {
  return runAs(graph, account, LINK, { input: { initData: raw } });
}

async function telegramSignIn(raw: string) {
  const { data } = await runAs(graph, {}, SIGN_IN_WITH_TELEGRAM, { input: { initData: raw } });
  const { signInWithTelegram } = data as {
    signInWithTelegram: {
      session: { accessToken: string } | null;
      user: { id: string } | null;
      userErrors: { code: string }[];
    };
  };
  return signInWithTelegram;
}

function secondsAgo(seconds: number): Date {
  return new Date(Date.now() - seconds * 1_000);
}

describe('linking an account to Telegram', () => {
  it('lets its owner sign in with Telegram, and may be repeated', async () => {
    const account = await signedIn();
    const user = newTelegramUser({ username: 'Anna_K' });
    const raw = initData({ user, authDate: secondsAgo(60) });
    const first = await link(account, raw);
    expect(first.data).toEqual({
      linkTelegram: { user: { id: account.id, telegramUsername: 'Anna_K', hasTelegram: true }, userErrors: [] },
    });
    expect((await link(account, raw)).data).toEqual(first.data);
    expect((await telegramSignIn(initData({ user }))).user?.id).toBe(account.id);
    const entries = await database(graph).find(AuditEntry, { action: 'TELEGRAM_LINKED', subjectId: account.id });
    expect(entries).toMatchObject([{ actorId: account.id }]);
  });

  it('uses the init data up', async () => {
    const account = await signedIn();
    const raw = initData({ user: newTelegramUser() });
    await link(account, raw);
    expect((await telegramSignIn(raw)).userErrors).toMatchObject([{ code: 'TELEGRAM_REPLAYED' }]);
    const stranger = await link(await signedIn(), raw);
    expect(stranger.data).toMatchObject({ linkTelegram: { user: null, userErrors: [{ code: 'TELEGRAM_REPLAYED' }] } });
  });

  it('is refused when another account signs in so, also when both link at once', async () => {
    const user = newTelegramUser();
    await telegramSignIn(initData({ user, authDate: secondsAgo(60) }));
    const late = await link(await signedIn(), initData({ user }));
    expect(late.data).toMatchObject({
      linkTelegram: { user: null, userErrors: [{ code: 'TELEGRAM_LINKED_ELSEWHERE' }] },
    });
    const contested = newTelegramUser();
    const accounts = await Promise.all(Array.from({ length: 6 }, () => signedIn()));
    const answers = await Promise.all(
      accounts.map((account, index) => link(account, initData({ user: contested, authDate: secondsAgo(index) }))),
    );
    const results = answers.map(
      ({ data }) => (data as { linkTelegram: { userErrors: { code: string }[] } }).linkTelegram,
    );
    expect(results.flatMap(({ userErrors }) => userErrors.map(({ code }) => code))).toEqual(
      Array.from({ length: 5 }, () => 'TELEGRAM_LINKED_ELSEWHERE'),
    );
    expect(await database(graph).count(User, { telegramId: String(contested.id) })).toBe(1);
  });

  it('is refused while the account is linked to somebody else on Telegram', async () => {
    const account = await signedIn();
    await link(account, initData({ user: newTelegramUser() }));
    const { data } = await link(account, initData({ user: newTelegramUser() }));
    expect(data).toMatchObject({ linkTelegram: { userErrors: [{ code: 'TELEGRAM_ALREADY_LINKED' }] } });
  });

  it('is refused with init data that Telegram did not sign', async () => {
    const account = await signedIn();
    const { data } = await link(account, initData({ user: newTelegramUser() }, { token: '1:another' }));
    expect(data).toMatchObject({
      linkTelegram: { user: null, userErrors: [{ code: 'TELEGRAM_INVALID', field: ['input', 'initData'] }] },
    });
  });

  it('is refused to whoever has not verified an address yet', async () => {
    const account = await signedIn({ emailVerifiedAt: null });
    expect((await link(account, initData({ user: newTelegramUser() }))).codes).toEqual(['EMAIL_NOT_VERIFIED']);
  });

  it('is for people who are signed in', async () => {
    expect((await runAs(graph, {}, LINK, { input: { initData: 'x' } })).codes).toEqual(['UNAUTHENTICATED']);
    expect((await runAs(graph, {}, UNLINK)).codes).toEqual(['UNAUTHENTICATED']);
  });
});

describe('taking the link to Telegram away', () => {
  it('leaves the account with its address and password, and may be repeated', async () => {
    const account = await signedIn();
    const user = newTelegramUser({ username: 'Anna_K' });
    await link(account, initData({ user, authDate: secondsAgo(60) }));
    const unlinked = { user: { id: account.id, telegramUsername: null, hasTelegram: false }, userErrors: [] };
    expect((await runAs(graph, account, UNLINK)).data).toEqual({ unlinkTelegram: unlinked });
    expect((await runAs(graph, account, UNLINK)).data).toEqual({ unlinkTelegram: unlinked });
    const entries = await database(graph).find(AuditEntry, { action: 'TELEGRAM_UNLINKED', subjectId: account.id });
    expect(entries).toHaveLength(1);
    const fresh = await telegramSignIn(initData({ user }));
    expect(fresh.user?.id).not.toBe(account.id);
  });

  it('is refused to an account that could not be signed in to any longer', async () => {
    const { session } = await telegramSignIn(initData({ user: newTelegramUser() }));
    const account = { authorization: `Bearer ${session?.accessToken}` };
    const { data } = await runAs(graph, account, UNLINK);
    expect(data).toMatchObject({ unlinkTelegram: { user: null, userErrors: [{ code: 'LAST_SIGN_IN_METHOD' }] } });
  });
});

describe('where no bot is set up', () => {
  it('says that Telegram is not available', async () => {
    const input = { initData: initData({ user: newTelegramUser() }) };
    const signIn = await runAs(unset, {}, SIGN_IN_WITH_TELEGRAM, { input });
    expect(signIn.data).toMatchObject({ signInWithTelegram: { userErrors: [{ code: 'TELEGRAM_UNAVAILABLE' }] } });
    const linked = await runAs(unset, await signedIn({}, unset), LINK, { input });
    expect(linked.data).toMatchObject({ linkTelegram: { user: null, userErrors: [{ code: 'TELEGRAM_UNAVAILABLE' }] } });
  });
});

describe('what others see of it', () => {
  it('is nothing, but staff sees it', async () => {
    const user = newTelegramUser({ username: 'Anna_K' });
    const { user: account } = await telegramSignIn(initData({ user }));
    const query = 'query ($id: ID!) { user(id: $id) { telegramUsername hasTelegram } }';
    const stranger = await graph.run('accounts', query, { id: account?.id }, await graph.person('STUDENT'));
    expect(stranger.data).toEqual({ user: { telegramUsername: null, hasTelegram: null } });
    const staff = await graph.run('accounts', query, { id: account?.id }, await graph.person('SUPERVISOR'));
    expect(staff.data).toEqual({ user: { telegramUsername: 'Anna_K', hasTelegram: true } });
  });
});
