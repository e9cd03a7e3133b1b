import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask, connect, Live } from './world/client.js';
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

describe('@defer that cannot be', () => {
  const person = 'fragment Person on Person { name }';
  it.each([
    [
      'has the label of another',
      '{ order(id: "1") { ... @defer(label: "a") { id } ... @defer(label: "a") { title } } }',
      1,
    ],
    [
      'has the label of one in a fragment',
      '{ order(id: "1") { ...A ... @defer(label: "a") { id } } } fragment A on Order { ... @defer(label: "a") { title } }',
      1,
    ],
    [
      'has the label of one in another operation',
      'query A { ...@defer(label: "a") { orders { id } } } query B { ...@defer(label: "a") { orders { id } } }',
      1,
    ],
    ['has a label out of a variable', 'query ($l: String) { order(id: "1") { ... @defer(label: $l) { title } } }', 1],
    ['is right on a mutation', 'mutation { ... @defer { renameOrder(id: "1", title: "A") { order { id } } } }', 1],
    [
      'is right on a mutation, in a fragment',
      'mutation { ...M } fragment M on Mutation { ... on Mutation @defer(if: false) { renameOrder(id: "1", title: "A") { order { id } } } }',
      1,
    ],
    ['is right on a subscription', 'subscription { ... @defer(if: false) { ticks { number } } }', 1],
    ['is within a subscription', 'subscription { ticks { number ... @defer { author { name } } } }', 1],
    [
      'is certain within a subscription',
      `subscription { ticks { author { ...Person @defer(if: true) } } } ${person}`,
      1,
    ],
    [
      'is in a fragment of a subscription',
      `subscription { ticks { author { ...Outer } } } fragment Outer on Person { ...Person @defer } ${person}`,
      1,
    ],
  ])('is refused when it %s', async (_what, query, errors) => {
    for (const accept of [DEFER, 'application/json']) {
      const { body } = await ask(world.url, query, { headers: { accept } });
      expect(body.errors).toHaveLength(errors);
      expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED' });
    }
    expect(world.world.fetches).toEqual([]);
  });

  it.each([
    ['labels differ', '{ order(id: "1") { ... @defer(label: "a") { id } ... @defer(label: "b") { title } } }'],
    ['there are none', '{ order(id: "1") { ... @defer { id } ... @defer(label: null) { title } } }'],
    ['it is on a query itself', '{ ... @defer(label: "a") { order(id: "1") { id } } }'],
    ['it is below a mutation', 'mutation { renameOrder(id: "1", title: "A") { ... @defer { order { id } } } }'],
  ])('is not refused when %s', async (_what, query) => {
    const parts = partsOf(await (await post(query, DEFER)).text());
    expect(parts).not.toEqual([]);
    for (const part of parts) expect(part).not.toHaveProperty('errors');
  });

  it('is not refused within a subscription when a variable may turn it off', async () => {
    const query =
      'subscription ($d: Boolean!) { orderChanged(orderId: "1") { cursor order { ... @defer(if: $d) { id } } } }';
    const client = connect(world.url);
    for (const d of [false, true]) {
      const live = new Live(client, query, { d });
      expect(await live.next()).toMatchObject({ orderChanged: { cursor: '0' } });
      await live.end();
    }
    await client.dispose();
  });
});
