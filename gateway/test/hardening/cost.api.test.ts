import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, connect, Live } from '../world/client.js';
import { type Library, startLibrary } from './library.js';

/** Refuses whatever costs anything, and says how much. */
let closed: Library;
let open: Library;
beforeAll(async () => {
  closed = await startLibrary({ cost: 0, depth: 30, tokens: 10_000, aliases: 1_000 });
  open = await startLibrary({ cost: 100 });
});
afterAll(async () => {
  await closed.gateway.close();
  await open.gateway.close();
});

async function costOf(query: string, variables?: object): Promise<unknown> {
  const { body } = await ask(closed.url, query, variables && { variables });
  const [error] = body.errors ?? [];
  if (!error) return 0;
  expect(error.extensions).toMatchObject({ code: 'COST_LIMIT_EXCEEDED', limit: 0 });
  return error.extensions['estimated'];
}

describe('the cost of an operation', () => {
  test.each([
    ['nothing for what is no object', '{ __typename }', 0],
    ['one for an object', '{ book { id title } }', 1],
    ['a page by its assumed size, with its edges', '{ books { edges { node { id } } } }', 41],
    ['a page by first', '{ books(first: 5) { edges { node { id } } } }', 11],
    ['a page by last', '{ books(last: 50) { edges { node { id } } } }', 101],
    ['a page by the greater of the two', '{ books(first: 1, last: 100) { edges { node { id } } } }', 201],
    [
      'pages within pages',
      '{ books(first: 10) { edges { node { similar(first: 10) { edges { node { id } } } } } } }',
      231,
    ],
    ['the default of the argument', '{ recent { id } }', 7],
    ['a list by its assumed size', '{ shelves { id } }', 3],
    ['a list of which nothing is said', '{ shelves { books { id } } }', 33],
    ['the dearest type that an object may have', '{ thing { id } }', 100],
    ['what each type is asked', '{ thing { ... on Book { similar(first: 60) { edges { node { id } } } } } }', 122],
    ['what a field costs itself', '{ report books(first: 0) { total } }', 56],
    ['what an argument costs', '{ report(deep: true) }', 57],
    ['ten for a mutation', 'mutation { burn { id } }', 11],
    ['what a mutation says', 'mutation { read { id } }', 3],
    ['an event of a subscription', 'subscription { burnt { similar(first: 3) { edges { node { id } } } } }', 8],
    ['each value of a scalar that costs something', '{ pictures(count: 3) picture }', 16],
    ['an input object, which its argument makes dearer', '{ search(filter: {}) }', 20],
    ['the fields of an input that are given', '{ search(filter: { text: "a", cover: HARD }) }', 42],
    ['a field that makes an argument cheaper', '{ search(filter: { rough: true }) }', 8],
    ['no field as less than nothing', '{ cheap(rough: true) book { id } }', 1],
    ['one for each input object of a list', '{ search(any: [{}, { text: "a" }]) }', 27],
    ['one value where a list may be', '{ search(any: { text: "a" }, covers: SOFT) }', 28],
    ['inputs within inputs', '{ search(any: [{ not: { text: "a" }, all: [{}, {}] }]) }', 29],
    ['nothing for a value that is null', '{ search(filter: null, any: null) }', 5],
    ['the schema', '{ __schema { types { name } } }', 1_000],
    ['a type of the schema', '{ __type(name: "Book") { name } }', 50],
  ])('counts %s', async (_, query, cost) => {
    if (query.startsWith('subscription')) {
      const client = connect(closed.url);
      const [error] = await new Live(client, query).failure();
      expect(error?.extensions).toMatchObject({ code: 'COST_LIMIT_EXCEEDED', estimated: cost, limit: 0 });
      await client.dispose();
    } else expect(await costOf(query)).toBe(cost);
  });
});

describe('the cost cannot be got round', () => {
  const sized = 'query ($n: Int) { books(first: $n) { edges { node { id } } } }';

  test.each([
    ['is missing', undefined, 41],
    ['is null', { n: null }, 41],
    ['is negative', { n: -1 }, 41],
    ['is text', { n: '5' }, 11],
    ['is no number', { n: { first: 1 } }, 41],
    ['is what it says', { n: 5 }, 11],
    ['is huge', { n: 2_147_483_647 }, 1 + 2 * 1e9],
  ])('by a variable that %s', async (_, variables, cost) => {
    expect(await costOf(sized, variables)).toBe(cost);
  });

  test('by defaults of variables', async () => {
    const query = sized.replace('$n: Int', '$n: Int = 50');
    expect(await costOf(query)).toBe(101);
    expect(await costOf(query, { n: 1 })).toBe(3);
    expect(await costOf(query, { n: null })).toBe(41);
  });

  test.each([
    ['as a whole', '($v: Filter) { search(filter: $v) }', { v: { text: 'a', not: { cover: 'HARD' } } }, 43],
    ['in a part', '($v: Filter) { search(any: [{ not: $v }]) }', { v: { text: 'a' } }, 27],
    ['in a list', '($v: [Filter!]) { search(any: $v) }', { v: Array.from({ length: 1_000 }, () => ({})) }, 1_005],
    ['in a list that is one value', '($v: [Cover!]) { search(covers: $v) }', { v: 'HARD' }, 7],
    ['that are not there', '($v: Filter) { search(filter: $v) }', {}, 5],
    ['that are null', '($v: Filter) { search(filter: $v) }', { v: null }, 5],
    ['by their defaults', '($v: Filter = { text: "a" }) { search(filter: $v) }', {}, 40],
    ['that say nonsense', '($v: Filter) { search(filter: $v) }', { v: { nothing: 1, not: 7, all: [[{}]] } }, 22],
  ])('by values of variables, %s', async (_, query, variables, cost) => {
    expect(await costOf(`query ${query}`, variables)).toBe(cost);
  });

  test('by values so deep that one could lose oneself in them', async () => {
    const depth = 20_000;
    const body = `{"query":"query ($v: Filter) { search(filter: $v) }","variables":{"v":${'{"not":'.repeat(depth)}{}${'}'.repeat(depth)}}}`;
    const response = await fetch(closed.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { estimated: 20 + depth } }] });
  });

  test('by fragments, which count where they are used', async () => {
    const page = 'fragment Page on Book { similar(first: 10) { edges { node { id } } } }';
    expect(await costOf(`{ book { ...Page } } ${page}`)).toBe(22);
    expect(await costOf(`{ book { ... { ... on Thing { ... on Book { ...Page } } } } } ${page}`)).toBe(22);
    expect(await costOf(`{ a: book { ...Page } b: book { ...Page } } ${page}`)).toBe(44);
  });

  test('by aliases, each of which is answered', async () => {
    const many = Array.from({ length: 10 }, (_, index) => `a${index}: books(first: 10) { edges { node { id } } }`);
    expect(await costOf(`{ ${many.join(' ')} }`)).toBe(210);
  });

  test('and what is selected twice and answered once counts once', async () => {
    const twice =
      '{ book { ...A ...B } } fragment A on Book { similar { total } } fragment B on Book { similar { total } }';
    expect(await costOf(twice)).toBe(7);
  });

  test('by conditions: what is left out costs nothing, what is not does', async () => {
    const query = 'query ($no: Boolean = true) { report @skip(if: $no) book { id } }';
    expect(await costOf(query)).toBe(1);
    expect(await costOf(query, { no: true })).toBe(1);
    expect(await costOf(query, { no: false })).toBe(51);
    expect(await costOf('{ report @include(if: false) book { id } }')).toBe(1);
  });

  test('by asking for the schema again and again', async () => {
    expect(await costOf('{ a: __schema { types { name } } b: __schema { types { name } } }')).toBe(2_000);
  });

  test('by fragments so entangled that counting them takes for ever', async () => {
    const levels = Array.from({ length: 24 }, (_, level) => {
      const next = level === 23 ? 'id' : `...F${level + 1}`;
      return `fragment F${level} on Thing {
        near { ...on Book { x${level}: near { ${next} } } ...on Shelf { y${level}: near { ${next} } } ...on Globe { ${next} } }
      }`;
    });
    const started = performance.now();
    const { body } = await ask(closed.url, `{ thing { ...F0 } } ${levels.join(' ')}`);
    expect(body.errors?.length).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('an operation that costs too much', () => {
  const dear = '{ books(first: 100) { edges { node { id } } } }';
  const refusal = { code: 'COST_LIMIT_EXCEEDED', estimated: 201, limit: 100, requestId: expect.any(String) };

  test('is refused before anything is fetched, and told what to do', async () => {
    const before = open.fetches;
    const { status, body } = await ask(open.url, dear);
    expect(status).toBe(400);
    expect(body).toEqual({ errors: [{ message: expect.stringContaining('shorter pages'), extensions: refusal }] });
    expect(open.fetches).toBe(before);
    expect((await ask(open.url, '{ books { edges { node { id } } } }')).body.errors).toBeUndefined();
  });

  test('is refused by GET', async () => {
    const response = await fetch(`${open.url}?query=${encodeURIComponent(dear)}`);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: refusal }] });
  });

  test('is refused in a batch, and its neighbours are not', async () => {
    const response = await fetch(open.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ query: '{ book { id } }' }, { query: dear }]),
    });
    expect(await response.json()).toMatchObject([
      { data: { book: { id: '1' } } },
      { errors: [{ extensions: refusal }] },
    ]);
  });

  test.each(['text/event-stream', 'multipart/mixed;subscriptionSpec=1.0, application/json'])(
    'is refused as %s',
    async (accept) => {
      const subscription = 'subscription { burnt { similar(first: 100) { edges { node { id } } } } }';
      for (const query of [dear, subscription]) {
        const headers = { accept, 'content-type': 'application/json' };
        const answer = await fetch(open.url, { method: 'POST', headers, body: JSON.stringify({ query }) });
        expect(await answer.text()).toContain('COST_LIMIT_EXCEEDED');
      }
    },
  );

  test('is refused on a WebSocket, as a query and as a subscription', async () => {
    const client = connect(open.url);
    const subscription = 'subscription { burnt { similar(first: 100) { edges { node { id } } } } }';
    for (const query of [dear, subscription]) {
      const [error] = await new Live(client, query).failure();
      expect(error?.extensions).toMatchObject({ code: 'COST_LIMIT_EXCEEDED', limit: 100 });
    }
    await client.dispose();
  });
});

test('what did cost something is what was answered', async () => {
  const library = await startLibrary();
  await ask(library.url, '{ thing { __typename id } report }');
  const { body } = await library.metrics.expose();
  expect(body).toContain('gateway_operation_cost_estimated_sum 150');
  expect(body).toContain('gateway_operation_cost_actual_sum 51');
  await library.gateway.close();
});

test('what is sent did cost, and of a list of leaves what was answered', async () => {
  const library = await startLibrary();
  await ask(library.url, 'query ($v: Filter) { search(filter: $v) pictures(count: 10) picture }', {
    variables: { v: { text: 'a' } },
  });
  const { body } = await library.metrics.expose();
  expect(body).toContain('gateway_operation_cost_estimated_sum 84');
  expect(body).toContain('gateway_operation_cost_actual_sum 48');
  await library.gateway.close();
});

test('metrics tell what operations may cost and did cost', async () => {
  const library = await startLibrary();
  await ask(library.url, '{ books { edges { node { id } } } }');
  const { body } = await library.metrics.expose();
  expect(body).toContain('gateway_operation_cost_estimated_sum 41');
  expect(body).toContain('gateway_operation_cost_actual_sum 41');
  await ask(library.url, '{ books { edges { node { similar { edges { node { id } } } } } } }');
  expect((await library.metrics.expose()).body).toContain('gateway_operation_cost_actual_count 1');
  await library.gateway.close();
});
