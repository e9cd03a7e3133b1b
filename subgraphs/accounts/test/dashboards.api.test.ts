import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAccount, database } from './account-fixtures.js';

let graph: TestGraph;

beforeAll(async () => {
  graph = await startTestGraph(['accounts']);
});

afterAll(() => graph.close());

const DASHBOARD = '{ myDashboard { id user { id email } profileCompleteness missingProfileParts } }';
const METRICS = `query ($from: DateTime!, $to: DateTime!) {
  platformMetrics(from: $from, to: $to) { from to totalUsers newUsers activeTutors activeStudents }
}`;

describe('a dashboard', () => {
  it('is one’s own and says what the account lacks', async () => {
    const person = await graph.person('STUDENT');
    const { data } = await graph.run('accounts', DASHBOARD, {}, person);
    expect(data).toMatchObject({
      myDashboard: { id: person.userId, user: { id: person.userId }, missingProfileParts: ['PHONE', 'AVATAR'] },
    });
    await database(graph).execute(`update accounts.users set phone = '+49301234567' where id = ?`, [person.userId]);
    const later = await graph.run('accounts', DASHBOARD, {}, person);
    const { myDashboard } = later.data as { myDashboard: { profileCompleteness: number } };
    expect(myDashboard.profileCompleteness).toBeCloseTo(2 / 3);
  });
});

describe('figures of the platform', () => {
  const span = { from: '2001-03-01T00:00:00.000Z', to: '2001-04-01T00:00:00.000Z' };

  async function opened(at: string, change = ''): Promise<string> {
    const { id } = await addAccount(graph);
    await database(graph).execute(`update accounts.users set created_at = ?${change} where id = ?`, [at, id]);
    return id;
  }

  async function active(id: string, day: string, role: string): Promise<void> {
    await database(graph).execute('insert into accounts.active_days (user_id, day, role) values (?, ?, ?)', [
      id,
      day,
      role,
    ]);
  }

  it('count proven accounts at the end of the span, new ones within it, and people who were there', async () => {
    const before = await opened('2001-02-28T23:59:59Z');
    const within = await opened('2001-03-01T00:00:00Z');
    const last = await opened('2001-03-31T23:59:59Z');
    await opened('2001-04-01T00:00:00Z');
    await opened('2001-03-10T00:00:00Z', ', email_verified_at = null');
    await active(before, '2001-03-01', 'TUTOR');
    await active(before, '2001-03-02', 'TUTOR');
    await active(within, '2001-03-31', 'STUDENT');
    await active(last, '2001-04-01', 'STUDENT');
    await active(last, '2001-02-28', 'STUDENT');
    const { data } = await graph.run('accounts', METRICS, span, await graph.person('ADMIN'));
    expect(JSON.parse(JSON.stringify(data))).toEqual({
      platformMetrics: { ...span, totalUsers: 3, newUsers: 2, activeTutors: 1, activeStudents: 1 },
    });
  });

  it('take one statement', async () => {
    const admin = await graph.person('ADMIN');
    const { statements } = await withStatements(() => graph.run('accounts', METRICS, span, admin));
    expect(statements).toHaveLength(1);
  });

  it('are refused for a span that goes back, and to whoever may not see them', async () => {
    const back = { from: span.to, to: span.from };
    expect((await graph.run('accounts', METRICS, back, await graph.person('ADMIN'))).codes).toEqual(['BAD_USER_INPUT']);
    expect((await graph.run('accounts', METRICS, span, await graph.person('TUTOR'))).codes).toEqual(['FORBIDDEN']);
  });
});
