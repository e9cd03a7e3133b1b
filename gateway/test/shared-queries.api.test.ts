import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { RemoteTransport } from '../src/transports/remote-transport.js';
import { ask, until } from './world/client.js';
import { type MoodyReplica, startMoodyReplica } from './world/moody-replica.js';
import { createWorld, ordersSubgraph } from './world/subgraphs.js';
import { startWorld } from './world/world.js';

const QUERY = 'query Q($id: ID! = "1") { order(id: $id) { title } }';
const ALGEBRA = { data: { order: { title: 'Algebra' } } };

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

async function start(shareInFlight: boolean): Promise<{ url: string; replica: MoodyReplica }> {
  const replica = await startMoodyReplica(ordersSubgraph(createWorld()));
  const orders = new RemoteTransport('orders', [replica.url], { retries: { most: 0 } });
  opened.push(replica, orders);
  const { url, close } = await startWorld({ settings: { shareInFlight }, transports: { orders } });
  opened.push({ close });
  replica.mood = 'silent';
  return { url, replica };
}

/** As many as have come to the gateway are waiting there. */
async function untilRunning(url: string, count: number): Promise<void> {
  let text = '';
  while (!text.includes(`gateway_operations_running ${count}\n`)) {
    text = await (await fetch(new URL('/metrics', url))).text();
  }
}

describe('the same query at the same time', () => {
  it('is run once for all who ask, and again for who asks afterwards', async () => {
    const { url, replica } = await start(true);
    const answers = Array.from({ length: 10 }, () => ask(url, QUERY));
    await untilRunning(url, 10);
    expect(replica.waiting).toBe(1);
    await replica.answerAll();
    for (const { body } of await Promise.all(answers)) expect(body).toEqual(ALGEBRA);
    replica.mood = 'well';
    await ask(url, QUERY);
    expect(replica.arrivals).toHaveLength(2);
  });

  it('is run for each where that is not set', async () => {
    const { url, replica } = await start(false);
    const answers = Array.from({ length: 3 }, () => ask(url, QUERY));
    await until(() => replica.waiting === 3);
    await replica.answerAll();
    await Promise.all(answers);
  });

  it('is another one under another token, in another language, with other variables or less patience', async () => {
    const { url, replica } = await start(true);
    const answers = [
      ask(url, QUERY),
      ask(url, QUERY, { headers: { authorization: 'Bearer one' } }),
      ask(url, QUERY, { headers: { authorization: 'Bearer two' } }),
      ask(url, QUERY, { headers: { 'accept-language': 'ru' } }),
      ask(url, QUERY, { variables: { id: '2' } }),
      ask(url, 'mutation { renameOrder(id: "1", title: "A") { order { id } } }'),
      ask(url, 'mutation { renameOrder(id: "1", title: "A") { order { id } } }'),
    ];
    await until(() => replica.waiting === 7);
    answers.push(ask(url, QUERY, { headers: { 'x-request-timeout-ms': '20000' } }));
    await until(() => replica.waiting === 8);
    await replica.answerAll();
    for (const { body } of await Promise.all(answers)) expect(body.errors).toBeUndefined();
  });

  it('goes on when the first who asked has left', async () => {
    const { url, replica } = await start(true);
    const first = request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': '*' },
    });
    first.on('error', () => {});
    first.end(JSON.stringify({ query: QUERY }));
    await until(() => replica.waiting === 1);
    const second = ask(url, QUERY);
    await untilRunning(url, 2);
    first.destroy();
    await ask(url, '{ __typename }');
    await replica.answerAll();
    expect((await second).body).toEqual(ALGEBRA);
    expect([replica.arrivals.length, replica.left]).toEqual([1, 0]);
  });

  it('is asked anew by the others when it failed for the first', async () => {
    const { url, replica } = await start(true);
    const answers = [ask(url, QUERY), ask(url, QUERY)];
    await untilRunning(url, 2);
    expect(replica.waiting).toBe(1);
    replica.mood = 'well';
    replica.breakOff();
    const bodies = (await Promise.all(answers)).map(({ body }) => body);
    expect(bodies.map(({ errors = [] }) => errors.length).sort()).toEqual([0, 1]);
  });
});
