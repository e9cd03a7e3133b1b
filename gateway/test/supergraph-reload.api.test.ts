import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lifecycle } from '@tutorgraph/kit/lifecycle/lifecycle';
import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDistributed } from '../src/distributed.js';
import { readGatewayEnvironment } from '../src/environment.js';
import { withNickname } from './world/changed-worlds.js';
import { ask, connect, Live, until } from './world/client.js';
import { type Replica, startReplica } from './world/replica.js';
import { composeWorld, createWorld, ordersSubgraph, peopleSubgraph, type World } from './world/subgraphs.js';
import { SupergraphServer } from './world/supergraph-server.js';

const NICKNAME = '{ person(id: "p1") { nickname } }';
const NAME = '{ order(id: "1") { author { name } } }';
const CHANGED = 'subscription { orderChanged(orderId: "1") { cursor } }';

const keys = generateKeyPairSync('ed25519');
const publicKey = keys.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const signed = (text: string) => sign(null, Buffer.from(text), keys.privateKey).toString('base64');

let lifecycle: Lifecycle;
let folder: string;
let world: World;
let orders: Replica;
let people: Replica;
let logged: string[];
let url: string;

beforeEach(async () => {
  logged = [];
  const logger = createLogger({ service: 'test', destination: { write: (line) => void logged.push(line) } });
  lifecycle = new Lifecycle(logger);
  folder = await mkdtemp(join(tmpdir(), 'supergraph-'));
  world = createWorld();
  orders = await startReplica(ordersSubgraph(world));
  people = await startReplica(peopleSubgraph(world, withNickname.people));
});
afterEach(async () => {
  await lifecycle.close();
  for (const replica of [orders, people]) await replica.kill();
  await rm(folder, { recursive: true });
});

async function start(settings: Record<string, string>): Promise<void> {
  const logger = createLogger({ service: 'test', destination: { write: (line) => void logged.push(line) } });
  const environment = readGatewayEnvironment({ PORT: '0', SUPERGRAPH_POLL_MS: '40', ...settings });
  url = await startDistributed(environment, logger, lifecycle);
}

function sdl(hasNickname: boolean, addresses: { orders?: string } = {}): string {
  return composeWorld({ orders: orders.url, people: people.url, ...addresses }, hasNickname ? withNickname : {});
}

/** Does the graph have what is new in it? */
async function hasNickname(): Promise<boolean> {
  const { body } = await ask(url, NICKNAME);
  return body.errors === undefined;
}

async function untilAsync(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 10));
}

async function ready() {
  const response = await fetch(url.replace('/graphql', '/health/ready'));
  const body = (await response.json()) as {
    supergraph: { hash: string; version?: number; refused?: { refusal: string } };
  };
  return { status: response.status, ...body.supergraph };
}

async function reloads(outcome: string): Promise<number> {
  const text = await (await fetch(url.replace('/graphql', '/metrics'))).text();
  return Number(
    new RegExp(`^gateway_supergraph_reloads_total\\{outcome="${outcome}"\\} (\\d+)`, 'm').exec(text)?.[1] ?? 0,
  );
}

const refusal = async () => (await ready()).refused?.refusal;
const refusedAs = (expected: string | undefined) => untilAsync(async () => (await refusal()) === expected);

describe('a supergraph file', () => {
  const path = () => join(folder, 'supergraph.graphql');

  test('takes over when it is written, or replaced by another one', async () => {
    await writeFile(path(), sdl(false));
    await start({ SUPERGRAPH_PATH: path() });
    expect(await hasNickname()).toBe(false);
    await writeFile(path(), sdl(true));
    await untilAsync(hasNickname);
    const next = join(folder, 'next');
    await writeFile(next, sdl(false));
    await rename(next, path());
    await untilAsync(async () => !(await hasNickname()));
    expect(await reloads('replaced')).toBe(2);
  });

  test('is seen at once, long before the next look, also behind links that Kubernetes swaps', async () => {
    for (const [version, text] of [sdl(false), sdl(true)].entries()) {
      await mkdir(join(folder, `..v${version}`));
      await writeFile(join(folder, `..v${version}`, 'supergraph.graphql'), text);
    }
    await symlink('..v0', join(folder, '..data'));
    await symlink(join('..data', 'supergraph.graphql'), path());
    await start({ SUPERGRAPH_PATH: path(), SUPERGRAPH_POLL_MS: '3600000' });
    await symlink('..v1', join(folder, '..data_tmp'));
    await rename(join(folder, '..data_tmp'), join(folder, '..data'));
    await untilAsync(hasNickname);
  });

  test('that is no supergraph is refused and told of; the one that runs stays until a good one comes', async () => {
    await writeFile(path(), sdl(false));
    await start({ SUPERGRAPH_PATH: path() });
    const { hash } = await ready();
    await writeFile(path(), 'type Query { a: Int }');
    await refusedAs('invalid');
    expect(await ready()).toMatchObject({ status: 200, hash });
    expect(await reloads('invalid')).toBe(1);
    expect(logged.join('')).toContain('A supergraph was refused');
    expect((await ask(url, NAME)).body.data).toEqual({ order: { author: { name: 'Person p1' } } });
    await writeFile(path(), sdl(true));
    await refusedAs(undefined);
    expect(await hasNickname()).toBe(true);
    expect((await ready()).hash).not.toBe(hash);
  });

  test('in which an operation that clients ask for cannot be planned is refused', async () => {
    await writeFile(path(), sdl(false));
    await start({ SUPERGRAPH_PATH: path() });
    await ask(url, NAME);
    // No subgraph finds people by their id any more.
    await writeFile(path(), sdl(true).replace('@join__type(graph: PEOPLE, key: "id")', '@join__type(graph: PEOPLE)'));
    await refusedAs('unplannable');
    expect((await ask(url, NAME)).body.data).toEqual({ order: { author: { name: 'Person p1' } } });
  });

  test('moves a subgraph to an address that answers, and live subscriptions with it', async () => {
    const elsewhere = await startReplica(ordersSubgraph(world));
    await writeFile(path(), sdl(false));
    await start({ SUPERGRAPH_PATH: path() });
    const client = connect(url);
    const live = new Live(client, CHANGED);
    await live.next();
    await writeFile(path(), sdl(false, { orders: 'http://127.0.0.1:1/graphql' }));
    await refusedAs('unreachable');
    await writeFile(path(), sdl(true, { orders: elsewhere.url }));
    await refusedAs(undefined);
    await until(() => elsewhere.sockets === 1 && orders.sockets === 0);
    await orders.kill();
    world.log.append('1');
    expect(await live.next()).toEqual({ orderChanged: { cursor: '1' } });
    expect((await ask(url, NAME)).body.data).toEqual({ order: { author: { name: 'Person p1' } } });
    await client.dispose();
    await elsewhere.kill();
  });

  test('takes over only when it is signed, where a key is set', async () => {
    const publish = async (text: string, signature: string) => {
      await writeFile(`${path()}.sig`, signature);
      await writeFile(path(), text);
    };
    const settings = { SUPERGRAPH_PATH: path(), SUPERGRAPH_PUBLIC_KEY: publicKey };
    await writeFile(path(), sdl(false));
    await expect(start(settings)).rejects.toThrow(/signature/);
    await publish(sdl(false), signed(sdl(false)));
    await start(settings);
    await publish(sdl(true), signed(sdl(false)));
    await refusedAs('unsigned');
    expect(await hasNickname()).toBe(false);
    // The signature may come later than the text.
    await writeFile(`${path()}.sig`, signed(sdl(true)));
    await refusedAs(undefined);
    expect(await hasNickname()).toBe(true);
    // What is broadcast counts as much as the graph.
    await writeFile(join(folder, 'broadcasts.json'), '{ "subscriptions": [], "sameForAll": {} }');
    await refusedAs('unsigned');
  });

  test('is not followed back to an older version', async () => {
    const version = (number: number, text: string) => `# supergraph-version: ${number}\n${text}`;
    await writeFile(path(), version(7, sdl(true)));
    await start({ SUPERGRAPH_PATH: path() });
    expect(await ready()).toMatchObject({ version: 7 });
    for (const older of [version(6, sdl(false)), sdl(false)]) {
      await writeFile(path(), older);
      await refusedAs('older');
      await writeFile(path(), version(8, sdl(true)));
      await refusedAs(undefined);
    }
    expect(await hasNickname()).toBe(true);
  });
});

describe('a supergraph at an address', () => {
  let server: SupergraphServer;
  const publish = (text: string, signature?: string) =>
    server.files.set('/graph/supergraph', { text, ...(signature && { signature }) });
  const settings = () => ({ SUPERGRAPH_URL: `${server.origin}/graph/supergraph` });

  beforeEach(async () => {
    server = await SupergraphServer.start();
  });
  afterEach(async () => {
    await server.close();
  });

  test('is asked for with its ETag, and takes over when it is another one', async () => {
    publish(sdl(false));
    await start(settings());
    await until(() => server.answers.at(-1) === 304);
    expect(await hasNickname()).toBe(false);
    publish(sdl(true));
    await untilAsync(hasNickname);
    await until(() => server.answers.at(-1) === 304);
    expect(await reloads('replaced')).toBe(1);
  });

  test('takes over only when it is signed, in a header or beside it', async () => {
    publish(sdl(false), signed(sdl(false)));
    await start({ ...settings(), SUPERGRAPH_PUBLIC_KEY: publicKey });
    publish(sdl(true), signed('another text'));
    await refusedAs('unsigned');
    publish(sdl(true));
    server.files.set('/graph/supergraph.sig', { text: signed(sdl(true)) });
    await refusedAs(undefined);
    expect(await hasNickname()).toBe(true);
  });

  test('that is gone, stuck or too big changes nothing, and is found again', async () => {
    publish(sdl(false));
    await start({ ...settings(), SUPERGRAPH_TIMEOUT_MS: '150', SUPERGRAPH_MAX_BYTES: '100000' });
    server.isBroken = true;
    await refusedAs('unavailable');
    server.isBroken = false;
    publish(`${sdl(true)}\n${'#'.repeat(100_000)}`);
    const before = await reloads('unavailable');
    await untilAsync(async () => (await reloads('unavailable')) > before);
    server.isStuck = true;
    const stuck = await reloads('unavailable');
    await untilAsync(async () => (await reloads('unavailable')) > stuck);
    expect((await ask(url, NAME)).body.data).toEqual({ order: { author: { name: 'Person p1' } } });
    server.isStuck = false;
    publish(sdl(true));
    await untilAsync(hasNickname);
  });

  test('is needed at the start', async () => {
    await expect(start(settings())).rejects.toThrow(/no supergraph/);
  });
});
