import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditEntry } from '../src/audit/audit-entry.entity.js';
import { purgeTelegramSignInsJob } from '../src/jobs/purge-telegram-sign-ins.job.js';
import { Session } from '../src/sessions/session.entity.js';
import { TelegramSignIn } from '../src/telegram/telegram-sign-in.entity.js';
import { User } from '../src/users/user.entity.js';
import { addAccount, database, runAs } from './account-fixtures.js';
import { BOT_ID, BOT_TOKEN, initData, newTelegramUser, PUBLIC_KEY, type TelegramUser } from './telegram-init-data.js';

const TRAITS = 'id displayName firstName lastName email role locale telegramUsername hasTelegram';
const SIGN_IN = `mutation ($input: TelegramInitDataInput!) {
  signInWithTelegram(input: $input) {
    session { id accessToken refreshToken } isNewAccount user { ${TRAITS} } userErrors { code field message }
  }
}`;

let graph: TestGraph;

beforeAll(async () => {
  const settings = { TELEGRAM_BOT_TOKEN: BOT_TOKEN, TELEGRAM_BOT_ID: BOT_ID, TELEGRAM_PUBLIC_KEY: PUBLIC_KEY };
  graph = await startTestGraph(['accounts'], undefined, settings);
});

afterAll(() => graph.close());

interface Answer {
  session: { id: string; accessToken: string } | null;
  isNewAccount: boolean | null;
  user: { id: string; [trait: string]: unknown } | null;
  userErrors: { code: string; field: string[] | null; message: string }[];
}

let networks = 0;

async function signIn(raw: string): Promise<Answer> {
  networks += 1;
  const metadata = { clientAddress: `2001:db8:0:${networks}::1`, userAgent: 'Tutorgraph/1.2 (iPhone; iOS 18.0)' };
  const { data, errors } = await runAs(graph, metadata, SIGN_IN, { input: { initData: raw } });
  if (errors) throw errors[0];
  return (data as { signInWithTelegram: Answer }).signInWithTelegram;
}

function opened(user: TelegramUser, authDate = new Date()): Promise<Answer> {
  return signIn(initData({ user, authDate }));
}

function codes({ userErrors }: Pick<Answer, 'userErrors'>): string[] {
  return userErrors.map(({ code }) => code);
}

function secondsAgo(seconds: number): Date {
  return new Date(Date.now() - seconds * 1_000);
}

describe('the first sign-in of somebody from Telegram', () => {
  it('opens a passwordless account to learn, with what Telegram says', async () => {
    const user = newTelegramUser({
      username: `Anna_${process.pid}`,
      language_code: 'ru',
      photo_url: 'https://t.me/a.svg',
    });
    const answer = await opened(user);
    expect(answer).toMatchObject({
      session: { accessToken: expect.any(String) },
      isNewAccount: true,
      user: {
        firstName: 'Анна',
        lastName: 'Каренина',
        email: null,
        role: 'STUDENT',
        locale: 'ru',
        telegramUsername: user.username,
        hasTelegram: true,
      },
      userErrors: [],
    });
    expect(decodeJwt(String(answer.session?.accessToken))).toMatchObject({ ver: true });
    const stored = await database(graph).findOneOrFail(User, { id: String(answer.user?.id) });
    expect(stored).toMatchObject({
      telegramId: String(user.id),
      telegramPhotoUrl: 'https://t.me/a.svg',
      username: `anna_${process.pid}`,
      passwordHash: null,
      emailVerifiedAt: null,
    });
  });

  it('tells other services that somebody registered', async () => {
    const { user } = await opened(newTelegramUser());
    const rows = await database(graph).execute<{ event: { type: string; data: unknown } }[]>(
      `select event from accounts.outbox where event->>'subject' = ?`,
      [user?.id],
    );
    expect(rows.map(({ event }) => [event.type, event.data])).toEqual([
      ['tutorgraph.accounts.user.registered.v1', { role: 'STUDENT' }],
    ]);
  });

  it('leaves a username that somebody has to them', async () => {
    const username = `taken_${process.pid}`;
    await addAccount(graph, { username });
    const { user } = await opened(newTelegramUser({ username: username.toUpperCase() }));
    expect(user?.['telegramUsername']).toBe(username.toUpperCase());
    expect((await database(graph).findOneOrFail(User, { id: String(user?.id) })).username).toBeNull();
  });

  it('answers in the language of the request when we do not speak that of Telegram', async () => {
    const { user } = await opened(newTelegramUser({ language_code: 'pt-br' }));
    expect(user?.['locale']).toBe('en');
  });

  it('makes one account when the same person opens the Mini App many times at once', async () => {
    const user = newTelegramUser({ username: `many_${process.pid}` });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => opened(user, secondsAgo(index))));
    expect(new Set(answers.map((answer) => answer.user?.id)).size).toBe(1);
    expect(new Set(answers.map((answer) => answer.session?.id)).size).toBe(20);
    expect(answers.filter(({ isNewAccount }) => isNewAccount)).toHaveLength(1);
    expect(await database(graph).count(User, { telegramId: String(user.id) })).toBe(1);
  });

  it('makes an account each when many people with one username come at once', async () => {
    const username = `same_${process.pid}`;
    const people = Array.from({ length: 10 }, () => newTelegramUser({ username }));
    const answers = await Promise.all(people.map((person) => opened(person)));
    expect(new Set(answers.map((answer) => answer.user?.id)).size).toBe(10);
    expect(await database(graph).count(User, { username })).toBe(1);
  });
});

describe('a later sign-in', () => {
  it('keeps the account and renews what Telegram says, but not what one may change here', async () => {
    const user = newTelegramUser({ username: `first_${process.pid}` });
    const first = await opened(user, secondsAgo(60));
    const again = await opened({ ...user, first_name: 'Other', username: 'second', photo_url: 'https://t.me/b.svg' });
    expect(again).toMatchObject({ isNewAccount: false, user: { id: first.user?.id, firstName: 'Анна' } });
    const stored = await database(graph).findOneOrFail(User, { id: String(first.user?.id) });
    expect(stored).toMatchObject({
      telegramUsername: 'second',
      telegramPhotoUrl: 'https://t.me/b.svg',
      username: `first_${process.pid}`,
    });
  });

  it('is told to a suspended account and leaves the init data unused', async () => {
    const user = newTelegramUser();
    const { user: account } = await opened(user, secondsAgo(60));
    const id = String(account?.id);
    await database(graph).nativeUpdate(User, { id }, { suspendedAt: new Date() });
    const raw = initData({ user });
    expect(codes(await signIn(raw))).toEqual(['ACCOUNT_SUSPENDED']);
    await database(graph).nativeUpdate(User, { id }, { suspendedAt: null });
    expect(codes(await signIn(raw))).toEqual([]);
  });
});

describe('init data', () => {
  it('is good once, however it is written down', async () => {
    const raw = initData({ user: newTelegramUser() });
    expect(codes(await signIn(raw))).toEqual([]);
    const reversed = new URLSearchParams([...new URLSearchParams(raw)].reverse()).toString();
    for (const again of [raw, reversed, raw.replace('query_id', '%71uery_id')]) {
      const answer = await signIn(again);
      expect(answer).toMatchObject({ session: null, user: null, userErrors: [{ code: 'TELEGRAM_REPLAYED' }] });
    }
  });

  it('opens one session when it is used many times at once', async () => {
    const raw = initData({ user: newTelegramUser() });
    const answers = await Promise.all(Array.from({ length: 20 }, () => signIn(raw)));
    const entered = answers.filter(({ session }) => session);
    expect(entered).toHaveLength(1);
    expect(answers.flatMap(codes)).toEqual(Array.from({ length: 19 }, () => 'TELEGRAM_REPLAYED'));
    expect(await database(graph).count(Session, { userId: String(entered[0]?.user?.id) })).toBe(1);
  });

  it.each([
    ['of another bot', () => initData({ user: newTelegramUser() }, { token: '1:another' }), 'TELEGRAM_INVALID'],
    ['of another person', () => forged(), 'TELEGRAM_INVALID'],
    ['of a bot', () => initData({ user: newTelegramUser({ is_bot: true }) }), 'TELEGRAM_INVALID'],
    ['from the future', () => initData({ user: newTelegramUser(), authDate: secondsAgo(-120) }), 'TELEGRAM_INVALID'],
    ['from long ago', () => initData({ user: newTelegramUser(), authDate: secondsAgo(90_000) }), 'TELEGRAM_EXPIRED'],
    ['without end', () => 'x'.repeat(100_000), 'TELEGRAM_INVALID'],
  ])('%s is refused as data', async (_what, raw, code) => {
    expect(await signIn(raw())).toMatchObject({
      session: null,
      isNewAccount: null,
      userErrors: [{ code, field: ['input', 'initData'], message: expect.any(String) }],
    });
  });

  it('must be there', async () => {
    expect((await runAs(graph, {}, SIGN_IN, { input: {} })).codes).toEqual(['BAD_USER_INPUT']);
  });

  it('is limited by network', async () => {
    const metadata = { clientAddress: '198.51.100.7' };
    const input = { initData: 'x' };
    const tries = await Promise.all(Array.from({ length: 101 }, () => runAs(graph, metadata, SIGN_IN, { input })));
    expect(tries.flatMap((result) => result.codes)).toEqual(['RATE_LIMITED']);
  });

  it('is forgotten when it is too old to be used again', async () => {
    const em = database(graph);
    const hour = 60 * 60 * 1_000;
    for (const [digest, age] of [
      ['old', 2 * hour],
      ['recent', hour / 2],
    ] as const) {
      em.create(TelegramSignIn, { digest, expiresAt: new Date(Date.now() - age) });
    }
    await em.flush();
    const run = { id: 'x', attempt: 1, signal: new AbortController().signal, logger: silentLogger };
    await purgeTelegramSignInsJob(em).handler({}, run);
    const left = await database(graph).find(TelegramSignIn, { digest: { $in: ['old', 'recent'] } });
    expect(left.map(({ digest }) => digest)).toEqual(['recent']);
  });
});

describe('the audit log', () => {
  it('records who signed in with Telegram, and refusals with the account that was meant', async () => {
    const user = newTelegramUser();
    const raw = initData({ user });
    const { user: account, session } = await signIn(raw);
    await signIn(raw);
    const subjectId = String(account?.id);
    const entries = await database(graph).find(AuditEntry, { subjectId }, { orderBy: { at: 'asc', id: 'asc' } });
    expect(entries).toMatchObject([
      { action: 'SIGNED_IN', actorId: subjectId, details: { method: 'TELEGRAM', sessionId: session?.id } },
      { action: 'SIGN_IN_FAILED', actorId: null, details: { method: 'TELEGRAM', reason: 'TELEGRAM_REPLAYED' } },
    ]);
  });
});

function forged(): string {
  const parameters = new URLSearchParams(initData({ user: newTelegramUser() }));
  parameters.set('user', JSON.stringify(newTelegramUser()));
  return parameters.toString();
}
