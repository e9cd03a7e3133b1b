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
    expect(await (await get('{ nothing }', staff)).json()).toMatchObject({
      errors: [{ message: expect.stringContaining('nothing') }],
    });
    expect((await get('', staff)).status).toBe(400);
    expect((await get('query A { orders { id } } query B { orders { id } }', staff)).status).toBe(400);
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
