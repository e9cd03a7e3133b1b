import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { Defer20220824Handler } from '@apollo/client/incremental';
import { createClient } from 'graphql-sse';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ask, until } from './world/client.js';
import { HttpStream } from './world/http-stream.js';
import { type RunningWorld, startWorld } from './world/world.js';

const MULTIPART = 'multipart/mixed;deferSpec=20220824, application/graphql-response+json, application/json;q=0.9';
const DEFERRED = '{ order(id: "1") { title ... @defer(label: "later") { author { name } } } }';
const LATER = { data: { author: { name: 'Person p1' } }, path: ['order'], label: 'later' };

let running: RunningWorld;
beforeEach(async () => {
  running = await startWorld();
});
afterEach(() => running.close());

describe('a query with @defer', () => {
  test('is answered part by part to who accepts parts', async () => {
    const stream = await HttpStream.open(running.url, { accept: MULTIPART, query: DEFERRED });
    expect(stream.headers['content-type']).toBe('multipart/mixed; boundary="-"; deferSpec=20220824');
    expect(await stream.rest()).toMatchObject([
      { data: { order: { title: 'Algebra' } }, hasNext: true },
      { incremental: [LATER], hasNext: false },
      { isEnd: true },
    ]);
  });

  test('is answered whole to who does not', async () => {
    for (const accept of ['application/json', 'multipart/mixed;subscriptionSpec=1.0, application/json']) {
      const { body, headers } = await ask(running.url, DEFERRED, { headers: { accept } });
      expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(body).toEqual({ data: { order: { title: 'Algebra', author: { name: 'Person p1' } } } });
    }
  });

  test('is answered by events to the client of graphql-sse', async () => {
    const client = createClient({ url: running.url });
    const results: unknown[] = [];
    for await (const result of client.iterate({ query: DEFERRED })) results.push(result);
    expect(results).toMatchObject([
      { data: { order: { title: 'Algebra' } } },
      { incremental: [LATER], hasNext: false },
    ]);
    client.dispose();
  });

  test('is put together by Apollo Client', async () => {
    const client = new ApolloClient({
      link: new HttpLink({ uri: running.url }),
      cache: new InMemoryCache(),
      incrementalHandler: new Defer20220824Handler(),
    });
    const seen: unknown[] = [];
    const watched = client
      .watchQuery({ query: gql(DEFERRED) })
      .subscribe(({ data, dataState }) => seen.push([dataState, structuredClone(data)]));
    const whole = { order: { title: 'Algebra', author: { name: 'Person p1' } } };
    await until(() => seen.some((one) => Array.isArray(one) && one[0] === 'complete'));
    expect(seen.at(-1)).toMatchObject(['complete', whole]);
    watched.unsubscribe();
  });

  test('is answered as any other when nothing is deferred', async () => {
    const query = '{ order(id: "1") { title } }';
    const answer = await ask(running.url, query, { headers: { accept: MULTIPART } });
    expect(answer.headers.get('content-type')).toBe('application/graphql-response+json; charset=utf-8');
    expect(answer.body).toEqual({ data: { order: { title: 'Algebra' } } });
  });

  test('tells what is wrong with a part in that part', async () => {
    const query = '{ order(id: "1") { title ... @defer { author { secret } } } }';
    const stream = await HttpStream.open(running.url, { accept: MULTIPART, query });
    const [first, second] = await stream.rest();
    expect(first).toMatchObject({ data: { order: { title: 'Algebra' } }, hasNext: true });
    expect(second).toMatchObject({
      incremental: [
        { path: ['order'], errors: [{ path: ['order', 'author', 'secret'], extensions: { code: 'FORBIDDEN' } }] },
      ],
      hasNext: false,
    });
  });
});
