import { afterEach, describe, expect, it } from 'vitest';
import { EventLoop } from '../src/overload/event-loop.js';
import { LoadLimit } from '../src/overload/load-limit.js';
import { createGatewayContext } from '../src/requests/gateway-context.js';
import { RemoteTransport } from '../src/transports/remote-transport.js';
import { ask, connect, Live, until } from './world/client.js';
import { type MoodyReplica, startMoodyReplica } from './world/moody-replica.js';
import { createWorld, ordersSubgraph } from './world/subgraphs.js';
import { startWorld } from './world/world.js';

const QUERY = '{ orders { id } }';
const MOST = 4;

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

/** A gateway that runs four operations at a time, before a subgraph that answers when it is told to. */
async function start(): Promise<{ url: string; replica: MoodyReplica }> {
  const replica = await startMoodyReplica(ordersSubgraph(createWorld()));
  const orders = new RemoteTransport('orders', [replica.url]);
  opened.push(replica, orders);
  const running = await startWorld({ limits: { operations: MOST }, transports: { orders } });
  opened.push(running);
  return { url: running.url, replica };
}

/** As many operations as may run, none of which is answered yet. */
async function fill(url: string, replica: MoodyReplica) {
  replica.mood = 'silent';
  const admitted = Array.from({ length: MOST }, () => ask(url, QUERY));
  await until(() => replica.waiting === MOST);
  return admitted;
}

describe('more operations than may run', () => {
  it('are refused at once with 503 and told when to come back, while those that run are answered', async () => {
    const { url, replica } = await start();
    const admitted = await fill(url, replica);
    const refused = await Promise.all(Array.from({ length: 50 }, () => ask(url, QUERY)));
    for (const { status, headers, body } of refused) {
      expect(status).toBe(503);
      const retryAfter = Number(headers.get('retry-after'));
      expect([1, 2, 3]).toContain(retryAfter);
      expect(body).toEqual({
        errors: [
          {
            message: `Too much is asked right now; try again in ${retryAfter} s`,
            extensions: { code: 'OVERLOADED', retryAfter, requestId: headers.get('x-request-id') },
          },
        ],
      });
    }
    expect(replica.arrivals).toHaveLength(MOST);
    replica.mood = 'well';
    await replica.answerAll();
    expect((await Promise.all(admitted)).map(({ status }) => status)).toEqual(Array.from({ length: MOST }, () => 200));
    expect((await ask(url, QUERY)).body.errors).toBeUndefined();
  });

  it('are refused before their body is read', async () => {
    const { url, replica } = await start();
    const admitted = await fill(url, replica);
    const unread = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{ no' });
    expect(unread.status).toBe(503);
    await replica.answerAll();
    await Promise.all(admitted);
    const read = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{ no' });
    expect(read.status).toBe(400);
  });

  it('leave health, metrics and open connections as they are', async () => {
    const { url, replica } = await start();
    const client = connect(url);
    await new Live(client, '{ __typename }').next();
    const admitted = await fill(url, replica);
    expect((await fetch(new URL('/health/live', url))).status).toBe(200);
    expect(await (await fetch(new URL('/metrics', url))).text()).toContain(`gateway_operations_running ${MOST}`);
    const [refusal] = await new Live(client, QUERY).failure();
    expect(refusal?.extensions).toMatchObject({ code: 'OVERLOADED', retryAfter: expect.any(Number) });
    replica.mood = 'well';
    await replica.answerAll();
    await Promise.all(admitted);
    expect(await new Live(client, QUERY).next()).toEqual({ orders: [{ id: '1' }, { id: '2' }] });
    await client.dispose();
  });

  it('count each of a batch, whose others are answered', async () => {
    const { url, replica } = await start();
    const batch = Array.from({ length: MOST + 2 }, () => ({ query: QUERY }));
    replica.mood = 'well';
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(batch),
    });
    const answers = (await response.json()) as { data?: unknown; errors?: { extensions: { code: string } }[] }[];
    expect(answers.filter(({ data }) => data)).toHaveLength(MOST);
    expect(answers.flatMap(({ errors = [] }) => errors.map((one) => one.extensions.code))).toEqual([
      'OVERLOADED',
      'OVERLOADED',
    ]);
    expect(response.headers.get('retry-after')).toMatch(/^[123]$/);
  });
});

describe('a process that is late with everything', () => {
  it('refuses operations until it is not', () => {
    const loop = { delayMs: 0 };
    const load = new LoadLimit({ operations: 10, loopDelayMs: 100 }, loop);
    expect(load.isReached).toBe(false);
    loop.delayMs = 101;
    expect(load.isReached).toBe(true);
    loop.delayMs = 0;
    expect(load.isReached).toBe(false);
  });

  it('ends what it counted once each, also when it refused some in between', () => {
    const load = new LoadLimit({ operations: 1, loopDelayMs: 100 }, { delayMs: 0 });
    const context = () => createGatewayContext({ requestId: 'x' }, { viewer: undefined, transport: 'http' });
    const first = load.began({}, context());
    const second = load.began({}, context());
    second();
    expect(load.size).toBe(1);
    first();
    expect(load.size).toBe(0);
  });

  it('knows it from its event loop', async () => {
    const loop = new EventLoop(100);
    const block = (): void => {
      const end = performance.now() + 60;
      while (performance.now() < end);
    };
    while (loop.delayMs < 20) {
      block();
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    await until(() => loop.delayMs < 20);
    loop.close();
  });
});
