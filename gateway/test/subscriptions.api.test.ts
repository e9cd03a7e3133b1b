import type { Client } from 'graphql-ws';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect, Live, until } from './world/client.js';
import { type Mode, type RunningWorld, startWorld } from './world/world.js';

const ORDER_CHANGED = `subscription Changed($id: ID!, $after: String) {
  orderChanged(orderId: $id, after: $after) { cursor order { id title author { name } } }
}`;

describe.each<Mode>(['in-process', 'remote'])('a federated subscription, %s', (mode) => {
  let running: RunningWorld;
  let client: Client;

  beforeEach(async () => {
    running = await startWorld({ mode });
    client = connect(running.url);
  });
  afterEach(async () => {
    await client.dispose();
    await running.close();
  });

  test('selects fields of the subgraph that sends the event and of others', async () => {
    const live = new Live(client, ORDER_CHANGED, { id: '1' });
    expect(await live.next()).toEqual({ orderChanged: { cursor: '0', order: null } });
    running.world.log.append('1');
    expect(await live.next()).toEqual({
      orderChanged: { cursor: '1', order: { id: '1', title: 'Algebra', author: { name: 'Person p1' } } },
    });
  });

  test('carries the current cursor in its first message, and resumes behind a cursor', async () => {
    const { log } = running.world;
    for (const id of ['1', '2', '1', '1']) log.append(id);
    const live = new Live(client, ORDER_CHANGED, { id: '1' });
    expect(await live.next()).toEqual({ orderChanged: { cursor: '4', order: null } });

    const resumed = new Live(client, ORDER_CHANGED, { id: '1', after: '1' });
    expect(await resumed.next()).toMatchObject({ orderChanged: { cursor: '1', order: null } });
    expect(await resumed.next()).toMatchObject({ orderChanged: { cursor: '3', order: { id: '1' } } });
    expect(await resumed.next()).toMatchObject({ orderChanged: { cursor: '4' } });
  });

  test('works without selecting the cursor, with aliases, fragments and a literal position', async () => {
    running.world.log.append('1');
    const live = new Live(
      client,
      `subscription { changed: orderChanged(orderId: "1", after: "0") { ...Event } }
       fragment Event on OrderChangedEvent { at: cursor now: order { author { name } } }`,
    );
    expect(await live.next()).toEqual({ changed: { at: '0', now: null } });
    expect(await live.next()).toEqual({ changed: { at: '1', now: { author: { name: 'Person p1' } } } });
    const bare = new Live(client, 'subscription { orderChanged(orderId: "1") { order { title } } }');
    expect(await bare.next()).toEqual({ orderChanged: { order: null } });
    running.world.log.append('1');
    expect(await bare.next()).toEqual({ orderChanged: { order: { title: 'Algebra' } } });
  });

  test('of a field without cursor and after works too', async () => {
    const live = new Live(client, 'subscription { ticks { number author { name } } }');
    running.world.ticks.push({ number: 7, author: { id: 'p9' } });
    expect(await live.next()).toEqual({ ticks: { number: 7, author: { name: 'Person p9' } } });
  });

  test('reports an error of another subgraph in that event and goes on', async () => {
    const live = new Live(
      client,
      'subscription { orderChanged(orderId: "1") { cursor order { author { name secret } } } }',
    );
    await live.next();
    running.world.log.append('1');
    const result = await live.result();
    expect(result.data).toEqual({
      orderChanged: { cursor: '1', order: { author: { name: 'Person p1', secret: null } } },
    });
    expect(result.errors).toEqual([
      {
        message: 'Not yours to see',
        path: ['orderChanged', 'order', 'author', 'secret'],
        extensions: { code: 'FORBIDDEN', requestId: expect.any(String) },
      },
    ]);
    running.world.log.append('1');
    expect(await live.next()).toMatchObject({ orderChanged: { cursor: '2' } });
  });

  test('shares its upstream with clients who ask the same, and tells a late one the position at once', async () => {
    const first = new Live(client, ORDER_CHANGED, { id: '1' });
    await first.next();
    running.world.log.append('1');
    await first.next();
    const other = connect(running.url);
    const late = new Live(other, ORDER_CHANGED, { id: '1' });
    expect(await late.next()).toEqual({ orderChanged: { cursor: '1', order: null } });
    const own = new Live(other, ORDER_CHANGED, { id: '2' });
    await own.next();
    expect(running.world.log.open).toBe(2);
    expect(running.gateway.upstreams.size).toBe(2);

    const before = running.world.fetches.length;
    running.world.log.append('1');
    expect(await first.next()).toEqual(await late.next());
    expect(running.world.fetches.length - before).toBe(1);
    await other.dispose();
  });

  test('ends its upstream with its last listener, at once, although the stream is quiet', async () => {
    const other = connect(running.url);
    const first = new Live(client, ORDER_CHANGED, { id: '1' });
    const second = new Live(other, ORDER_CHANGED, { id: '1' });
    await Promise.all([first.next(), second.next()]);
    await first.end();
    await until(() => running.gateway.upstreams.size === 1);
    expect(running.world.log.open).toBe(1);
    await other.dispose();
    await until(() => running.world.log.open === 0);
    expect(running.gateway.upstreams.size).toBe(0);
  });

  test('that the subgraph refuses is refused with its code', async () => {
    running.world.log.oldest = 5;
    const live = new Live(client, ORDER_CHANGED, { id: '1', after: '1' });
    const [error] = await live.failure();
    expect(error?.extensions).toEqual({ code: 'RESUME_GAP', cursor: '1', requestId: expect.any(String) });
    expect(running.gateway.upstreams.size).toBe(0);
  });

  test('that is malformed is refused with a code', async () => {
    const unknown = new Live(client, 'subscription { nothing }');
    expect((await unknown.failure())[0]?.extensions).toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED' });
    const incomplete = new Live(client, ORDER_CHANGED, {});
    expect((await incomplete.failure())[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    const broken = new Live(client, 'subscription {');
    expect((await broken.failure())[0]?.extensions).toMatchObject({ code: 'GRAPHQL_PARSE_FAILED' });
  });

  test('that fails upstream with an inner error ends with a masked one and the last cursor', async () => {
    const live = new Live(client, ORDER_CHANGED, { id: '1' });
    await live.next();
    running.world.log.fail(new Error('no disk at /var/lib'));
    const [error] = await live.failure();
    expect(error?.message).not.toContain('disk');
    expect(error?.extensions).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', cursor: '0' });
  });

  test('stands beside queries and mutations on the same socket', async () => {
    const live = new Live(client, ORDER_CHANGED, { id: '1' });
    await live.next();
    const query = new Live(client, '{ orders { title author { name } } refused }');
    const { data, errors } = await query.result();
    expect(data).toMatchObject({ orders: [{ title: 'Algebra', author: { name: 'Person p1' } }, {}] });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', requestId: expect.any(String) });
    const mutation = new Live(client, 'mutation { renameOrder(id: "1", title: "Logic") { order { title } } }');
    expect(await mutation.next()).toEqual({ renameOrder: { order: { title: 'Logic' } } });
  });
});
