import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Session } from '../src/sessions/session.entity.js';
import { revokeSessionsOf } from '../src/sessions/session.repository.js';
import { type OpenedSession, openSession, REFRESH, register, SIGN_IN } from './accounts-client.js';

let graph: TestGraph;
let em: EntityManager;

beforeAll(async () => {
  graph = await startTestGraph(['accounts']);
  const accounts = graph.rooms.get('accounts');
  if (!accounts) throw new Error('accounts did not start');
  em = accounts.orm.em;
});

afterAll(() => graph.close());

interface Issued {
  id: string;
  accessToken: string;
  refreshToken: string;
}

async function signIn(person: { email: string; password: string }): Promise<Issued | null> {
  const { email, password } = person;
  const { data, errors } = await graph.run('accounts', SIGN_IN, { input: { email, password } });
  if (errors) throw errors[0];
  return (data as { signIn: { session: Issued | null } }).signIn.session;
}

async function refresh(refreshToken: string): Promise<Issued | null> {
  const { data, errors } = await graph.run('accounts', REFRESH, { input: { refreshToken } });
  if (errors) throw errors[0];
  return (data as { refreshSession: { session: Issued | null } }).refreshSession.session;
}

async function userIdOf(sessionId: string): Promise<string> {
  return (await em.fork().findOneOrFail(Session, { id: sessionId })).userId;
}

function live(userId: string): Promise<number> {
  return em.fork().count(Session, { userId, revokedAt: null });
}

async function eventsOf(userId: string): Promise<{ subject: string; reason: string }[]> {
  const rows = await em
    .fork()
    .execute<{ event: { type: string; subject: string; data: { userId?: string; reason: string } } }[]>(
      'select event from accounts.outbox',
    );
  return rows
    .filter(({ event }) => event.type.endsWith('session.revoked.v1') && event.data.userId === userId)
    .map(({ event }) => ({ subject: event.subject, reason: event.data.reason }));
}

describe('ending every session of somebody', () => {
  it("ends each with an event, and nobody else's", async () => {
    const person = await register(graph);
    const sessions = [await signIn(person), await signIn(person), await signIn(person)];
    const stranger = await openSession(graph);
    const userId = await userIdOf(String(sessions[0]?.id));
    expect(await transaction(em, (tx) => revokeSessionsOf(tx, userId, 'SUSPENDED'))).toBe(3);
    for (const session of sessions) expect(await refresh(String(session?.refreshToken))).toBeNull();
    expect(await refresh(stranger.refreshToken)).not.toBeNull();
    expect((await eventsOf(userId)).map(({ subject }) => subject).sort()).toEqual(sessions.map((s) => s?.id).sort());
    expect((await eventsOf(userId)).every(({ reason }) => reason === 'SUSPENDED')).toBe(true);
  });

  it('spares the one that is named, and does nothing when repeated', async () => {
    const person = await register(graph);
    const [kept, ended] = [await signIn(person), await signIn(person)];
    const userId = await userIdOf(String(kept?.id));
    const end = () => transaction(em, (tx) => revokeSessionsOf(tx, userId, 'PASSWORD_RESET', kept?.id));
    expect(await end()).toBe(1);
    expect(await end()).toBe(0);
    expect(await refresh(String(kept?.refreshToken))).not.toBeNull();
    expect(await refresh(String(ended?.refreshToken))).toBeNull();
    expect(await eventsOf(userId)).toHaveLength(1);
  });

  it('is undone with its transaction', async () => {
    const session = await openSession(graph);
    const failing = transaction(em, async (tx) => {
      await revokeSessionsOf(tx, session.userId, 'SUSPENDED');
      throw new Error('something else failed');
    });
    await expect(failing).rejects.toThrow('something else failed');
    expect(await live(session.userId)).toBe(1);
    expect(await eventsOf(session.userId)).toEqual([]);
  });
});

describe.runIf(isRealPostgres())('what is in flight while every session ends', () => {
  it('cannot slip through by refreshing: it waits, and is then refused', async () => {
    const session = await openSession(graph);
    const { waiting, finish } = await whileEnding(session, () => refresh(session.refreshToken));
    await finish();
    expect(await waiting).toBeNull();
    expect(await live(session.userId)).toBe(0);
  });

  it('cannot slip through by signing in with a password that is being replaced', async () => {
    const person = await register(graph);
    const { id } = (await signIn(person)) ?? { id: '' };
    const userId = await userIdOf(id);
    const { waiting, finish } = await whileEnding(
      { userId },
      () => signIn(person),
      async (tx) => {
        await tx.execute('update accounts.users set password_hash = null where id = ?', [userId]);
      },
    );
    await finish();
    expect(await waiting).toBeNull();
    expect(await live(userId)).toBe(0);
  });

  it('is ended as well when it was first, however many refresh and sign in at once', async () => {
    const person = await register(graph);
    const opened = await Promise.all([1, 2, 3, 4, 5, 6].map(() => signIn(person)));
    const userId = await userIdOf(String(opened[0]?.id));
    const work = opened.map((session) => refresh(String(session?.refreshToken)));
    const end = transaction(em, async (tx) => {
      await revokeSessionsOf(tx, userId, 'SUSPENDED');
      await tx.execute('update accounts.users set suspended_at = now() where id = ?', [userId]);
    });
    const more = [1, 2, 3].map(() => signIn(person));
    await Promise.all([...work, end, ...more]);
    expect(await live(userId)).toBe(0);
    for (const session of await Promise.all(work)) if (session) expect(await refresh(session.refreshToken)).toBeNull();
    const ended = (await eventsOf(userId)).map(({ subject }) => subject);
    expect(ended).toHaveLength(await em.fork().count(Session, { userId }));
    expect(new Set(ended).size).toBe(ended.length);
  });
});

/** Starts `work` once a transaction that ends all sessions holds its locks; it must not end before that commits. */
async function whileEnding<Answer>(
  { userId }: Pick<OpenedSession, 'userId'>,
  work: () => Promise<Answer>,
  more: (tx: EntityManager) => Promise<unknown> = async () => {},
) {
  const commit = Promise.withResolvers<void>();
  const holding = Promise.withResolvers<void>();
  const ending = transaction(em, async (tx) => {
    await revokeSessionsOf(tx, userId, 'PASSWORD_RESET');
    await more(tx);
    holding.resolve();
    await commit.promise;
  });
  await holding.promise;
  const waiting = work();
  await blocked();
  return {
    waiting,
    finish: async () => {
      commit.resolve();
      await ending;
    },
  };
}

/** Resolves once some statement of this database waits for a lock. */
async function blocked(): Promise<void> {
  for (;;) {
    const [row] = await em.fork().execute<{ count: number }[]>(
      `select count(*)::int as count from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (row && row.count > 0) return;
  }
}
