import { composeServices } from '@apollo/composition';
import { type ExecutionResult, GraphQLError, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { FetchAnswer, FetchRequest } from '../../src/execution/fetch-source.js';
import { GraphExecutor } from '../../src/execution/graph-executor.js';
import { createGatewayContext } from '../../src/requests/gateway-context.js';
import { Supergraph } from '../../src/supergraph/supergraph.js';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])';
const BOOKS = `${LINK}
  enum Size { SMALL LARGE }
  interface Thing { id: ID! }
  type Book implements Thing @key(fields: "id") { id: ID! author: Person reader: Person pages: Int size: Size tags: [String!] }
  type Shelf implements Thing @key(fields: "id") { id: ID! }
  type Person @key(fields: "id") { id: ID! }
  type Query { books: [Book] book: Book thing: Thing must: Book! }`;
const PEOPLE = `${LINK}
  type Person @key(fields: "id") { id: ID! name: String! age(at: Int): Int }`;

const { supergraphSdl } = composeServices(
  [
    ['books', BOOKS],
    ['people', PEOPLE],
  ].map(([name = '', sdl = '']) => ({ name, typeDefs: parse(sdl), url: `http://${name}` })),
);
const supergraph = new Supergraph(supergraphSdl ?? '');

interface Person {
  id: string;
}

/** Runs a query over books that are given, and people who are made up of their ids. */
class Library {
  readonly requests: FetchRequest[] = [];
  /** Instead of what people would answer. */
  people: ((request: FetchRequest) => FetchAnswer) | undefined;

  constructor(private readonly books: Record<string, unknown>) {}

  async run(query: string, variables: Record<string, unknown> = {}): Promise<ExecutionResult> {
    const executor = new GraphExecutor(supergraph, {
      books: { fetch: async () => ({ data: structuredClone(this.books) }) },
      people: {
        fetch: async (request) => {
          this.requests.push(request);
          return this.people?.(request) ?? { data: answerAbout(request) };
        },
      },
    });
    const context = createGatewayContext({ requestId: 'test' }, { viewer: undefined, transport: 'http' });
    const operation = { document: parse(query), key: query, operationName: undefined, variables };
    const result = await executor.execute(operation, context);
    return JSON.parse(JSON.stringify(result));
  }
}

function answerAbout({ query, variables }: FetchRequest): Record<string, unknown> {
  const about = (people: unknown) =>
    (people as Person[]).map(({ id }) => ({ __typename: 'Person', id, name: `Person ${id}`, age: 40 }));
  const single = variables['representations'];
  if (single) return { _entities: about(single) };
  const aliases = [...query.matchAll(/(_+\d+):_entities/g)].map(([, alias = '']) => alias);
  return Object.fromEntries(aliases.map((alias) => [alias, about(variables[alias])]));
}

const book = (id: string, author: string, reader = author) => ({
  ...{ __typename: 'Book', id, author: { __typename: 'Person', id: author } },
  reader: { __typename: 'Person', id: reader },
});

describe('fetches about entities', () => {
  it('ask for each of them once, however often it stands in a list', async () => {
    const library = new Library({ books: [book('1', 'a'), null, book('2', 'b'), book('3', 'a')] });
    const { data } = await library.run('{ books { author { name } } }');
    expect(data).toEqual({
      books: [
        { author: { name: 'Person a' } },
        null,
        { author: { name: 'Person b' } },
        { author: { name: 'Person a' } },
      ],
    });
    expect(library.requests.map(({ variables }) => variables)).toMatchObject([
      { representations: [{ id: 'a' }, { id: 'b' }] },
    ]);
  });

  it('of different places go to a subgraph as one, with the variables of all', async () => {
    const library = new Library({ books: [book('1', 'a', 'b')], book: book('2', 'c') });
    const { data } = await library.run(
      'query ($_0: Int) { books { author { name } reader { age(at: $_0) } } book { author { name } } }',
      { _0: 3 },
    );
    expect(data).toEqual({
      books: [{ author: { name: 'Person a' }, reader: { age: 40 } }],
      book: { author: { name: 'Person c' } },
    });
    expect(library.requests).toHaveLength(1);
    expect(library.requests[0]?.variables).toMatchObject({
      _0: 3,
      __0: [{ id: 'a' }],
      __1: [{ id: 'b' }],
      __2: [{ id: 'c' }],
    });
  });

  it('leave out places that turn out empty', async () => {
    const library = new Library({ books: [], book: book('2', 'c') });
    const { data } = await library.run('{ books { author { name } } book { author { name } } }');
    expect(data).toEqual({ books: [], book: { author: { name: 'Person c' } } });
    expect(library.requests[0]?.variables).toEqual({ representations: [{ __typename: 'Person', id: 'c' }] });
  });

  it('are asked one by one where together they came to nothing', async () => {
    const library = new Library({ books: [book('1', 'a')], book: book('2', 'c') });
    library.people = ({ variables }) => {
      const people = variables['representations'] as Person[] | undefined;
      const refused = { data: null, errors: [new GraphQLError('Refused', { path: ['_entities'] })] };
      return people?.[0]?.id === 'c' ? { data: { _entities: [{ name: 'Person c' }] } } : refused;
    };
    const { data, errors } = await library.run('{ books { author { name } } book { author { name } } }');
    expect(data).toEqual({ books: [{ author: null }], book: { author: { name: 'Person c' } } });
    expect(errors).toMatchObject([{ message: 'Refused', path: ['books'] }]);
  });

  it('tell of an error at every place of the entity, under the path in the whole result', async () => {
    const library = new Library({ books: [book('1', 'a'), book('2', 'b'), book('3', 'a')] });
    library.people = () => ({
      data: { _entities: [null, { name: 'Person b' }] },
      errors: [new GraphQLError('Nobody', { path: ['_entities', 0, 'name'], extensions: { code: 'NOT_FOUND' } })],
    });
    const { data, errors } = await library.run('{ books { author { name } } }');
    expect(data).toEqual({ books: [{ author: null }, { author: { name: 'Person b' } }, { author: null }] });
    expect(errors?.map(({ path, extensions }) => [path, extensions?.['code']])).toEqual([
      [['books', 0, 'author', 'name'], 'NOT_FOUND'],
      [['books', 2, 'author', 'name'], 'NOT_FOUND'],
    ]);
  });

  it('tell of an error without a path at the nearest place that all of them share', async () => {
    const library = new Library({ books: [book('1', 'a')], book: book('2', 'b') });
    library.people = (request) => ({ data: answerAbout(request), errors: [{ message: 'Somewhere' }] });
    const inList = await library.run('{ books { author { name } } }');
    expect(inList).toMatchObject({
      data: { books: [{ author: { name: 'Person a' } }] },
      errors: [{ path: ['books'] }],
    });
    const alone = await library.run('{ book { author { name } } }');
    expect(alone.errors).toMatchObject([{ message: 'Somewhere', path: ['book', 'author'] }]);
  });

  it('that bring too few make an error of it', async () => {
    const library = new Library({ books: [book('1', 'a')] });
    library.people = () => ({ data: { _entities: [] } });
    const { data, errors } = await library.run('{ books { author { name } } }');
    expect(data).toEqual({ books: [{ author: null }] });
    expect(errors).toMatchObject([{ extensions: { code: 'DOWNSTREAM_SERVICE_ERROR' } }]);
  });
});

describe('values that no subgraph should give', () => {
  it.each([
    ['a whole number beyond 32 bits', { pages: 2_147_483_648 }, 'book { pages }', { book: { pages: null } }],
    ['a text for a number', { pages: 'many' }, 'book { pages }', { book: { pages: null } }],
    ['an enum that clients do not know', { size: 'HUGE' }, 'book { size }', { book: { size: null } }],
    ['one thing for a list', { tags: 'novel' }, 'book { tags }', { book: { tags: null } }],
    ['a null in a list without', { tags: ['novel', null] }, 'book { tags }', { book: { tags: null } }],
    ['a list for an object', { author: [] }, 'book { author { id } }', { book: { author: null } }],
  ])('%s is null, with an error where it stands', async (_what, change, selection, shown) => {
    const library = new Library({ book: { ...book('1', 'a'), ...change } });
    const { data, errors } = await library.run(`{ ${selection} }`);
    expect(data).toEqual(shown);
    expect(errors).toMatchObject([{ extensions: { code: 'INCOMPLETE_RESULT' } }]);
    expect(errors?.[0]?.path?.slice(0, 2)).toEqual(['book', selection.split(' ')[2]]);
  });

  it('an object of a type that is not among the possible ones is null', async () => {
    const library = new Library({ thing: { __typename: 'Person', id: '1' } });
    const { data, errors } = await library.run('{ thing { id } }');
    expect(data).toEqual({ thing: null });
    expect(errors).toMatchObject([{ path: ['thing'], extensions: { code: 'INCOMPLETE_RESULT' } }]);
  });

  it('a null where none may be takes its parents with it, up to one that may be null', async () => {
    const { data, errors } = await new Library({ must: null }).run('{ must { id } }');
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ path: ['must'] }]);
  });
});

it('names that objects inherit are aliases like any other', async () => {
  const library = new Library({
    book: JSON.parse('{"__proto__":"1","constructor":"2","__typename":"Book"}'),
  });
  const result = await library.run(
    '{ book { __proto__: id constructor: id toString: pages hasOwnProperty: __typename } }',
  );
  expect(JSON.stringify(result.data)).toBe(
    '{"book":{"__proto__":"1","constructor":"2","toString":null,"hasOwnProperty":"Book"}}',
  );
});

it('a schema is told without asking any subgraph, beside data', async () => {
  const library = new Library({ book: book('1', 'a') });
  const result = await library.run(
    'query ($name: String!) { __type(name: $name) { name } ...Rest } fragment Rest on Query { __schema { queryType { name } } book { id } }',
    { name: 'Book' },
  );
  expect(result).toEqual({
    data: { __type: { name: 'Book' }, __schema: { queryType: { name: 'Query' } }, book: { id: '1' } },
  });
});
