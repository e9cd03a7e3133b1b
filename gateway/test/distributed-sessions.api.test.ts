import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { RedisEventBus } from '@tutorgraph/kit/events/redis-bus';
import type { ServedSubgraph } from '@tutorgraph/kit/graphql/serve';
import { Lifecycle } from '@tutorgraph/kit/lifecycle/lifecycle';
import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import { testEnvironment } from '@tutorgraph/kit/testing/environment';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { type TestRedis, testRedis } from '@tutorgraph/kit/testing/redis-database';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDistributed } from '../src/distributed.js';
import { readGatewayEnvironment } from '../src/environment.js';
import { ask, connect } from './world/client.js';

const { REDIS_URL } = testEnvironment();
const PASSWORD = 'a pass phrase for two gateways';
const REGISTER = 'mutation ($input: RegisterInput!) { register(input: $input) { userErrors { code } } }';
const SIGN_IN = `mutation ($input: SignInInput!) {
  signIn(input: $input) { session { accessToken } userErrors { code } }
}`;
const SIGN_OUT = 'mutation { signOut { userErrors { code } } }';
const ME = '{ me { id } }';

const logger = createLogger({ service: 'test', destination: { write: () => {} } });
let people = 0;

describe.skipIf(!REDIS_URL)('gateways by themselves (runs when REDIS_URL is set)', () => {
  const lifecycle = new Lifecycle(logger);
  let redis: TestRedis;
  let graph: TestGraph;
  let accounts: ServedSubgraph;
  let folder: string;
  let gateways: string[];

  beforeAll(async () => {
    redis = await testRedis(REDIS_URL ?? '');
    graph = await startTestGraph(['accounts']);
    await publishOnRedis();
    accounts = await graph.serve('accounts');
    folder = await mkdtemp(join(tmpdir(), 'supergraph-'));
    await writeFile(join(folder, 'supergraph.graphql'), compose());
    gateways = [await startGateway(), await startGateway()];
  });
  afterAll(async () => {
    await lifecycle.close();
    await accounts?.close();
    await graph?.close();
    await redis?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  /** Carries the room's events to the gateways, as the room itself does where it runs apart. */
  async function publishOnRedis(): Promise<void> {
    const bus = new RedisEventBus({ url: redis.url });
    lifecycle.own('event bus', () => bus.close());
    const forward = async (): Promise<void> => {
      const top = await bus.top('accounts');
      await bus.publish('accounts', await graph.bus.read('accounts', top, 1_000), top);
    };
    lifecycle.own('forwarding', async () => stop());
    const stop = graph.bus.listen('accounts', () => void forward());
    await forward();
  }

  function compose(): string {
    const typeDefs = parse(graph.rooms.get('accounts')?.subgraph.sdl ?? '');
    const { supergraphSdl } = composeServices([{ name: 'accounts', url: accounts.url, typeDefs }]);
    return supergraphSdl ?? '';
  }

  function startGateway(): Promise<string> {
    const settings = {
      SUPERGRAPH_PATH: join(folder, 'supergraph.graphql'),
      PORT: '0',
      JWKS_URL: accounts.url.replace('/graphql', '/.well-known/jwks.json'),
      REDIS_URL: redis.url,
      SERVICE_PRIVATE_KEY: JSON.stringify(graph.identityOf('gateway').privateKey),
    };
    return startDistributed(readGatewayEnvironment(settings), logger, lifecycle);
  }

  async function signIn(): Promise<{ authorization: string }> {
    people += 1;
    const email = `boris-${people}@gateways.tutorgraph.example`;
    const person = { email, password: PASSWORD, firstName: 'Boris', lastName: 'Godunov', role: 'STUDENT' };
    await ask(gateways[0] ?? '', REGISTER, { variables: { input: person } });
    const { body } = await ask(gateways[0] ?? '', SIGN_IN, { variables: { input: { email, password: PASSWORD } } });
    const { signIn: answer } = body.data as unknown as { signIn: { session: { accessToken: string } } };
    return { authorization: `Bearer ${answer.session.accessToken}` };
  }

  /** A connection that stands. */
  async function connected(url: string, authorization: string): Promise<{ closed: Promise<object> }> {
    const { promise: closed, resolve } = Promise.withResolvers<object>();
    const client = connect(url, { authorization, onClosed: resolve });
    lifecycle.own('client', async () => client.dispose());
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    client.subscribe({ query: ME }, { next: () => answer(), error: () => {}, complete: () => {} });
    await answered;
    return { closed };
  }

  test('close the connections of a session that is ended at another, and refuse its token', async () => {
    const headers = await signIn();
    const stranger = await signIn();
    const { closed } = await connected(gateways[1] ?? '', headers.authorization);
    await ask(gateways[0] ?? '', SIGN_OUT, { headers });
    expect(await closed).toMatchObject({ code: 4403, reason: expect.stringContaining('session was ended') });
    const { status, body } = await ask(gateways[1] ?? '', ME, { headers });
    expect([status, body.errors?.[0]?.extensions['code']]).toEqual([401, 'UNAUTHENTICATED']);
    expect((await ask(gateways[1] ?? '', ME, { headers: stranger })).body.data).toMatchObject({
      me: { id: expect.any(String) },
    });
  });

  test('know at their start of sessions that were ended before', async () => {
    const headers = await signIn();
    await ask(gateways[0] ?? '', SIGN_OUT, { headers });
    const late = await startGateway();
    expect((await ask(late, '{ __typename }', { headers })).status).toBe(401);
  });
});
