import { ApolloClient, CombinedProtocolErrors, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { newId } from '@tutorgraph/kit/database/id';
import { firstValueFrom, lastValueFrom } from 'rxjs';
import { afterEach, describe, expect, test } from 'vitest';
import { until } from './world/client.js';
import { signToken, verifier } from './world/tokens.js';
import { type RunningWorld, startWorld } from './world/world.js';

const ORDER_CHANGED = gql`
  subscription {
    orderChanged(orderId: "1") {
      cursor
      order {
        title
      }
    }
  }
`;

const opened: RunningWorld[] = [];
afterEach(async () => {
  for (const running of opened.splice(0)) await running.close();
});

async function start(authorization?: string): Promise<{ running: RunningWorld; client: ApolloClient }> {
  const running = await startWorld({ verify: (token) => verifier.verify(token) });
  opened.push(running);
  const link = new HttpLink({ uri: running.url, ...(authorization && { headers: { authorization } }) });
  return { running, client: new ApolloClient({ link, cache: new InMemoryCache() }) };
}

describe('Apollo Client over HTTP alone', () => {
  test('hears a subscription, and its leaving ends it upstream', async () => {
    const { running, client } = await start();
    const heard: unknown[] = [];
    const subscription = client
      .subscribe({ query: ORDER_CHANGED, fetchPolicy: 'no-cache' })
      .subscribe(({ data }) => heard.push(data));
    await until(() => heard.length === 1);
    running.world.log.append('1');
    await until(() => heard.length === 2);
    expect(heard).toMatchObject([
      { orderChanged: { cursor: '0', order: null } },
      { orderChanged: { cursor: '1', order: { title: 'Algebra' } } },
    ]);
    subscription.unsubscribe();
    await until(() => running.gateway.upstreams.size === 0 && running.world.log.open === 0);
  });

  test('is told by a protocol error when its token has expired, and where to go on', async () => {
    const { client } = await start(await signToken({ sessionId: newId(), seconds: 2 }));
    const { error } = await lastValueFrom(client.subscribe({ query: ORDER_CHANGED, fetchPolicy: 'no-cache' }));
    expect(CombinedProtocolErrors.is(error) && error.errors).toMatchObject([
      { extensions: { code: 'UNAUTHENTICATED', cursor: '0' } },
    ]);
  });

  test('is told by a protocol error when the gateway closes, and when to come back', async () => {
    const { running, client } = await start();
    const results = client.subscribe({ query: ORDER_CHANGED, fetchPolicy: 'no-cache' });
    const last = lastValueFrom(results);
    await until(() => running.world.log.open === 1);
    await running.gateway.close();
    const { error } = await last;
    expect(CombinedProtocolErrors.is(error) && error.errors).toMatchObject([
      { extensions: { code: 'SERVICE_UNAVAILABLE', retryAfter: expect.any(Number) } },
    ]);
  });

  test('is told what is wrong with a subscription', async () => {
    const { client } = await start();
    const query = gql`
      subscription {
        nothing
      }
    `;
    const { error } = await firstValueFrom(client.subscribe({ query }));
    expect(error).toMatchObject({ message: expect.stringContaining('nothing') });
  });
});
