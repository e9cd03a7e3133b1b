import { ApolloClient, gql, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { newId } from '@tutorgraph/kit/database/id';
import { subscriptionExchange, Client as UrqlClient } from '@urql/core';
import { createClient } from 'graphql-ws';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { until } from './world/client.js';
import { signToken, verifier } from './world/tokens.js';
import { type RunningWorld, startWorld } from './world/world.js';

const ORDER_CHANGED = 'subscription { orderChanged(orderId: "1") { cursor order { author { asked } } } }';

/** As docs/clients.md shows it. */
function connectLive(url: string, accessToken: () => Promise<string>) {
  let socket: WebSocket | undefined;
  const client = createClient({
    url,
    webSocketImpl: WebSocket,
    connectionParams: async () => ({ authorization: `Bearer ${await accessToken()}` }),
    on: {
      connected: (opened) => {
        socket = opened as WebSocket;
      },
      closed: () => {
        socket = undefined;
      },
    },
  });
  const renew = (token: string) => {
    socket?.send(JSON.stringify({ type: 'ping', payload: { authorization: `Bearer ${token}` } }));
  };
  return { client, renew };
}

type LiveClient = ReturnType<typeof connectLive>['client'];

/** Subscribes as each library does; `heard` gets what it is told. */
const libraries: [string, (live: LiveClient, heard: (data: unknown) => void) => void][] = [
  [
    'Apollo Client',
    (live, heard) => {
      const client = new ApolloClient({ link: new GraphQLWsLink(live), cache: new InMemoryCache() });
      client.subscribe({ query: gql(ORDER_CHANGED), fetchPolicy: 'no-cache' }).subscribe(({ data }) => heard(data));
    },
  ],
  [
    'urql',
    (live, heard) => {
      const exchange = subscriptionExchange({
        forwardSubscription: (request) => ({
          subscribe: (sink) => ({ unsubscribe: live.subscribe({ ...request, query: request.query ?? '' }, sink) }),
        }),
      });
      const client = new UrqlClient({ url: 'http://localhost/graphql', exchanges: [exchange], preferGetMethod: false });
      client.subscription(ORDER_CHANGED, {}).subscribe(({ data }) => heard(data));
    },
  ],
];

let running: RunningWorld;
let live: LiveClient | undefined;
afterEach(async () => {
  await live?.dispose();
  await running.close();
});

describe.each(libraries)('%s, which renews the token of its connection', (_name, subscribe) => {
  test('hears on and on over the same connection', async () => {
    running = await startWorld({ verify: (token) => verifier.verify(token) });
    const sessionId = newId();
    const token = async (seconds: number) => (await signToken({ sessionId, seconds })).replace('Bearer ', '');
    let connections = 0;
    const connected = connectLive(running.url.replace('http', 'ws'), async () => {
      connections += 1;
      return token(2);
    });
    live = connected.client;
    const ends = Date.now() + 2_100;
    const heard: unknown[] = [];
    subscribe(live, (data) => heard.push(data));
    await until(() => heard.length === 1);
    const fresh = await token(900);
    connected.renew(fresh);
    await until(() => Date.now() > ends);
    running.world.log.append('1');
    await until(() => heard.length === 2);
    expect(heard[1]).toMatchObject({ orderChanged: { cursor: '1', order: { author: { asked: `Bearer ${fresh}` } } } });
    expect(connections).toBe(1);
  });
});
