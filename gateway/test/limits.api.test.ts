import { afterEach, describe, expect, test } from 'vitest';
import { ask, connect, Live } from './world/client.js';
import { type RunningWorld, startWorld, type WorldOptions } from './world/world.js';

let running: RunningWorld;
afterEach(() => running.close());

async function start(limits: WorldOptions['limits']): Promise<string> {
  running = await startWorld({ limits: limits ?? {} });
  return running.url;
}

describe.each([
  ['depth', { depth: 3 }, '{ order(id: "1") { next { title } } }', '{ order(id: "1") { next { next { title } } } }', 4],
  ['aliases', { aliases: 1 }, '{ a: orders { id } }', '{ a: orders { b: id } }', 2],
  ['rootFields', { rootFields: 1 }, '{ orders { id } }', '{ orders { id } refused }', 2],
  [
    'directives',
    { directives: 1 },
    '{ orders { id @skip(if: false) } }',
    '{ orders { ...A ...A } } fragment A on Order { id @skip(if: false) }',
    2,
  ],
] as const)('the limit of %s', (limit, limits, allowed, refused, asked) => {
  test('lets in what is within it and refuses more, naming itself', async () => {
    const url = await start(limits);
    expect((await ask(url, allowed)).body.errors).toBeUndefined();
    const { status, body } = await ask(url, refused);
    expect(status).toBe(400);
    expect(body.errors?.[0]?.extensions).toMatchObject({
      code: 'GRAPHQL_VALIDATION_FAILED',
      limit,
      asked,
      most: asked - 1,
    });
  });

  test('holds on a WebSocket too', async () => {
    const client = connect(await start(limits));
    expect(await new Live(client, allowed).next()).toBeDefined();
    const [error] = await new Live(client, refused).failure();
    expect(error?.extensions).toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED', limit });
    await client.dispose();
  });
});

describe('limits', () => {
  test('count what hides in fragments', async () => {
    const url = await start({ depth: 3, aliases: 3 });
    const deep = await ask(
      url,
      '{ order(id: "1") { ...A } } fragment A on Order { next { ...B } } fragment B on Order { next { id } }',
    );
    expect(deep.body.errors?.[0]?.extensions).toMatchObject({ limit: 'depth', asked: 4 });
    const many = await ask(
      url,
      '{ orders { ...A ...B ...C } } fragment A on Order { x: id } fragment B on Order { ...A ...A } fragment C on Order { ...B ...A }',
    );
    expect(many.body.errors?.[0]?.extensions).toMatchObject({ limit: 'aliases', asked: 6 });
  });

  test('do not go round for ever on a fragment within itself', async () => {
    const url = await start({});
    const { body } = await ask(url, '{ orders { ...A } } fragment A on Order { next { ...A } }');
    expect(body.errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  test('let tools ask for the whole schema', async () => {
    const url = await start({ depth: 3 });
    const type = '{ __schema { types { fields { type { ofType { ofType { ofType { name } } } } } } } }';
    expect((await ask(url, type)).body.errors).toBeUndefined();
  });

  test('stop at the first word too many, over HTTP and WebSocket', async () => {
    const url = await start({ tokens: 20 });
    const long = `{ orders { ${'id '.repeat(30)} } }`;
    const { status, body } = await ask(url, long);
    expect(status).toBe(400);
    expect(body.errors?.[0]?.extensions.code).toBe('GRAPHQL_PARSE_FAILED');
    const client = connect(url);
    expect((await new Live(client, long).failure())[0]?.extensions).toMatchObject({ code: 'GRAPHQL_PARSE_FAILED' });
    await client.dispose();
  });

  test('bound the operations of one request', async () => {
    const url = await start({ batch: 2 });
    const send = (count: number) =>
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(Array.from({ length: count }, () => ({ query: '{ orders { id } }' }))),
      });
    expect(await (await send(2)).json()).toHaveLength(2);
    const refused = await send(3);
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({
      errors: [{ extensions: { code: 'BATCH_TOO_LARGE', most: 2, asked: 3, requestId: expect.any(String) } }],
    });
  });

  test('turn batches off at one', async () => {
    const url = await start({ batch: 1 });
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ query: '{ orders { id } }' }]),
    });
    expect(response.status).toBe(400);
  });

  test('bound the bytes of a request and of a message', async () => {
    const url = await start({ bodyBytes: 1_000 });
    const { status, body } = await ask(url, `{ orders { id } } # ${'x'.repeat(2_000)}`);
    expect(status).toBe(413);
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', requestId: expect.any(String) });
    const { promise, resolve } = Promise.withResolvers<{ code: number }>();
    const client = connect(url, { onClosed: resolve });
    const live = new Live(client, `{ orders { id } } # ${'x'.repeat(2_000)}`);
    await expect(live.next()).rejects.toBeDefined();
    expect((await promise).code).toBe(1009);
  });

  test('bound the operations that run at a time on one WebSocket', async () => {
    const client = connect(await start({ operationsPerSocket: 2 }));
    const subscription = 'subscription { orderChanged(orderId: "1") { cursor } }';
    const lives = [new Live(client, subscription), new Live(client, subscription)];
    for (const live of lives) await live.next();
    const [error] = await new Live(client, subscription).failure();
    expect(error?.extensions).toMatchObject({ code: 'TOO_MANY_OPERATIONS', most: 2 });
    await lives[0]?.end();
    expect(await new Live(client, subscription).next()).toBeDefined();
    await client.dispose();
  });
});
