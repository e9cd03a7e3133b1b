import { afterEach, describe, expect, test } from 'vitest';
import { RemoteTransport } from '../src/transports/remote-transport.js';
import { SubgraphUnreachable } from '../src/transports/subgraph-transport.js';
import { ask } from './world/client.js';
import { startReplica } from './world/replica.js';
import { createWorld, ordersSubgraph } from './world/subgraphs.js';
import { type Mode, type RunningWorld, startWorld, type WorldOptions } from './world/world.js';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const running of opened.splice(0).reverse()) await running.close();
});

async function start(options: WorldOptions = {}): Promise<RunningWorld> {
  const running = await startWorld(options);
  opened.push(running);
  return running;
}

describe.each<Mode>(['in-process', 'remote'])('an operation over HTTP, %s', (mode) => {
  test('is answered from as many subgraphs as it names', async () => {
    const { url } = await start({ mode });
    const { status, body } = await ask(url, 'query Q($id: ID!) { order(id: $id) { title author { id name } } }', {
      variables: { id: '1' },
    });
    expect(status).toBe(200);
    expect(body).toEqual({ data: { order: { title: 'Algebra', author: { id: 'p1', name: 'Person p1' } } } });
  });

  test('sends identical fetches that are in flight once, and gives each place its own copy', async () => {
    const { url, world } = await start({ mode });
    const { body } = await ask(
      url,
      '{ a: order(id: "1") { author { name } } b: order(id: "1") { author { name } next { author { name } } } }',
    );
    expect(body.data).toEqual({
      a: { author: { name: 'Person p1' } },
      b: { author: { name: 'Person p1' }, next: { author: { name: 'Person p1' } } },
    });
    const people = world.fetches.filter(({ subgraph }) => subgraph === 'people');
    expect(people.length).toBeLessThan(3);
  });

  test('tells subgraphs who asks, from where, in what language and under which id', async () => {
    const { url } = await start({ mode });
    const headers = {
      authorization: 'Bearer theirs',
      'x-request-id': 'client-made-id-1',
      'accept-language': 'ru',
      'user-agent': 'phone/1',
      'x-forwarded-for': '6.6.6.6',
    };
    const { body } = await ask(url, '{ echo { authorization requestId acceptLanguage userAgent clientAddress } }', {
      headers,
    });
    expect(body.data?.echo).toEqual({
      authorization: 'Bearer theirs',
      requestId: 'client-made-id-1',
      acceptLanguage: 'ru',
      userAgent: 'phone/1',
      clientAddress: '127.0.0.1',
    });
  });

  test('keeps expected failures as data', async () => {
    const { url } = await start({ mode });
    const { body } = await ask(
      url,
      'mutation { renameOrder(id: "1", title: "") { order { id } userErrors { message code } } }',
    );
    expect(body).toEqual({
      data: { renameOrder: { order: null, userErrors: [{ message: 'Give it a title', code: 'EMPTY' }] } },
    });
  });

  test('keeps a subgraph error’s code and message, and masks what has no code', async () => {
    const { url } = await start({ mode });
    const { status, headers, body } = await ask(url, '{ refused broken order(id: "1") { author { secret } } }');
    const requestId = headers.get('x-request-id');
    expect(status).toBe(200);
    expect(body.errors).toHaveLength(3);
    expect(body.errors).toContainEqual({
      message: 'Only tutors may',
      path: ['refused'],
      extensions: { code: 'FORBIDDEN', hint: 'sign in', requestId },
    });
    expect(body.errors).toContainEqual({
      message: 'Something failed on our side; try again, and name the request id if it stays so',
      path: ['broken'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
    });
    expect(body.errors).toContainEqual({
      message: 'Not yours to see',
      path: ['order', 'author', 'secret'],
      extensions: { code: 'FORBIDDEN', requestId },
    });
    expect(JSON.stringify(body)).not.toMatch(/postgres|10\.0|people|orders"/);
  });

  test('names a value that should be there and is not as an error', async () => {
    const { url } = await start({ mode });
    const { body } = await ask(url, '{ missing { title } }');
    expect(body.data).toBeNull();
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: expect.any(String), requestId: expect.any(String) });
  });

  test('cannot reach what only subgraphs offer', async () => {
    const { url } = await start({ mode });
    for (const query of ['{ _service { sdl } }', '{ _entities(representations: []) { __typename } }']) {
      const { status, body } = await ask(url, query);
      expect(status).toBe(400);
      expect(body.errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    }
  });

  test('with variables or an operation name that do not fit is refused with a code', async () => {
    const { url } = await start({ mode });
    const missing = await ask(url, 'query Q($id: ID!) { order(id: $id) { id } }');
    expect(missing.status).toBe(400);
    expect(missing.body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    const several = await ask(url, 'query A { orders { id } } query B { orders { id } }');
    expect(several.status).toBe(400);
    expect(several.body.errors?.[0]?.extensions.code).toBe('OPERATION_RESOLUTION_FAILURE');
    const live = await ask(url, 'subscription { ticks { number } }');
    expect(live.status).toBe(400);
    expect(live.body.errors?.[0]).toMatchObject({
      message: expect.stringContaining('WebSocket'),
      extensions: { code: 'BAD_REQUEST' },
    });
  });
});

describe('a subgraph that cannot be reached', () => {
  test('leaves its part of the answer out, with SERVICE_UNAVAILABLE and no word of where it is', async () => {
    const running = await start({ mode: 'remote' });
    await running.people?.kill();
    const { status, body } = await ask(running.url, '{ order(id: "1") { title author { name } } }');
    expect(status).toBe(200);
    expect(body.errors).toEqual([
      {
        message: 'A part of the graph cannot be reached right now; try again shortly',
        path: ['order', 'author'],
        extensions: { code: 'SERVICE_UNAVAILABLE', service: 'people', requestId: expect.any(String) },
      },
    ]);
  });

  test('is served by its other replicas', async () => {
    const running = await start({ mode: 'remote', replicas: 2 });
    await running.orders[0]?.kill();
    for (let count = 0; count < 6; count += 1) {
      const { body } = await ask(running.url, 'mutation { renameOrder(id: "1", title: "Logic") { order { title } } }');
      expect(body).toEqual({ data: { renameOrder: { order: { title: 'Logic' } } } });
    }
  });
});

describe('the way to remote replicas', () => {
  const metadata = { requestId: 'request-1' };
  const patientQuery = { isMutation: false, deadline: Number.POSITIVE_INFINITY };

  async function dyingAndHealthy() {
    const dying = await startReplica(ordersSubgraph(createWorld()), { diesAnswering: true });
    const healthy = await startReplica(ordersSubgraph(createWorld()));
    const transport = new RemoteTransport('orders', [dying.url, healthy.url], {
      gatewayToken: async (audience) => `gateway to ${audience}`,
    });
    opened.push({ close: () => dying.kill() }, { close: () => healthy.kill() }, transport);
    return { dying, healthy, transport };
  }

  test('repeats a query that got no answer', async () => {
    const { dying, healthy, transport } = await dyingAndHealthy();
    expect(await transport.execute({ query: '{ orders { id } }' }, metadata, patientQuery)).toMatchObject({
      data: { orders: [{}, {}] },
    });
    expect([dying.requests, healthy.requests]).toEqual([1, 1]);
  });

  test('never repeats a mutation that may have happened', async () => {
    const { dying, healthy, transport } = await dyingAndHealthy();
    const mutation = { query: 'mutation { renameOrder(id: "1", title: "Once") { order { id } } }' };
    await expect(transport.execute(mutation, metadata, { ...patientQuery, isMutation: true })).rejects.toBeInstanceOf(
      SubgraphUnreachable,
    );
    expect([dying.requests, healthy.requests]).toEqual([1, 0]);
  });

  test('takes replicas in turn and proves that the gateway asks', async () => {
    const replicas = [
      await startReplica(ordersSubgraph(createWorld())),
      await startReplica(ordersSubgraph(createWorld())),
    ];
    const transport = new RemoteTransport(
      'orders',
      replicas.map(({ url }) => url),
      {
        gatewayToken: async (audience) => `gateway to ${audience}`,
      },
    );
    opened.push(...replicas.map((replica) => ({ close: () => replica.kill() })), transport);
    for (let count = 0; count < 4; count += 1)
      await transport.execute({ query: '{ orders { id } }' }, metadata, patientQuery);
    expect(replicas.map(({ requests }) => requests)).toEqual([2, 2]);
    expect(replicas[0]?.lastHeaders).toMatchObject({
      'x-gateway-token': 'gateway to orders',
      'x-request-id': 'request-1',
    });
  });
});
