import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Client } from 'graphql-ws';
import { afterEach, describe, expect, test } from 'vitest';
import {
  changedGraph,
  withAnotherKey,
  withNickname,
  withoutTitle,
  withTitleElsewhere,
} from './world/changed-worlds.js';
import { ask, connect, Live, until } from './world/client.js';
import { type RunningWorld, startWorld, type WorldOptions } from './world/world.js';

const WITH_TITLE = `subscription ($id: ID!, $after: String) {
  orderChanged(orderId: $id, after: $after) { cursor order { title } }
}`;
const WITH_AUTHOR = `subscription ($id: ID!, $after: String) {
  orderChanged(orderId: $id, after: $after) { cursor order { author { name } } }
}`;
const titled = (cursor: string, title: string) => ({ orderChanged: { cursor, order: { title } } });

let running: RunningWorld;
const clients: Client[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.dispose();
  await running.close();
});

async function start(options: WorldOptions = {}): Promise<void> {
  running = await startWorld(options);
}

function client(): Client {
  const made = connect(running.url);
  clients.push(made);
  return made;
}

describe('queries, when the graph is replaced', () => {
  test('find what is new, and lose what is gone with an error that says so', async () => {
    await start();
    const nickname = '{ person(id: "p1") { nickname } }';
    expect((await ask(running.url, nickname)).status).toBe(400);
    await running.gateway.replaceGraph(changedGraph(running.world, withNickname));
    expect((await ask(running.url, nickname)).body.data).toEqual({ person: { nickname: null } });
    await running.gateway.replaceGraph(changedGraph(running.world));
    expect((await ask(running.url, nickname)).body.errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  test('finish on the graph that they began on', async () => {
    await start();
    const { parts, release } = held(running);
    await running.gateway.replaceGraph(parts);
    const before = ask(running.url, '{ order(id: "1") { title author { name } } }');
    await until(() => release.isAsked);
    await running.gateway.replaceGraph(changedGraph(running.world, withTitleElsewhere));
    const { body } = await ask(running.url, '{ order(id: "1") { title } }');
    expect(body.data).toEqual({ order: { title: 'People’s Algebra' } });
    release.go();
    expect((await before).body.data).toEqual({ order: { title: 'Algebra', author: { name: 'Person p1' } } });
  });

  test('go on in the old one when a subgraph of the new one has no way to it', async () => {
    await start();
    const { supergraph, transports } = changedGraph(running.world, withNickname);
    const without = new Map([...transports].filter(([name]) => name !== 'people'));
    await expect(running.gateway.replaceGraph({ supergraph, transports: without })).rejects.toThrow(/people/);
    expect((await ask(running.url, '{ person(id: "p1") { name } }')).body.data).toEqual({
      person: { name: 'Person p1' },
    });
  });
});

describe('live subscriptions, when the graph is replaced', () => {
  test('go on untouched where their plan is the same, with the new graph behind them', async () => {
    await start();
    const live = new Live(client(), WITH_TITLE, { id: '1' });
    await live.next();
    running.world.log.append('1');
    expect(await live.next()).toEqual(titled('1', 'Algebra'));
    const opened = running.world.subscriptions.length;
    await running.gateway.replaceGraph({
      ...changedGraph(running.world, withNickname),
      transports: running.transports,
    });
    running.world.log.append('1');
    expect(await live.next()).toEqual(titled('2', 'Algebra'));
    expect(running.world.subscriptions).toHaveLength(opened);
  });

  test('are restarted behind their last event where their plan is another, without gap or repeat', async () => {
    await start();
    const lives = [1, 2, 3].map(() => new Live(client(), WITH_TITLE, { id: '1' }));
    const other = new Live(client(), WITH_AUTHOR, { id: '1' });
    for (const live of [...lives, other]) await live.next();
    running.world.log.append('1');
    for (const live of lives) expect(await live.next()).toEqual(titled('1', 'Algebra'));
    await other.next();
    const changed = changedGraph(running.world, withTitleElsewhere);
    const opened = running.world.subscriptions.length;
    const replacing = running.gateway.replaceGraph(changed);
    // Committed at any moment of the switch.
    running.world.log.append('1');
    await replacing;
    running.world.log.append('1');
    running.world.log.append('1');
    for (const live of lives) {
      const events = [await live.next(), await live.next(), await live.next()];
      const cursors = events.map((data) => (data as ReturnType<typeof titled>).orderChanged.cursor);
      expect(cursors).toEqual(['2', '3', '4']);
      expect(events[2]).toEqual(titled('4', 'People’s Algebra'));
    }
    for (const cursor of ['2', '3', '4']) expect(await other.next()).toMatchObject({ orderChanged: { cursor } });
    // Those that shared one upstream share one again.
    expect(running.gateway.upstreams.size).toBe(2);
    await until(() => running.world.log.open === 2);
    expect(running.world.subscriptions.length - opened).toBeLessThanOrEqual(2);
  });

  test('end with SUBSCRIPTION_UNAVAILABLE and the last cursor where the new graph has them no more', async () => {
    await start();
    const [gone, staying] = [new Live(client(), WITH_TITLE, { id: '1' }), new Live(client(), WITH_AUTHOR, { id: '1' })];
    for (const live of [gone, staying]) await live.next();
    running.world.log.append('1');
    for (const live of [gone, staying]) await live.next();
    await running.gateway.replaceGraph(changedGraph(running.world, withoutTitle));
    const [error] = await gone.failure();
    expect(error?.extensions).toMatchObject({ code: 'SUBSCRIPTION_UNAVAILABLE', cursor: '1' });
    running.world.log.append('1');
    expect(await staying.next()).toMatchObject({ orderChanged: { cursor: '2' } });
    await until(() => running.world.log.open === 1);
  });

  test('leave nothing of former graphs behind while they go on', async () => {
    await start();
    const live = new Live(client(), WITH_TITLE, { id: '1' });
    await live.next();
    const replace = async (times: number) => {
      for (let count = 0; count < times; count += 1) {
        const change = count % 2 === 0 ? withTitleElsewhere : withNickname;
        await running.gateway.replaceGraph(changedGraph(running.world, change));
        running.world.log.append('1');
        await live.next();
      }
      return heapAfterCollection();
    };
    const before = await replace(4);
    const after = await replace(20);
    // Each graph has about a megabyte.
    expect((after - before) / 20).toBeLessThan(250_000);
  });

  test('that cannot resume go on where they ask the same upstream, and end where not', async () => {
    await start();
    const live = new Live(client(), 'subscription { ticks { number author { id name } } }');
    running.world.ticks.push({ number: 1, author: { id: 'p1' } });
    await live.next();
    await running.gateway.replaceGraph(changedGraph(running.world, withNickname));
    running.world.ticks.push({ number: 2, author: { id: 'p1' } });
    expect(await live.next()).toMatchObject({ ticks: { number: 2 } });
    // A person is known by another key: the subgraph has to be asked for it.
    await running.gateway.replaceGraph(changedGraph(running.world, withAnotherKey));
    expect((await live.failure())[0]?.extensions).toMatchObject({ code: 'SUBSCRIPTION_UNAVAILABLE' });
  });
});

async function heapAfterCollection(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 3; round += 1) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return process.memoryUsage().heapUsed;
}

/** The graph as it is, whose people answer when told to. */
function held({ world }: RunningWorld) {
  const parts = changedGraph(world);
  const { promise, resolve } = Promise.withResolvers<void>();
  const release = { isAsked: false, go: resolve };
  const people = parts.transports.get('people');
  if (!people) throw new Error('There are no people');
  const transports = new Map(parts.transports).set('people', {
    ...people,
    execute: async (request, metadata, terms) => {
      release.isAsked = true;
      await promise;
      return people.execute(request, metadata, terms);
    },
  });
  return { parts: { ...parts, transports }, release };
}
