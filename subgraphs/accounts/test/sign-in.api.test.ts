import { createHook } from 'node:async_hooks';
import { argon2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import type { RequestMetadata } from '@tutorgraph/kit/graphql/context';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditEntry } from '../src/audit/audit-entry.entity.js';
import { ActiveDay } from '../src/dashboards/active-day.entity.js';
import { hashPassword, isWeakHash } from '../src/passwords/password.js';
import { RefreshToken, Session } from '../src/sessions/session.entity.js';
import { User } from '../src/users/user.entity.js';
import { addAccount, database, PASSWORD, runAs } from './account-fixtures.js';
import { REFRESH, SIGN_IN } from './accounts-client.js';

let graph: TestGraph;

beforeAll(async () => {
  graph = await startTestGraph(['accounts']);
});

afterAll(() => graph.close());

interface Answer {
  session: { id: string; accessToken: string; refreshToken: string } | null;
  user: { id: string } | null;
  userErrors: { code: string; message: string }[];
}

async function signIn(email: string, password: string, metadata: Partial<RequestMetadata> = {}): Promise<Answer> {
  const { data, errors } = await runAs(graph, metadata, SIGN_IN, { input: { email, password } });
  if (errors) throw errors[0];
  return (data as { signIn: Answer }).signIn;
}

async function refresh(refreshToken: string, metadata: Partial<RequestMetadata> = {}): Promise<Answer> {
  const { data, errors } = await runAs(graph, metadata, REFRESH, { input: { refreshToken } });
  if (errors) throw errors[0];
  return (data as { refreshSession: Answer }).refreshSession;
}

function codes(answer: Answer): string[] {
  return answer.userErrors.map(({ code }) => code);
}

describe('an address with a verified and an unverified account', () => {
  it('is signed in to the one whose password it is', async () => {
    const verified = await addAccount(graph);
    const unverified = await addAccount(graph, {
      email: verified.email,
      emailVerifiedAt: null,
      password: 'the password of a stranger',
    });
    expect((await signIn(verified.email, PASSWORD)).user?.id).toBe(verified.id);
    expect((await signIn(verified.email, 'the password of a stranger')).user?.id).toBe(unverified.id);
    expect(codes(await signIn(verified.email, 'neither of the two'))).toEqual(['INVALID_CREDENTIALS']);
  });

  it('is signed in to the verified one when both have the same password', async () => {
    const unverified = await addAccount(graph, { emailVerifiedAt: null });
    const verified = await addAccount(graph, { email: unverified.email });
    expect((await signIn(verified.email, PASSWORD)).user?.id).toBe(verified.id);
  });

  it('goes on counting guesses when a stranger signs in to the unverified one', async () => {
    const verified = await addAccount(graph);
    await addAccount(graph, { email: verified.email, emailVerifiedAt: null, password: 'the password of a stranger' });
    const attempts: Promise<unknown>[] = [];
    for (let index = 0; index < 5; index++) {
      attempts.push(signIn(verified.email, 'a guess'), signIn(verified.email, 'the password of a stranger'));
    }
    await Promise.all(attempts);
    await expect(signIn(verified.email, 'a guess')).rejects.toThrow('Too many attempts');
  });

  it('starts counting anew when its owner signs in', async () => {
    const verified = await addAccount(graph);
    for (let index = 0; index < 9; index++) await signIn(verified.email, 'a guess');
    expect((await signIn(verified.email, PASSWORD)).user?.id).toBe(verified.id);
    expect(codes(await signIn(verified.email, 'a guess'))).toEqual(['INVALID_CREDENTIALS']);
  });
});

describe('the work of a refused sign-in', () => {
  it.each([
    ['is unknown', async () => 'nobody@test.tutorgraph.example'],
    ['has a verified account', async () => (await addAccount(graph)).email],
    ['has an unverified account', async () => (await addAccount(graph, { emailVerifiedAt: null })).email],
    [
      'has both',
      async () => {
        const { email } = await addAccount(graph);
        await addAccount(graph, { email, emailVerifiedAt: null });
        return email;
      },
    ],
    ['has an account without a password', async () => (await addAccount(graph, { passwordHash: null })).email],
  ])('is two comparisons and six statements when the address %s', async (_what, prepare) => {
    const email = await prepare();
    // The first sign-in of a process also makes the hash that stands in for an account that is not there.
    await signIn('warm-up@test.tutorgraph.example', 'whatever');
    const from = { clientAddress: '203.0.113.7' };
    const { statements } = await withStatements(async () => {
      expect(await argon2Computations(() => signIn(email, 'a wrong password', from))).toBe(2);
    });
    expect(statements).toHaveLength(6);
  });
});

describe('a suspended account', () => {
  it('is told so with the right password only', async () => {
    const { email } = await addAccount(graph, { suspendedAt: new Date() });
    expect(codes(await signIn(email, 'a wrong password'))).toEqual(['INVALID_CREDENTIALS']);
    const refused = await signIn(email, PASSWORD);
    expect(refused).toMatchObject({ session: null, user: null });
    expect(codes(refused)).toEqual(['ACCOUNT_SUSPENDED']);
  });

  it('cannot go on with a session that nobody ended', async () => {
    const { id, email } = await addAccount(graph);
    const { session } = await signIn(email, PASSWORD);
    await database(graph).nativeUpdate(User, { id }, { suspendedAt: new Date() });
    expect(codes(await refresh(String(session?.refreshToken)))).toEqual(['SESSION_ENDED']);
  });
});

describe('signing in', () => {
  it('keeps what the client is and where, and so does refreshing', async () => {
    const { id, email } = await addAccount(graph);
    const first = { userAgent: 'curl/8.1\r\nX: y', clientAddress: '203.0.113.7' };
    const { session } = await signIn(email, PASSWORD, first);
    const stored = () => database(graph).findOneOrFail(Session, { id: String(session?.id) });
    expect(await stored()).toMatchObject({ userAgent: 'curl/8.1 X: y', networkAddress: '203.0.113.7', userId: id });
    await refresh(String(session?.refreshToken), { userAgent: 'curl/8.2', clientAddress: '2001:db8::1' });
    expect(await stored()).toMatchObject({ userAgent: 'curl/8.2', networkAddress: '2001:db8::1' });
  });

  it('counts a day on which somebody was here once', async () => {
    const { id, email } = await addAccount(graph);
    const { session } = await signIn(email, PASSWORD);
    await Promise.all([signIn(email, PASSWORD), signIn(email, PASSWORD), refresh(String(session?.refreshToken))]);
    const days = await database(graph).find(ActiveDay, { userId: id });
    expect(days).toMatchObject([{ role: 'STUDENT', day: new Date().toISOString().slice(0, 10) }]);
  });

  it.each([
    ['verified', true, new Date()],
    ['unverified', false, null],
  ])('issues a token that names person and session, and says that the account is %s', async (_what, ver, at) => {
    const { id, email } = await addAccount(graph, { emailVerifiedAt: at });
    const { session } = await signIn(email, PASSWORD);
    expect(decodeJwt(String(session?.accessToken))).toMatchObject({ sub: id, sid: session?.id, ver });
  });

  it('issues a token that knows of the verification once the session is refreshed', async () => {
    const { id, email } = await addAccount(graph, { emailVerifiedAt: null });
    const { session } = await signIn(email, PASSWORD);
    await database(graph).nativeUpdate(User, { id }, { emailVerifiedAt: new Date() });
    const refreshed = await refresh(String(session?.refreshToken));
    expect(decodeJwt(String(refreshed.session?.accessToken))).toMatchObject({ ver: true });
  });
});

describe('the audit log', () => {
  it('records who signed in, with the address as a hash under a key of theirs', async () => {
    const { id, email } = await addAccount(graph);
    const { session } = await signIn(email, PASSWORD, { clientAddress: '203.0.113.7' });
    const entries = await database(graph).find(AuditEntry, { subjectId: id });
    expect(entries).toMatchObject([
      { action: 'SIGNED_IN', actorId: id, details: { method: 'PASSWORD', sessionId: session?.id } },
    ]);
    expect(entries[0]?.networkHash).toEqual(expect.any(String));
    expect(JSON.stringify(entries)).not.toContain('203.0.113.7');
  });

  it('records failures with the account that was meant and why', async () => {
    const { id, email } = await addAccount(graph, { suspendedAt: new Date() });
    await signIn(email, 'a wrong password');
    await signIn(email, PASSWORD);
    const entries = await database(graph).find(AuditEntry, { subjectId: id }, { orderBy: { at: 'asc', id: 'asc' } });
    expect(entries).toMatchObject([
      { action: 'SIGN_IN_FAILED', actorId: null, details: { method: 'PASSWORD', reason: 'INVALID_CREDENTIALS' } },
      { action: 'SIGN_IN_FAILED', actorId: null, details: { method: 'PASSWORD', reason: 'ACCOUNT_SUSPENDED' } },
    ]);
  });

  it('records failures of an unknown address without it', async () => {
    const requestId = `unknown-${process.pid}`;
    await signIn('stranger@test.tutorgraph.example', 'whatever', { requestId, clientAddress: '203.0.113.7' });
    const entries = await database(graph).find(AuditEntry, { requestId });
    expect(entries).toMatchObject([{ action: 'SIGN_IN_FAILED', actorId: null, subjectId: null, networkHash: null }]);
    expect(JSON.stringify(entries)).not.toContain('stranger');
  });
});

describe('a password that was hashed with less work', () => {
  it('is hashed anew when its owner signs in, also twice at once', async () => {
    const { id, email } = await addAccount(graph, { passwordHash: await weakHash(PASSWORD) });
    const answers = await Promise.all([1, 2, 3].map(() => signIn(email, PASSWORD)));
    expect(answers.map(({ user }) => user?.id)).toEqual([id, id, id]);
    const { passwordHash } = await database(graph).findOneOrFail(User, { id });
    expect(isWeakHash(passwordHash)).toBe(false);
    expect((await signIn(email, PASSWORD)).user?.id).toBe(id);
    expect(codes(await signIn(email, 'a wrong password'))).toEqual(['INVALID_CREDENTIALS']);
  });

  it('stays as it is for whoever does not know it', async () => {
    const weak = await weakHash(PASSWORD);
    const { id, email } = await addAccount(graph, { passwordHash: weak });
    await signIn(email, 'a wrong password');
    expect((await database(graph).findOneOrFail(User, { id })).passwordHash).toBe(weak);
    expect(isWeakHash(await hashPassword(PASSWORD))).toBe(false);
    expect(isWeakHash(null)).toBe(false);
  });
});

describe('50 refreshes of one token at once', () => {
  it('give one successor', async () => {
    const { email } = await addAccount(graph);
    const { session } = await signIn(email, PASSWORD);
    const token = String(session?.refreshToken);
    const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(token)));
    expect(answers.flatMap(codes)).toEqual([]);
    const successors = new Set(answers.map((answer) => answer.session?.refreshToken));
    expect(successors.size).toBe(1);
    expect(successors).not.toContain(token);
    expect(await database(graph).count(RefreshToken, { sessionId: String(session?.id) })).toBe(2);
    const [successor] = successors;
    expect(codes(await refresh(String(successor)))).toEqual([]);
  });
});

/** How many argon2 computations Node.js starts during some work. */
async function argon2Computations(work: () => Promise<unknown>): Promise<number> {
  let started = 0;
  const hook = createHook({
    init: (_id, type) => {
      if (type === 'ARGON2REQUEST') started++;
    },
  }).enable();
  try {
    await work();
  } finally {
    hook.disable();
  }
  return started;
}

async function weakHash(password: string): Promise<string> {
  const salt = randomBytes(16);
  const cost = { memory: 8_192, passes: 1, parallelism: 1 };
  const tag = await promisify(argon2)('argon2id', { ...cost, message: password, nonce: salt, tagLength: 32 });
  const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=8192,t=1,p=1$${text(salt)}$${text(tag)}`;
}
