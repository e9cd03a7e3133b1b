import { newId } from '@tutorgraph/kit/database/id';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestRights } from './world/live-rights.js';
import { signToken } from './world/tokens.js';
import { type RunningWorld, startWorld } from './world/world.js';

const QUERY = '{ orders { title author { name } } }';

let rights: TestRights;
let running: RunningWorld;
let staff: string;

beforeAll(async () => {
  rights = new TestRights();
  rights.start();
  running = await startWorld(rights.trust);
  await rights.set({ roles: [{ role: 'ADMIN', permissions: ['accounts.plans.read'] }] });
  staff = await signToken({ sessionId: newId(), role: 'ADMIN' });
});
afterAll(async () => {
  await running.close();
  rights.stop();
});

interface Shown {
  text: string;
  plan: unknown;
  hash: string;
  cost: number;
}

async function shownIn(response: Response): Promise<Shown> {
  return (await response.json()) as Shown;
}

function get(query: string, authorization?: string): Promise<Response> {
  const url = new URL('/debug/plan', running.url);
  url.searchParams.set('query', query);
  return fetch(url, { headers: authorization ? { authorization } : {} });
}

function post(path: string, body: string, headers: Record<string, string>): Promise<Response> {
  return fetch(new URL(path, running.url), { method: 'POST', headers, body });
}

function refusedWith(code: string) {
  return { errors: [{ message: expect.any(String), extensions: { code, requestId: expect.any(String) } }] };
}

describe('the page of plans', () => {
  test('shows staff with the permission how an operation would be carried out', async () => {
    const response = await get(QUERY, staff);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const { text, plan, hash, cost } = await shownIn(response);
    expect(text).toContain('Fetch(service: "orders")');
    expect(text).toContain('Flatten(path: "orders.@.author")');
    expect(plan).toMatchObject({ kind: 'QueryPlan', node: { kind: 'Sequence' } });
    expect(cost).toBeGreaterThan(0);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(running.world.fetches).toEqual([]);
  });

  test('takes one of several operations by POST', async () => {
    const query = 'query A { orders { id } } query B { person(id: "1") { name } }';
    const response = await fetch(new URL('/debug/plan', running.url), {
      method: 'POST',
      headers: { authorization: staff, 'content-type': 'application/json' },
      body: JSON.stringify({ query, operationName: 'B' }),
    });
    expect((await shownIn(response)).text).toContain('Fetch(service: "people")');
  });

  test('plans subscriptions', async () => {
    const response = await get('subscription { ticks { number author { name } } }', staff);
    expect((await shownIn(response)).text).toContain('Subscription');
  });

  test('says what is wrong with an operation', async () => {
    const wrong: [string, string][] = [
      ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
      ['{', 'GRAPHQL_PARSE_FAILED'],
      ['', 'BAD_REQUEST'],
      ['query A { orders { id } } query B { orders { id } }', 'OPERATION_RESOLUTION_FAILURE'],
    ];
    for (const [query, code] of wrong) {
      const response = await get(query, staff);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject(refusedWith(code));
    }
  });

  test.each([
    ['broken JSON', '{"query": "{ orders', 'application/json', 400, 'BAD_REQUEST'],
    ['no JSON', 'query', 'application/json', 400, 'BAD_REQUEST'],
    ['nothing', '', 'application/json', 400, 'BAD_REQUEST'],
    ['a list', '[]', 'application/json', 400, 'BAD_REQUEST'],
    ['a form', 'query=a', 'application/x-www-form-urlencoded', 400, 'BAD_REQUEST'],
    ['too much', `"${'x'.repeat(300_000)}"`, 'application/json', 413, 'PAYLOAD_TOO_LARGE'],
  ])('refuses %s as every other page does, and names no path', async (_what, body, type, status, code) => {
    const response = await post('/debug/plan', body, { authorization: staff, 'content-type': type });
    expect(response.status).toBe(status);
    const text = await response.text();
    expect(JSON.parse(text)).toEqual(refusedWith(code));
    expect(text).not.toMatch(/debug|plan|node_modules|\.[jt]s\b/);
  });

  test.each([
    ['a good operation', JSON.stringify({ query: QUERY }), 'application/json', 'NOT_FOUND'],
    ['broken JSON', '{"query": "{ orders', 'application/json', 'BAD_REQUEST'],
    ['a form', 'query=a', 'application/x-www-form-urlencoded', 'NOT_FOUND'],
    ['too much', `"${'x'.repeat(300_000)}"`, 'application/json', 'PAYLOAD_TOO_LARGE'],
  ])('is for strangers and students as if there were none, when they send %s', async (_what, body, type, code) => {
    const student = await signToken({ sessionId: newId(), role: 'STUDENT' });
    for (const authorization of [undefined, student, 'Bearer nonsense']) {
      const headers = { 'content-type': type, ...(authorization && { authorization }) };
      const [here, nowhere] = await Promise.all(
        ['/debug/plan', '/debug/none'].map(async (path) => {
          const response = await post(path, body, headers);
          const shown = [...response.headers.keys()].filter((name) => name !== 'date');
          return { status: response.status, shown, body: await response.json() };
        }),
      );
      expect(here).toEqual({ ...nowhere, body: refusedWith(code) });
      expect(nowhere?.body).toEqual(refusedWith(code));
    }
  });

  test('is not there for anybody else', async () => {
    const student = await signToken({ sessionId: newId(), role: 'STUDENT' });
    const hr = await signToken({ sessionId: newId(), role: 'HR' });
    for (const authorization of [undefined, student, hr, 'Bearer nonsense', 'nonsense']) {
      const response = await get(QUERY, authorization);
      expect(response.status).toBe(404);
      expect(await response.text()).not.toContain('plan:');
    }
  });

  test('is not there for staff whose permission was taken', async () => {
    await rights.set({ roles: [{ role: 'ADMIN', permissions: [] }] });
    expect((await get(QUERY, staff)).status).toBe(404);
  });

  test('is not there where nothing knows of rights', async () => {
    const { verify } = rights.trust;
    const alone = await startWorld({ verify });
    const response = await fetch(new URL(`/debug/plan?query=${encodeURIComponent(QUERY)}`, alone.url), {
      headers: { authorization: staff },
    });
    expect(response.status).toBe(404);
    await alone.close();
  });
});
