import { newId } from '@tutorgraph/kit/database/id';
import { validate } from 'uuid';
import { afterEach, describe, expect, test } from 'vitest';
import { ask, until } from './world/client.js';
import { signToken, verifier } from './world/tokens.js';
import { type RunningWorld, startWorld, type WorldOptions } from './world/world.js';

let running: RunningWorld;
afterEach(() => running.close());

async function start(options: WorldOptions = {}): Promise<string> {
  running = await startWorld(options);
  return running.url;
}

describe('request ids', () => {
  test('are the client’s own when sane, else new UUIDs, and are in headers and errors', async () => {
    const url = await start();
    const own = await ask(url, '{ refused }', { headers: { 'x-request-id': 'abc.DEF:123_4-5' } });
    expect(own.headers.get('x-request-id')).toBe('abc.DEF:123_4-5');
    expect(own.body.errors?.[0]?.extensions.requestId).toBe('abc.DEF:123_4-5');
    for (const insane of ['short', 'x'.repeat(200), 'has space here', '<script>alert(1)</script>']) {
      const { headers } = await ask(url, '{ refused }', { headers: { 'x-request-id': insane } });
      const id = headers.get('x-request-id') ?? '';
      expect(validate(id)).toBe(true);
    }
  });

  test('are in errors outside GraphQL too', async () => {
    const url = await start();
    const malformed = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' });
    expect(malformed.status).toBe(400);
    expect(await malformed.json()).toMatchObject({
      errors: [{ extensions: { code: 'BAD_REQUEST', requestId: malformed.headers.get('x-request-id') } }],
    });
    const missing = await fetch(new URL('/nothing', url));
    expect(missing.status).toBe(404);
    expect(await missing.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
    const typed = await fetch(url, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' });
    expect(await typed.json()).toMatchObject({
      errors: [{ extensions: { requestId: typed.headers.get('x-request-id') } }],
    });
  });
});

describe('access tokens', () => {
  const verify = (token: string) => verifier.verify(token);

  test('that prove nothing are refused with 401', async () => {
    const url = await start({ verify });
    const expired = await signToken({ sessionId: newId(), seconds: -5 });
    for (const authorization of ['Bearer nonsense', 'Basic x', expired]) {
      const { status, body, headers } = await ask(url, '{ orders { id } }', { headers: { authorization } });
      expect(status).toBe(401);
      expect(headers.get('www-authenticate')).toContain('Bearer');
      expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED', requestId: expect.any(String) });
    }
    expect(running.world.fetches).toEqual([]);
  });

  test('that are valid are passed on; without one the client is anonymous', async () => {
    const url = await start({ verify });
    const authorization = await signToken({ sessionId: newId() });
    const known = await ask(url, '{ echo { authorization } }', { headers: { authorization } });
    expect(known.body.data).toEqual({ echo: { authorization } });
    expect((await ask(url, '{ echo { authorization } }')).body.data).toEqual({ echo: { authorization: null } });
  });
});

describe('browsers', () => {
  const preflight = (url: string, origin: string) =>
    fetch(url, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,authorization',
      },
    });

  test('of allowed origins may use the API, others may not', async () => {
    const url = await start();
    const allowed = await preflight(url, 'https://app.example.com');
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
    expect(allowed.headers.get('access-control-allow-headers')).toContain('authorization');
    const refused = await preflight(url, 'https://evil.example.com');
    expect(refused.headers.get('access-control-allow-origin')).toBeNull();
    const answer = await ask(url, '{ orders { id } }', { headers: { origin: 'https://app.example.com' } });
    expect(answer.headers.get('access-control-expose-headers')).toContain('x-request-id');
  });

  test('cannot be made to send what needs no preflight', async () => {
    const url = await start();
    const fromElsewhere = { 'sec-fetch-site': 'cross-site' };
    const forged = await fetch(`${url}?query={orders{id}}`, { headers: fromElsewhere });
    expect(forged.status).toBe(403);
    const asked = { ...fromElsewhere, 'apollo-require-preflight': '1' };
    for (const headers of [asked, { 'sec-fetch-site': 'same-origin' }, {}]) {
      const meant = await fetch(`${url}?query={orders{id}}`, { headers });
      expect(await meant.json()).toMatchObject({ data: { orders: [{}, {}] } });
    }
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await fetch(url, { method: 'POST', headers: form, body: 'query={orders{id}}' })).status).toBe(415);
    const plain = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"query":"{orders{id}}"}' };
    expect((await fetch(url, plain)).status).toBe(415);
    const changed = await fetch(`${url}?query=mutation{renameOrder(id:"1",title:"x"){order{id}}}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    expect(changed.status).toBe(405);
  });

  test('are told to make nothing of an answer but data', async () => {
    const url = await start();
    const { headers } = await ask(url, '{ orders { id } }');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('strict-transport-security')).toContain('max-age');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  test('see the playground where it is on, with a policy that lets it work', async () => {
    const url = await start({ settings: { playground: true } });
    const page = await fetch(url, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect((await ask(url, '{ orders { id } }')).body.data).toBeDefined();
  });

  test('see no playground where it is off', async () => {
    const url = await start({ settings: { playground: false } });
    const page = await fetch(url, { headers: { accept: 'text/html' } });
    expect(page.headers.get('content-type')).not.toContain('text/html');
    expect(page.status).toBe(406);
  });
});

describe('introspection', () => {
  test('tells the schema where it is on', async () => {
    const url = await start({ settings: { introspection: true } });
    const { body } = await ask(url, '{ __schema { queryType { name } } }');
    expect(body.data).toEqual({ __schema: { queryType: { name: 'Query' } } });
    expect((await ask(url, '{ ordrs { id } }')).body.errors?.[0]?.message).toContain('Did you mean');
  });

  test('and hints in errors are off where it is off', async () => {
    const url = await start({ settings: { introspection: false } });
    const { status, body } = await ask(url, '{ __schema { queryType { name } } }');
    expect(status).toBe(400);
    expect(body.data).toBeUndefined();
    expect((await ask(url, '{ ordrs { id } }')).body.errors?.[0]?.message).not.toContain('Did you mean');
  });
});

describe('operators', () => {
  test('see a gateway that lives, and is ready while every subgraph is reached', async () => {
    const url = await start({ mode: 'remote' });
    const get = (path: string) => fetch(new URL(path, url));
    expect((await get('/health/live')).status).toBe(200);
    expect(await (await get('/health/ready')).json()).toMatchObject({
      status: 'ready',
      checks: { orders: 'ok', people: 'ok' },
    });
    await running.close();
    running = await startWorld({ mode: 'remote' });
    await running.people?.kill();
    const answer = await fetch(new URL('/health/ready', running.url));
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ checks: { orders: 'ok', people: 'failed' } });
  });

  test('see a gateway that drains as not ready', async () => {
    const url = await start({ isDraining: () => true });
    expect((await fetch(new URL('/health/ready', url))).status).toBe(503);
    expect((await fetch(new URL('/health/live', url))).status).toBe(200);
  });

  test('can measure requests, fetches and upstream subscriptions', async () => {
    const url = await start();
    await ask(url, '{ orders { author { name } } }');
    const text = await (await fetch(new URL('/metrics', url))).text();
    expect(text).toContain('gateway_subgraph_fetch_duration_seconds_count{subgraph="people",outcome="ok"} 1');
    expect(text).toContain('http_request_duration_seconds_count{method="POST",route="/graphql",status="200"} 1');
    expect(text).toContain('gateway_upstream_subscriptions 0');
  });

  test('lose no request in flight when they stop the gateway', async () => {
    const url = await start({ mode: 'remote' });
    await Promise.all([1, 2, 3, 4, 5].map(() => ask(url, '{ orders { author { name } } }')));
    const inFlight = ask(url, '{ orders { author { name } } }');
    await until(() => running.world.fetches.length > 10);
    const [answer] = await Promise.all([inFlight, running.gateway.close()]);
    expect(answer.body.data).toMatchObject({ orders: [{}, {}] });
  });
});
