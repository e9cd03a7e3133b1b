import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { Outbox } from '@tutorgraph/kit/events/outbox.entity';
import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditEntry } from '../src/audit/audit-entry.entity.js';
import { VerificationCode } from '../src/codes/verification-code.entity.js';
import { Session } from '../src/sessions/session.entity.js';
import { User } from '../src/users/user.entity.js';
import { addAccount, database, PASSWORD, runAs } from './account-fixtures.js';
import { SIGN_IN } from './accounts-client.js';
import {
  type Answer,
  ask,
  codesOf,
  codeTo,
  elsewhere,
  jobsDone,
  messagesTo,
  notThe,
  REQUEST_RESET,
  RESET,
} from './codes-client.js';

let graph: TestGraph;
const NEW_PASSWORD = 'another long password';
const UNKNOWN = 'nobody@test.tutorgraph.example';

beforeAll(async () => {
  graph = await startTestGraph(['accounts', 'messaging']);
});

afterAll(() => graph.close());

function request(email: string): Promise<Answer> {
  return ask(graph, REQUEST_RESET, { email });
}

function reset(email: string, code: string, password = NEW_PASSWORD): Promise<Answer> {
  return ask(graph, RESET, { email, code, password });
}

async function signIn(email: string, password: string): Promise<string | undefined> {
  const { data } = await runAs(graph, elsewhere(), SIGN_IN, { input: { email, password } });
  return (data as { signIn: { user: { id: string } | null } }).signIn.user?.id;
}

async function eventsAbout(userId: string): Promise<string[]> {
  const rows = await database(graph).find(Outbox, {}, { orderBy: { sequence: 'asc' } });
  return rows
    .filter(({ event }) => JSON.stringify(event).includes(userId))
    .map(({ event }) => event.type.split('.').slice(2, 4).join('.'));
}

describe('a lost password', () => {
  it('is set anew by the code from the mail; every session ends and the owner is told', async () => {
    const { id, email } = await addAccount(graph);
    expect(await signIn(email, PASSWORD)).toBe(id);
    expect(await request(` ${email.toUpperCase()}`)).toEqual({ accepted: true, userErrors: [] });
    const code = await codeTo(graph, email);
    expect(await reset(email, code)).toEqual({ accepted: true, userErrors: [] });
    expect(await signIn(email, PASSWORD)).toBeUndefined();
    const sessions = await database(graph).find(Session, { userId: id });
    expect(sessions.every(({ revokedAt }) => revokedAt)).toBe(true);
    expect(await signIn(email, NEW_PASSWORD)).toBe(id);
    const mails = await messagesTo(graph, email, 2);
    expect(mails[1]).toMatchObject({ subject: 'Your password at Tutorgraph was changed' });
    expect(await eventsAbout(id)).toEqual(['code.requested', 'session.revoked', 'notice.requested']);
    const audit = await database(graph).find(AuditEntry, { subjectId: id, action: 'PASSWORD_RESET' });
    expect(audit).toMatchObject([{ actorId: id, details: {} }]);
    expect(await reset(email, code)).toMatchObject({ accepted: null, userErrors: [{ code: 'INVALID_CODE' }] });
  });

  it('is the first one of an account that staff opened', async () => {
    const { id, email } = await addAccount(graph, { passwordHash: null });
    await request(email);
    await reset(email, await codeTo(graph, email));
    expect(await signIn(email, NEW_PASSWORD)).toBe(id);
  });

  it('proves the address of an account that waits for it', async () => {
    const { id, email } = await addAccount(graph, { emailVerifiedAt: null });
    await request(email);
    await reset(email, await codeTo(graph, email));
    expect((await database(graph).findOneOrFail(User, { id })).emailVerifiedAt).toBeInstanceOf(Date);
    expect(await eventsAbout(id)).toContain('user.verified');
    expect(await signIn(email, NEW_PASSWORD)).toBe(id);
  });

  it('is that of the proven account where another waits with the same address', async () => {
    const waiting = await addAccount(graph, { emailVerifiedAt: null, password: 'the password of a stranger' });
    const proven = await addAccount(graph, { email: waiting.email });
    await request(proven.email);
    await reset(proven.email, await codeTo(graph, proven.email));
    expect(await signIn(proven.email, NEW_PASSWORD)).toBe(proven.id);
    expect(await signIn(proven.email, 'the password of a stranger')).toBe(waiting.id);
  });

  it('is not that of an account whose address somebody else proved in between', async () => {
    const waiting = await addAccount(graph, { emailVerifiedAt: null });
    await request(waiting.email);
    const code = await codeTo(graph, waiting.email);
    const proven = await addAccount(graph, { email: waiting.email, password: 'the password of the owner' });
    expect(codesOf(await reset(waiting.email, code))).toEqual(['INVALID_CODE']);
    expect(await signIn(proven.email, 'the password of the owner')).toBe(proven.id);
    expect((await database(graph).findOneOrFail(User, { id: waiting.id })).emailVerifiedAt).toBeNull();
  });

  it('stays as it is when the address has changed since', async () => {
    const { id, email } = await addAccount(graph);
    await request(email);
    const code = await codeTo(graph, email);
    const moved = `moved-${email}`;
    await database(graph).nativeUpdate(User, { id }, { email: moved });
    expect(codesOf(await reset(email, code))).toEqual(['INVALID_CODE']);
    expect(codesOf(await reset(moved, code))).toEqual(['INVALID_CODE']);
    expect(await signIn(moved, PASSWORD)).toBe(id);
  });

  it('may not become one that is easily guessed; that costs no try', async () => {
    const { id, email } = await addAccount(graph);
    await request(email);
    const code = await codeTo(graph, email);
    expect(codesOf(await reset(email, code, 'short'))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await reset(email, code, 'password123'))).toEqual(['WEAK_PASSWORD']);
    expect(codesOf(await reset(email, code, email))).toEqual(['WEAK_PASSWORD']);
    expect(await database(graph).findOneOrFail(VerificationCode, { userId: id })).toMatchObject({ attempts: 0 });
    expect(codesOf(await reset(email, code))).toEqual([]);
  });
});

describe('whether an address has an account', () => {
  const addresses: readonly (readonly [string, () => Promise<string>])[] = [
    ['is unknown', async () => UNKNOWN],
    ['has an owner', async () => (await addAccount(graph)).email],
    ['waits to be proven', async () => (await addAccount(graph, { emailVerifiedAt: null })).email],
    [
      'has both',
      async () => {
        const { email } = await addAccount(graph);
        await addAccount(graph, { email, emailVerifiedAt: null });
        return email;
      },
    ],
    ['is suspended', async () => (await addAccount(graph, { suspendedAt: new Date() })).email],
    ['has no password', async () => (await addAccount(graph, { passwordHash: null })).email],
  ];

  it('shows neither in asking for a code nor in trying seven, nor in what these take', async () => {
    await request('warm-up@test.tutorgraph.example');
    const transcripts = [];
    for (const [what, prepare] of addresses) {
      const email = await prepare();
      const asked = await withStatements(() => request(email));
      const wrong = email === UNKNOWN ? '0000' : notThe(await codeTo(graph, email));
      const tries: unknown[] = [];
      for (let index = 0; index < 7; index++) {
        const { result, statements } = await withStatements(() => reset(email, wrong));
        tries.push([result, statements.length]);
      }
      transcripts.push([what, { asked: [asked.result, asked.statements.length], tries }] as const);
    }
    const [, expected] = transcripts[0] ?? [];
    for (const [what, transcript] of transcripts) expect([what, transcript]).toEqual([what, expected]);
    expect(expected?.asked[0]).toEqual({ accepted: true, userErrors: [] });
    const refusal = { code: 'INVALID_CODE', field: ['input', 'code'], message: expect.any(String) };
    expect(expected?.tries[6]).toEqual([{ accepted: null, userErrors: [refusal] }, expect.any(Number)]);
  });

  it('does not show in the limits of an address', async () => {
    const { email } = await addAccount(graph);
    for (const address of ['stranger@test.tutorgraph.example', email]) {
      for (let index = 0; index < 5; index++) await request(address);
      await expect(request(address)).rejects.toThrow('Too many attempts');
      for (let index = 0; index < 30; index++) await reset(address, '0000');
      await expect(reset(address, '0000')).rejects.toThrow('Too many attempts');
    }
  });

  it('is in the audit log alone, where a failure names the account that was meant', async () => {
    const { id, email } = await addAccount(graph);
    await request(email);
    await reset(email, notThe(await codeTo(graph, email)));
    const entries = await database(graph).find(AuditEntry, { subjectId: id });
    expect(entries).toMatchObject([{ action: 'PASSWORD_RESET_FAILED', actorId: null, details: {} }]);
  });

  it('leaves nothing behind when it has none', async () => {
    const [outbox, codes] = [await database(graph).count(Outbox), await database(graph).count(VerificationCode)];
    await request('nobody-at-all@test.tutorgraph.example');
    await jobsDone(graph);
    expect(await database(graph).count(Outbox)).toBe(outbox);
    expect(await database(graph).count(VerificationCode)).toBe(codes);
    expect(await messagesTo(graph, 'nobody-at-all@test.tutorgraph.example', 0)).toEqual([]);
  });
});

describe('a suspended account', () => {
  it('gets a new password and stays suspended', async () => {
    const { email } = await addAccount(graph, { suspendedAt: new Date() });
    await request(email);
    expect(codesOf(await reset(email, await codeTo(graph, email)))).toEqual([]);
    expect(await signIn(email, NEW_PASSWORD)).toBeUndefined();
  });
});

describe.runIf(isRealPostgres())('many resets at once', () => {
  it('of one code set one password', async () => {
    const { id, email } = await addAccount(graph);
    await request(email);
    const code = await codeTo(graph, email);
    const passwords = [1, 2, 3, 4].map((number) => `the long password ${number}`);
    const answers = await Promise.all(passwords.map((password) => reset(email, code, password)));
    expect(answers.filter(({ accepted }) => accepted)).toHaveLength(1);
    expect(answers.flatMap(codesOf)).toEqual(['INVALID_CODE', 'INVALID_CODE', 'INVALID_CODE']);
    const signedIn = await Promise.all(passwords.map((password) => signIn(email, password)));
    expect(signedIn.map((userId) => userId === id)).toEqual(answers.map(({ accepted }) => accepted === true));
  });

  it('by guesses are looked at five times', async () => {
    const { email } = await addAccount(graph);
    await request(email);
    const code = await codeTo(graph, email);
    const guesses = Array.from({ length: 30 }, (_, index) => {
      return index === 29 ? code : String((Number(code) + 1 + index) % 10_000).padStart(4, '0');
    });
    const answers = await Promise.all(guesses.map((guess) => reset(email, guess)));
    expect(answers.filter(({ accepted }) => accepted)).toEqual([]);
    expect(await signIn(email, PASSWORD)).toBeDefined();
    expect(codesOf(await ask(graph, REQUEST_RESET, { email }))).toEqual([]);
  });

  it('and a sign-in with the former password leave no session of before', async () => {
    const { id, email } = await addAccount(graph);
    await request(email);
    const code = await codeTo(graph, email);
    await Promise.all([signIn(email, PASSWORD), reset(email, code), signIn(email, PASSWORD)]);
    expect(await database(graph).count(Session, { userId: id, revokedAt: null })).toBe(0);
  });
});
