import { composeServices } from '@apollo/composition';
import { mergeBroadcasts } from '@tutorgraph/kit/graphql/broadcasts';
import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { loadRoomSources } from '@tutorgraph/kit/testing/load-room';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { ServiceTokens } from '@tutorgraph/kit/viewer/service-token';
import { parse } from 'graphql';
import type { Client } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGateway, type Gateway } from '../src/app.js';
import { defaultLimits } from '../src/settings.js';
import { Supergraph } from '../src/supergraph/supergraph.js';
import { inProcessTransport } from '../src/transports/in-process-transport.js';
import { trustWith } from '../src/trust/trust.js';
import { ask, connect, Live, until } from './world/client.js';

const ROOMS = ['accounts', 'messaging'];
const CREATE = 'mutation ($input: CreateChatRoomInput!) { createChatRoom(input: $input) { room { id } } }';
const SEND = 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }';
const REMOVE =
  'mutation ($input: ChatMemberReferenceInput!) { removeChatMember(input: $input) { userErrors { code } } }';
const HEARD = `subscription ($roomId: ID!) { messageReceived(roomId: $roomId) {
  cursor kind message { sequence text author { displayName } attachments { url } reactions { emoji count } }
} }`;

let graph: TestGraph;
let gateway: Gateway;
let url: string;
let staff: TestPerson;
const clients: Client[] = [];

beforeAll(async () => {
  graph = await startTestGraph(ROOMS);
  const definitions = await loadRoomSources(ROOMS);
  const rooms = [...graph.rooms.values()].map(({ name, subgraph }) => ({ name, subgraph }));
  const { supergraphSdl = '' } = composeServices(
    rooms.map(({ name, subgraph }) => ({ name, url: `http://${name}/graphql`, typeDefs: parse(subgraph.sdl) })),
  );
  const declared = mergeBroadcasts(
    definitions.flatMap(({ name, broadcasts }) => {
      const schema = graph.rooms.get(name)?.subgraph.schema;
      return broadcasts && schema ? [{ room: name, broadcasts, schema }] : [];
    }),
  );
  gateway = await createGateway({
    ...trustWith(graph.accessTokens, graph.rights),
    supergraph: new Supergraph(supergraphSdl),
    transports: new Map(rooms.map(({ name, subgraph }) => [name, inProcessTransport(subgraph)])),
    broadcasts: { declared, tokens: new ServiceTokens(graph.identityOf('gateway')) },
    settings: {
      introspection: true,
      playground: false,
      allowedOrigins: [],
      trustedProxies: false,
      limits: defaultLimits,
      subscriptionBuffer: 100,
      slowOperationMs: 1_000,
    },
    logger: createLogger({ service: 'test', level: 'error' }),
    metrics: new Metrics(),
  });
  url = await gateway.listen({ host: '127.0.0.1', port: 0 });
  staff = await graph.person('ADMIN', { firstName: 'Vera', lastName: 'Orlova' });
});
afterAll(async () => {
  for (const client of clients) await client.dispose();
  await gateway?.close();
  await graph?.close();
});

async function run(query: string, input: object): Promise<Record<string, unknown>> {
  const { body } = await ask(url, query, { variables: { input }, headers: { authorization: staff.authorization } });
  if (body.errors) throw new Error(JSON.stringify(body.errors));
  return body.data ?? {};
}

async function listen({ authorization }: TestPerson, roomId: string): Promise<Live> {
  const client = connect(url, { authorization });
  clients.push(client);
  const live = new Live(client, HEARD, { roomId });
  await live.next();
  return live;
}

describe('the members of a chat room', () => {
  test('hear it by one upstream, with who wrote, until they are removed', async () => {
    const members = [await graph.person('STUDENT'), await graph.person('TUTOR'), await graph.person('STUDENT')];
    const memberIds = members.map(({ userId }) => userId);
    const created = await run(CREATE, { kind: 'NAMED', title: 'Teachers of maths', memberIds });
    const { id: roomId } = (created as { createChatRoom: { room: { id: string } } }).createChatRoom.room;
    const lives = [];
    for (const member of members) lives.push(await listen(member, roomId));
    await until(() => gateway.upstreams.size === 1);
    await run(SEND, { roomId, text: 'Hello' });
    const message = { sequence: 1, text: 'Hello', author: { displayName: 'Vera O.' }, attachments: [], reactions: [] };
    for (const live of lives) {
      expect(await live.next()).toMatchObject({ messageReceived: { kind: 'SENT', message } });
    }
    await run(REMOVE, { roomId, userId: memberIds[0] });
    await run(SEND, { roomId, text: 'They are gone' });
    expect((await lives[0]?.failure())?.[0]?.extensions).toMatchObject({
      code: 'FORBIDDEN',
      cursor: expect.any(String),
    });
    for (const live of lives.slice(1)) {
      expect(await live.next()).toMatchObject({ messageReceived: { message: { sequence: 2, text: 'They are gone' } } });
    }
    expect(gateway.upstreams.size).toBe(1);
  });
});
