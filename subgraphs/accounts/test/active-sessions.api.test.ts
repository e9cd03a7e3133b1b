import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AuditEntry } from '../src/audit/audit-entry.entity.js';
import { Session } from '../src/sessions/session.entity.js';
import { addAccount, database, runAs } from './account-fixtures.js';
import { REFRESH, SIGN_IN } from './accounts-client.js';

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const SESSIONS = `query ($first: Int, $after: String, $last: Int, $before: String) {
  sessions(first: $first, after: $after, last: $last, before: $before) {
    totalCount
    edges { cursor node { id device userAgent networkAddress createdAt lastSeenAt expiresAt isCurrent } }
    pageInfo { hasNextPage endCursor }
  }
}`;
const REVOKE = `mutation ($input: RevokeSessionInput!) {
  revokeSession(input: $input) { sessionId userErrors { code field message } }
}`;
const EVERYWHERE = `mutation ($input: SignOutEverywhereInput) {
  signOutEverywhere(input: $input) { endedSessions userErrors { code } }
}`;

let graph: TestGraph;
let owner: Awaited<ReturnType<typeof addAccount>>;

beforeAll(async () => {
  graph = await startTestGraph(['accounts']);
});

afterAll(() => graph.close());

beforeEach(async () => {
  owner = await addAccount(graph);
});

interface Opened {
  id: string;
  refreshToken: string;
  authorization: string;
}

interface SessionsPage {
  totalCount: number;
  edges: { node: Record<string, unknown> }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}

async function signIn(person = owner, userAgent?: string, clientAddress?: string): Promise<Opened> {
  const input = { email: person.email, password: person.password };
  const { data } = await runAs(graph, { userAgent, clientAddress }, SIGN_IN, { input });
  const { signIn: answer } = data as { signIn: { session: Opened & { accessToken: string } } };
  return { ...answer.session, authorization: `Bearer ${answer.session.accessToken}` };
}

async function sessionsOf(opened: Opened, page: object = {}): Promise<SessionsPage> {
  const { data, errors } = await runAs(graph, opened, SESSIONS, page);
  if (errors) throw errors[0];
  return (data as { sessions: SessionsPage }).sessions;
}

async function goesOn(opened: Opened): Promise<boolean> {
  const { data } = await runAs(graph, {}, REFRESH, { input: { refreshToken: opened.refreshToken } });
  return Boolean((data as { refreshSession: { session: unknown } }).refreshSession.session);
}

describe('the list of devices', () => {
  it('shows each with what it is, and which one asks', async () => {
    const phone = await signIn(owner, 'Tutorgraph/1.2 (iPhone; iOS 18.0)', '2001:db8::1');
    const laptop = await signIn(owner, CHROME, '203.0.113.7');
    const { edges, totalCount } = await sessionsOf(laptop);
    expect(totalCount).toBe(2);
    expect(edges.map(({ node }) => node)).toMatchObject([
      { id: laptop.id, device: 'Chrome on Windows', userAgent: CHROME, networkAddress: '203.0.113.7', isCurrent: true },
      { id: phone.id, device: 'Tutorgraph on iOS', networkAddress: '2001:db8::1', isCurrent: false },
    ]);
    expect(Object.values(edges[0]?.node ?? {})).not.toContain(undefined);
  });

  it('begins with the one that was used last', async () => {
    const [first, second] = [await signIn(), await signIn()];
    await goesOn(first);
    expect((await sessionsOf(second)).edges.map(({ node }) => node['id'])).toEqual([first.id, second.id]);
  });

  it('shows neither those of others nor those that are over', async () => {
    const [mine, ended, expired] = [await signIn(), await signIn(), await signIn()];
    await signIn(await addAccount(graph));
    const em = database(graph);
    await em.nativeUpdate(Session, { id: ended.id }, { revokedAt: new Date() });
    await em.nativeUpdate(Session, { id: expired.id }, { expiresAt: new Date(Date.now() - 1) });
    const { edges, totalCount } = await sessionsOf(mine);
    expect(edges.map(({ node }) => node['id'])).toEqual([mine.id]);
    expect(totalCount).toBe(1);
  });

  it('comes page by page, each once, in as many statements however many there are', async () => {
    const opened: Opened[] = [];
    for (let index = 0; index < 7; index++) opened.unshift(await signIn());
    const [newest] = opened;
    if (!newest) throw new Error('There is no session');
    const seen: unknown[] = [];
    let after: string | null = null;
    do {
      const page = await sessionsOf(newest, { first: 3, after });
      seen.push(...page.edges.map(({ node }) => node['id']));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toEqual(opened.map(({ id }) => id));
    const counts: number[] = [];
    for (const first of [1, 7]) {
      const { statements } = await withStatements(() => sessionsOf(newest, { first }));
      counts.push(statements.length);
    }
    expect(counts).toEqual([2, 2]);
  });

  it('is there for whoever has not verified an address yet', async () => {
    const unverified = await addAccount(graph, { emailVerifiedAt: null });
    expect((await sessionsOf(await signIn(unverified))).totalCount).toBe(1);
  });

  it('is for people who are signed in, and refuses pages that are none', async () => {
    expect((await runAs(graph, {}, SESSIONS)).codes).toEqual(['UNAUTHENTICATED']);
    const opened = await signIn();
    expect((await runAs(graph, opened, SESSIONS, { first: 101 })).codes).toEqual(['BAD_USER_INPUT']);
    expect((await runAs(graph, opened, SESSIONS, { after: 'x' })).codes).toEqual(['BAD_USER_INPUT']);
  });
});

describe('ending one session', () => {
  it('ends it everywhere and may be repeated', async () => {
    const [mine, lost] = [await signIn(), await signIn()];
    const ended = new Promise<void>((resolve) => graph.rights.onSessionEnded((id) => id === lost.id && resolve()));
    const variables = { input: { sessionId: lost.id } };
    const first = await runAs(graph, mine, REVOKE, variables);
    expect(first.data).toEqual({ revokeSession: { sessionId: lost.id, userErrors: [] } });
    await ended;
    expect((await runAs(graph, lost, SESSIONS)).codes).toEqual(['UNAUTHENTICATED']);
    expect(await goesOn(lost)).toBe(false);
    expect((await runAs(graph, mine, REVOKE, variables)).data).toEqual(first.data);
    expect(await goesOn(mine)).toBe(true);
    const entries = await database(graph).find(AuditEntry, { actorId: owner.id, action: 'SESSION_REVOKED' });
    expect(entries).toMatchObject([{ subjectId: owner.id, details: { sessionId: lost.id } }]);
  });

  it("answers a stranger's session and one that does not exist alike", async () => {
    const [mine, theirs] = [await signIn(), await signIn(await addAccount(graph))];
    const answers: unknown[] = [];
    for (const sessionId of [theirs.id, '01900000-0000-7000-8000-000000000001', 'no id', "'; --"]) {
      answers.push((await runAs(graph, mine, REVOKE, { input: { sessionId } })).data);
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({
      revokeSession: {
        sessionId: null,
        userErrors: [
          { code: 'SESSION_NOT_FOUND', field: ['input', 'sessionId'], message: 'You have no such session.' },
        ],
      },
    });
    expect(await goesOn(theirs)).toBe(true);
  });

  it('is for people who are signed in', async () => {
    expect((await runAs(graph, {}, REVOKE, { input: { sessionId: 'x' } })).codes).toEqual(['UNAUTHENTICATED']);
  });
});

describe('signing out everywhere', () => {
  it('ends the present session as well', async () => {
    const [first, second] = [await signIn(), await signIn()];
    const stranger = await signIn(await addAccount(graph));
    const { data } = await runAs(graph, first, EVERYWHERE);
    expect(data).toEqual({ signOutEverywhere: { endedSessions: 2, userErrors: [] } });
    expect([await goesOn(first), await goesOn(second), await goesOn(stranger)]).toEqual([false, false, true]);
    const entries = await database(graph).find(AuditEntry, { actorId: owner.id, action: 'SIGNED_OUT_EVERYWHERE' });
    expect(entries).toMatchObject([{ subjectId: owner.id, details: { ended: 2, exceptCurrent: false } }]);
  });

  it('spares the present session when told so, and does nothing when repeated', async () => {
    const [first, second] = [await signIn(), await signIn()];
    const variables = { input: { exceptCurrent: true } };
    const once = await runAs(graph, first, EVERYWHERE, variables);
    expect(once.data).toEqual({ signOutEverywhere: { endedSessions: 1, userErrors: [] } });
    expect([await goesOn(first), await goesOn(second)]).toEqual([true, false]);
    const again = await runAs(graph, first, EVERYWHERE, variables);
    expect(again.data).toEqual({ signOutEverywhere: { endedSessions: 0, userErrors: [] } });
  });

  it('is for people who are signed in', async () => {
    expect((await runAs(graph, {}, EVERYWHERE)).codes).toEqual(['UNAUTHENTICATED']);
  });
});
