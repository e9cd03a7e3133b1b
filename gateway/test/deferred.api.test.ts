import { afterEach, beforeEach, expect, it } from 'vitest';
import { type RunningWorld, startWorld } from './world/world.js';

const QUERY = '{ order(id: "1") { title ... @defer(label: "who") { author { name secret } } } }';
const DEFER = 'multipart/mixed; deferSpec=20220824, application/json';

let world: RunningWorld;

beforeEach(async () => {
  world = await startWorld({ mode: 'remote' });
});

afterEach(() => world.close());

async function post(query: string, accept: string): Promise<Response> {
  const headers = { 'content-type': 'application/json', accept };
  return fetch(world.url, { method: 'POST', headers, body: JSON.stringify({ query }) });
}

/** The JSON of each part of a multipart answer. */
function partsOf(body: string): unknown[] {
  return body
    .split('\r\n---')
    .flatMap((part) => part.split('\r\n\r\n').slice(1))
    .map((json) => JSON.parse(json));
}

it('a client that takes parts is told what it defers after the rest', async () => {
  const response = await post(QUERY, DEFER);
  expect(response.headers.get('content-type')).toContain('multipart/mixed');
  const [initial, ...updates] = partsOf(await response.text());
  expect(initial).toEqual({ data: { order: { title: 'Algebra' } }, hasNext: true });
  expect(updates).toMatchObject([
    {
      incremental: [{ path: ['order'], label: 'who', data: { author: { name: expect.any(String) } } }],
      hasNext: false,
    },
  ]);
});

it('a client that takes none is told the whole', async () => {
  const response = await post(QUERY, 'application/json');
  expect(await response.json()).toMatchObject({
    data: { order: { title: 'Algebra', author: { name: expect.any(String) } } },
  });
});

it('an operation that defers nothing is told at once', async () => {
  const response = await post('{ order(id: "1") { title } }', DEFER);
  expect(response.headers.get('content-type')).toContain('application/json');
  expect(await response.json()).toEqual({ data: { order: { title: 'Algebra' } } });
});
