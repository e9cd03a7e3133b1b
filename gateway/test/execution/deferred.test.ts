import { composeServices } from '@apollo/composition';
import { GraphQLError, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { FetchAnswer, FetchRequest, FetchSources } from '../../src/execution/fetch-source.js';
import { GraphExecutor } from '../../src/execution/graph-executor.js';
import type { IncrementalUpdate } from '../../src/execution/incremental-result.js';
import { Supergraph } from '../../src/supergraph/supergraph.js';
import { testContext } from './run-graph.js';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])';
const SUBGRAPHS = {
  books: `${LINK}
    interface Thing { id: ID! }
    type Book implements Thing @key(fields: "id") { id: ID! title: String author: Person weight: Int }
    type Shelf implements Thing { id: ID! wood: String }
    type Person @key(fields: "id") { id: ID! }
    type Query { books: [Book] book: Book things: [Thing] }
    type Mutation { write: Book }`,
  people: `${LINK}
    type Person @key(fields: "id") { id: ID! name: String! friend: Person }
    type Book @key(fields: "id") { id: ID! weight: Int @external postage: Int @requires(fields: "weight") }`,
};

const { supergraphSdl } = composeServices(
  Object.entries(SUBGRAPHS).map(([name, sdl]) => ({ name, typeDefs: parse(sdl), url: `http://${name}` })),
);
const supergraph = new Supergraph(supergraphSdl ?? '');

const FIRST = { __typename: 'Book', id: '1', title: 'First', author: { __typename: 'Person', id: 'a' }, weight: 3 };
const SECOND = { __typename: 'Book', id: '2', title: 'Second', author: { __typename: 'Person', id: 'b' }, weight: 4 };
const ROOTS = {
  books: [FIRST, null, SECOND],
  book: FIRST,
  things: [FIRST, { __typename: 'Shelf', id: '3', wood: 'oak' }],
  write: SECOND,
};
/** What the subgraph of people says of entities. */
const PEOPLE = [
  { __typename: 'Person', id: 'a', name: 'Anna', friend: { __typename: 'Person', id: 'b', name: 'Boris' } },
  { __typename: 'Person', id: 'b', name: 'Boris', friend: null },
  { __typename: 'Book', id: '1', postage: 6 },
];

type Answer = (request: FetchRequest) => FetchAnswer | Promise<FetchAnswer>;
type Entity = Record<'__typename' | 'id', string>;

/** A subgraph says more here than it is asked for; what is selected decides what is shown. */
function answering(entities: readonly Entity[]): Answer {
  return ({ variables }) => {
    const asked = variables['representations'] as Entity[] | undefined;
    const about = asked?.map((key) =>
      entities.find(({ id, __typename }) => id === key.id && __typename === key.__typename),
    );
    return { data: structuredClone(about ? { _entities: about } : ROOTS) };
  };
}

const answerOfBooks = answering([FIRST, SECOND]);
const answerOfPeople = answering(PEOPLE);

interface RunOptions {
  people?: Answer;
  books?: Answer;
  variables?: Record<string, unknown>;
}

function prepare(query: string, { people = answerOfPeople, books = answerOfBooks, variables = {} }: RunOptions = {}) {
  const requests: FetchRequest[] = [];
  const sourceOf = (respond: Answer) => ({
    fetch: async (request: FetchRequest) => {
      requests.push(request);
      return respond(request);
    },
  });
  const sources: FetchSources = { people: sourceOf(people), books: sourceOf(books) };
  const executor = new GraphExecutor(supergraph, sources);
  return { executor, requests, operation: { document: parse(query), key: query, operationName: undefined, variables } };
}

/** What a client that takes no parts is told. */
async function wholeOf(query: string, options?: RunOptions) {
  const { executor, operation } = prepare(query, options);
  return JSON.parse(JSON.stringify(await executor.execute(operation, testContext())));
}

/** What a client is told, of which it reads the parts itself. */
async function begin(query: string, options?: RunOptions) {
  const { executor, operation, requests } = prepare(query, options);
  const result = await executor.execute(operation, testContext({ acceptsIncremental: true }));
  if (!('initial' in result)) throw new Error('Nothing was deferred');
  return { updates: result.subsequent[Symbol.asyncIterator](), requests };
}

/** All that a client is told: the result at once, and what comes after it. */
async function told(query: string, options?: RunOptions) {
  const { executor, operation } = prepare(query, options);
  const result = await executor.execute(operation, testContext({ acceptsIncremental: true }));
  if (!('initial' in result)) return { initial: JSON.parse(JSON.stringify(result)), updates: [], parts: [] };
  const received: IncrementalUpdate[] = [];
  for await (const update of result.subsequent) received.push(update);
  const updates: IncrementalUpdate[] = JSON.parse(JSON.stringify(received));
  const parts = updates.flatMap(({ incremental }) => incremental);
  return { initial: JSON.parse(JSON.stringify(result.initial)), updates, parts };
}

describe('a deferred fragment', () => {
  it('comes after the rest, under its label', async () => {
    const { initial, updates } = await told('{ book { title ... @defer(label: "who") { author { name } } } }');
    expect(initial).toEqual({ data: { book: { title: 'First' } } });
    expect(updates).toEqual([
      { incremental: [{ data: { author: { name: 'Anna' } }, path: ['book'], label: 'who' }], hasNext: false },
    ]);
  });

  it('in a list comes for each object of it', async () => {
    const { initial, updates } = await told('{ books { title ... @defer { author { name } } } }');
    expect(initial).toEqual({ data: { books: [{ title: 'First' }, null, { title: 'Second' }] } });
    expect(updates).toEqual([
      {
        incremental: [
          { data: { author: { name: 'Anna' } }, path: ['books', 0] },
          { data: { author: { name: 'Boris' } }, path: ['books', 2] },
        ],
        hasNext: false,
      },
    ]);
  });

  it('comes for objects of its type only', async () => {
    const { initial, updates } = await told(
      '{ things { __typename ... on Book @defer { title } ... on Shelf { wood } } }',
    );
    expect(initial.data).toEqual({ things: [{ __typename: 'Book' }, { __typename: 'Shelf', wood: 'oak' }] });
    expect(updates).toEqual([{ incremental: [{ data: { title: 'First' }, path: ['things', 0] }], hasNext: false }]);
  });

  it('of the whole operation leaves an empty object to begin with', async () => {
    const { initial, updates } = await told('{ ... @defer { book { id } __schema { queryType { name } } } }');
    expect(initial).toEqual({ data: {} });
    expect(updates).toMatchObject([
      { incremental: [{ data: { book: { id: '1' }, __schema: { queryType: { name: 'Query' } } }, path: [] }] },
    ]);
  });

  it('may hold others, which come after it', async () => {
    const { initial, parts } = await told(
      '{ book { id ... @defer(label: "outer") { author { name ... @defer(label: "inner") { friend { name } } } } } }',
    );
    expect(initial).toEqual({ data: { book: { id: '1' } } });
    expect(parts).toEqual([
      { data: { author: { name: 'Anna' } }, path: ['book'], label: 'outer' },
      { data: { friend: { name: 'Boris' } }, path: ['book', 'author'], label: 'inner' },
    ]);
  });

  it('that is spread twice is a part at each place', async () => {
    const { parts } = await told(
      '{ book { id ...Late @defer(label: "one") } books { id ...Late @defer } } fragment Late on Book { author { ...Name @defer(label: "name") } } fragment Name on Person { name }',
    );
    expect(parts.map(({ path, label }) => [path.join('.'), label]).toSorted()).toEqual([
      ['book', 'one'],
      ['book.author', 'name'],
      ['books.0', undefined],
      ['books.0.author', 'name'],
      ['books.2', undefined],
      ['books.2.author', 'name'],
    ]);
  });

  it('of a mutation comes after it', async () => {
    const { initial, updates } = await told('mutation { write { title ... @defer { author { name } } } }');
    expect(initial).toEqual({ data: { write: { title: 'Second' } } });
    expect(updates).toMatchObject([{ incremental: [{ data: { author: { name: 'Boris' } }, path: ['write'] }] }]);
  });

  it.each([
    ['when its condition does not hold', '@defer(if: false)', {}],
    ['when its variable says so', '@defer(if: $later)', { later: false }],
    ['when it is skipped', '@defer @skip(if: true)', {}],
  ])('is not apart %s', async (_when, directives, variables) => {
    const query = `query ($later: Boolean = true) { book { title ... ${directives} { author { name } } other: id @skip(if: $later) } }`;
    const { initial, updates } = await told(query, { variables });
    expect(updates).toEqual([]);
    expect(initial).toEqual(await wholeOf(query, { variables }));
  });

  it('is apart when its variable is left out', async () => {
    const query = 'query ($later: Boolean = true) { book { title ... @defer(if: $later) { author { name } } } }';
    expect((await told(query)).updates).toHaveLength(1);
    expect((await told(query, { variables: { later: true } })).updates).toHaveLength(1);
  });
});

describe('an error in a deferred fragment', () => {
  const QUERY = '{ books { id ... @defer(label: "who") { author { name } } } }';

  it('comes with the part whose place it is', async () => {
    const people: Answer = () => ({
      data: { _entities: [{ name: 'Anna' }, null] },
      errors: [new GraphQLError('Nobody', { path: ['_entities', 1, 'name'] })],
    });
    const { initial, parts } = await told(QUERY, { people });
    expect(initial.errors).toBeUndefined();
    expect(parts).toMatchObject([
      { data: { author: { name: 'Anna' } }, path: ['books', 0] },
      {
        data: { author: null },
        path: ['books', 2],
        errors: [{ message: 'Nobody', path: ['books', 2, 'author', 'name'] }],
      },
    ]);
    expect(parts[0]?.errors).toBeUndefined();
  });

  it('that may not be null takes the part with it, and nothing beside', async () => {
    const people: Answer = ({ query }) => ({
      data: { _entities: [{ name: query.includes('friend') ? 'Anna' : null }] },
    });
    const { parts } = await told(
      '{ book { author { id ... @defer(label: "name") { name } ... @defer(label: "friend") { friend { id } } } } }',
      { people },
    );
    expect(parts).toHaveLength(2);
    expect(parts.find(({ label }) => label === 'name')).toMatchObject({
      data: null,
      path: ['book', 'author'],
      errors: [{ path: ['book', 'author', 'name'], extensions: { code: 'INCOMPLETE_RESULT' } }],
    });
  });

  it('that makes its object null before it was told leaves nothing to come', async () => {
    const { initial, updates } = await told('{ book { author { name ... @defer { friend { id } } } } }', {
      people: () => ({ data: { _entities: [{ name: null }] } }),
    });
    expect(initial).toMatchObject({ data: { book: { author: null } }, errors: [{ path: ['book', 'author', 'name'] }] });
    expect(updates).toEqual([]);
  });

  it('of a subgraph that cannot be reached comes with the part', async () => {
    const people: Answer = () => {
      throw new GraphQLError('Not now', { extensions: { code: 'SERVICE_UNAVAILABLE' } });
    };
    const { initial, updates } = await told('{ book { title ... @defer { author { name } } } }', { people });
    expect(initial).toEqual({ data: { book: { title: 'First' } } });
    expect(updates).toMatchObject([
      { incremental: [{ data: { author: null }, errors: [{ extensions: { code: 'SERVICE_UNAVAILABLE' } }] }] },
    ]);
  });
});

it('a client that takes no parts is told the whole', async () => {
  const whole = await wholeOf('{ book { title ... @defer { author { name ... @defer { friend { name } } } } } }');
  expect(whole).toEqual({ data: { book: { title: 'First', author: { name: 'Anna', friend: { name: 'Boris' } } } } });
});

it('parts are fetched as soon as what they build on is there, and told as they come', async () => {
  const slow = Promise.withResolvers<void>();
  const { updates } = await begin(
    '{ book { id ... @defer(label: "slow") { author { name } } ... @defer(label: "fast") { title } } }',
    {
      people: (request) => slow.promise.then(() => answerOfPeople(request)),
    },
  );
  expect((await updates.next()).value).toMatchObject({ incremental: [{ label: 'fast' }], hasNext: true });
  slow.resolve();
  expect((await updates.next()).value).toMatchObject({ incremental: [{ label: 'slow' }], hasNext: false });
  expect((await updates.next()).done).toBe(true);
});

it('nothing more is fetched for a client that has left', async () => {
  const slow = Promise.withResolvers<void>();
  const { updates, requests } = await begin('{ book { id ... @defer { author { name } } } }', {
    books: (request) =>
      request.query.includes('_entities') ? slow.promise.then(() => answerOfBooks(request)) : answerOfBooks(request),
  });
  const waiting = updates.next();
  await updates.return?.();
  expect((await waiting).done).toBe(true);
  const before = requests.length;
  slow.resolve();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(requests).toHaveLength(before);
});
