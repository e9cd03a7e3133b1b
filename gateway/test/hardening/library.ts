import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { type ExecutionResult, graphql, parse } from 'graphql';
import { createGateway, type Gateway } from '../../src/app.js';
import { defaultLimits, type Limits } from '../../src/settings.js';
import { PushStream } from '../../src/streams/push-stream.js';
import { Supergraph } from '../../src/supergraph/supergraph.js';
import { inProcessTransport } from '../../src/transports/in-process-transport.js';

const PAGE =
  '@listSize(slicingArguments: ["first", "last"], sizedFields: ["edges"], assumedSize: 20, requireOneSlicingArgument: false)';

const LIBRARY = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@listSize", { name: "@cost", as: "@price" }])
  type Query {
    books(first: Int, last: Int): BookConnection ${PAGE}
    recent(count: Int = 7): [Book!] @listSize(slicingArguments: ["count"], requireOneSlicingArgument: false)
    shelves: [Shelf!] @listSize(assumedSize: 3)
    things: [Thing!]
    thing: Thing
    book: Book
    report(deep: Boolean @price(weight: 7)): String @price(weight: 50)
    search(filter: Filter @price(weight: 15), any: [Filter!], covers: [Cover!]): String @price(weight: 5)
    cheap(rough: Boolean @price(weight: -3)): String @price(weight: 2)
    pictures(count: Int): [Picture!] @listSize(slicingArguments: ["count"], requireOneSlicingArgument: false)
    picture: Picture
  }
  scalar Picture @price(weight: 4)
  enum Cover @price(weight: 2) { HARD SOFT }
  input Filter { text: String @price(weight: 20), rough: Boolean @price(weight: -12), cover: Cover, not: Filter, all: [Filter!] }
  type Mutation { burn: Book read: Book @price(weight: 2) }
  type Subscription { burnt: Book }
  interface Thing { id: ID! near: [Thing!] }
  type BookConnection { edges: [BookEdge!]! total: Int @price(weight: 5) }
  type BookEdge { node: Book! }
  type Book implements Thing @key(fields: "id") {
    id: ID!
    title: String!
    near: [Thing!]
    similar(first: Int, last: Int): BookConnection ${PAGE}
  }
  type Shelf implements Thing { id: ID! near: [Thing!] books: [Book!] }
  type Globe implements Thing @price(weight: 100) { id: ID! near: [Thing!] }
`;

/** Books and how often the library was asked for them. */
export interface Library {
  gateway: Gateway;
  url: string;
  readonly fetches: number;
  metrics: Metrics;
}

const { supergraphSdl = '', errors } = composeServices([
  { name: 'library', url: 'http://127.0.0.1:1/graphql', typeDefs: parse(LIBRARY) },
]);
if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
const supergraph = new Supergraph(supergraphSdl);

const book = (id: string) => ({
  __typename: 'Book',
  id,
  title: `Book ${id}`,
  near: [],
  similar: ({ first = 2 }: { first?: number }) => page(first),
});
const page = (size: number) => ({
  edges: Array.from({ length: size }, (_, index) => ({ node: book(String(index)) })),
  total: size,
});
const rootValue = {
  books: ({ first }: { first?: number }) => page(first ?? 20),
  recent: ({ count }: { count: number }) => Array.from({ length: count }, (_, index) => book(String(index))),
  shelves: () => [],
  things: () => [book('1')],
  thing: () => book('1'),
  book: () => book('1'),
  report: () => 'All is well',
  search: () => 'Nothing',
  cheap: () => 'Something',
  pictures: () => ['one', 'two'],
  picture: () => null,
  burn: () => book('1'),
  read: () => book('1'),
};

/** A gateway before a subgraph whose parts have costs. @param answer what the subgraph says, whatever it is asked */
export async function startLibrary(limits: Partial<Limits> = {}, answer?: ExecutionResult): Promise<Library> {
  const modules = [{ typeDefs: parse(LIBRARY), resolvers: {} }] as Parameters<typeof buildSubgraphSchema>[0];
  const schema = buildSubgraphSchema(modules);
  const state = { fetches: 0 };
  const subgraph = {
    execute: async ({ query, variables }: { query: string; variables?: Record<string, unknown> | undefined }) => {
      state.fetches += 1;
      return answer ?? graphql({ schema, source: query, rootValue, variableValues: variables ?? null });
    },
    subscribe: async () => new PushStream<never>(),
  };
  const metrics = new Metrics();
  const gateway = await createGateway({
    supergraph,
    transports: new Map([['library', inProcessTransport(subgraph)]]),
    settings: {
      introspection: true,
      playground: false,
      allowedOrigins: [],
      trustedProxies: false,
      limits: { ...defaultLimits, ...limits },
      subscriptionBuffer: 10,
      slowOperationMs: 1_000,
    },
    logger: createLogger({ service: 'test', destination: { write: () => {} } }),
    metrics,
  });
  return {
    gateway,
    url: await gateway.listen({ host: '127.0.0.1', port: 0 }),
    metrics,
    get fetches() {
      return state.fetches;
    },
  };
}
