import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lifecycle } from '@tutorgraph/kit/lifecycle/lifecycle';
import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDistributed } from '../src/distributed.js';
import { readGatewayEnvironment } from '../src/environment.js';
import { ask, connect, Live } from './world/client.js';
import { type Replica, startReplica } from './world/replica.js';
import { composeWorld, createWorld, ordersSubgraph, peopleSubgraph } from './world/subgraphs.js';

describe('the gateway by itself', () => {
  const logger = createLogger({ service: 'test', destination: { write: () => {} } });
  const world = createWorld();
  let lifecycle: Lifecycle;
  let folder: string;
  let replicas: Replica[];

  beforeEach(async () => {
    lifecycle = new Lifecycle(logger);
    folder = await mkdtemp(join(tmpdir(), 'supergraph-'));
    replicas = [await startReplica(ordersSubgraph(world)), await startReplica(peopleSubgraph(world))];
  });
  afterEach(async () => {
    await lifecycle.close();
    for (const replica of replicas) await replica.kill();
    await rm(folder, { recursive: true });
  });

  async function start(sdl: string, settings: Record<string, string> = {}): Promise<string> {
    const path = join(folder, 'supergraph.graphql');
    await writeFile(path, sdl);
    return startDistributed(
      readGatewayEnvironment({ SUPERGRAPH_PATH: path, PORT: '0', ...settings }),
      logger,
      lifecycle,
    );
  }

  test('starts before any supergraph file, with the addresses in it and nothing of ours', async () => {
    const url = await start(composeWorld({ orders: replicas[0]?.url ?? '', people: replicas[1]?.url ?? '' }));
    const headers = { authorization: 'Bearer theirs' };
    const { body } = await ask(url, '{ order(id: "1") { title author { name asked } } }', { headers });
    expect(body.data).toEqual({ order: { title: 'Algebra', author: { name: 'Person p1', asked: 'Bearer theirs' } } });
    const client = connect(url, { authorization: 'Bearer theirs' });
    const live = new Live(client, 'subscription { orderChanged(orderId: "1") { cursor } }');
    expect(await live.next()).toEqual({ orderChanged: { cursor: '0' } });
    await client.dispose();
  });

  test('takes addresses from the settings over those in the file', async () => {
    const url = await start(composeWorld(), {
      ORDERS_SUBGRAPH_URL: replicas[0]?.url ?? '',
      PEOPLE_SUBGRAPH_URL: `http://127.0.0.1:1/graphql,${replicas[1]?.url}`,
    });
    const { body } = await ask(url, '{ orders { author { name } } }');
    expect(body.data).toMatchObject({ orders: [{ author: { name: 'Person p1' } }, {}] });
  });

  test('does not start before a text that is no supergraph', async () => {
    await expect(start('type Query { a: Int }')).rejects.toThrow();
  });
});
