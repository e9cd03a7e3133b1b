import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { RequestMetadata } from '@tutorgraph/kit/graphql/context';
import type { GraphRequest } from '@tutorgraph/kit/graphql/executor';
import { type ExecutionResult, GraphQLError, graphql, parse, subscribe } from 'graphql';
import { PushStream } from '../../src/streams/push-stream.js';
import type { CallableSubgraph } from '../../src/transports/in-process-transport.js';
import { EventLog } from './event-log.js';

/** Two federated subgraphs, made by hand, and what they remember of how they were asked. */
export interface World {
  log: EventLog;
  titles: Map<string, string>;
  /** Every fetch that reached a subgraph. */
  fetches: { subgraph: string; query: string; metadata: RequestMetadata }[];
  /** Metadata of every subscription that reached a subgraph. */
  subscriptions: RequestMetadata[];
  ticks: PushStream<{ number: number; author: { id: string } }>;
  /** Queries and mutations wait for it at the subgraphs. */
  hold: Promise<void> | undefined;
  /** Decides whether a subscription is let in. */
  admit: (metadata: RequestMetadata) => void;
}

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';

const ORDERS = `${LINK}
  type Query {
    order(id: ID!): Order
    orders: [Order!]!
    echo: Echo!
    broken: String
    refused: String
    missing: Order!
  }
  type Mutation { renameOrder(id: ID!, title: String!): RenameOrderPayload! }
  type Subscription {
    orderChanged(orderId: ID!, after: String): OrderChangedEvent
    ticks: Tick
  }
  type RenameOrderPayload { order: Order userErrors: [RenameError!]! }
  type RenameError { message: String! code: String! }
  type Echo { authorization: String requestId: String! acceptLanguage: String userAgent: String clientAddress: String }
  type Order @key(fields: "id") { id: ID! title: String! author: Person! next: Order }
  type OrderChangedEvent { cursor: String! order: Order }
  type Tick { number: Int! author: Person! }
  type Person @key(fields: "id", resolvable: false) { id: ID! }
`;

const PEOPLE = `${LINK}
  type Query { person(id: ID!): Person }
  type Person @key(fields: "id") { id: ID! name: String! secret: String asked: String! }
`;

/** Another version of a subgraph's SDL. */
export type Change = (sdl: string) => string;
const unchanged: Change = (sdl) => sdl;

interface WorldContext {
  metadata: RequestMetadata;
}

/** Makes a world with two orders. */
export function createWorld(): World {
  return {
    log: new EventLog(),
    titles: new Map([
      ['1', 'Algebra'],
      ['2', 'Chemistry'],
    ]),
    fetches: [],
    subscriptions: [],
    ticks: new PushStream(),
    hold: undefined,
    admit: () => {},
  };
}

/** The orders subgraph over a world; each call makes another replica. */
export function ordersSubgraph(world: World, change = unchanged): CallableSubgraph {
  const order = (id: string) => {
    const title = world.titles.get(id);
    return title === undefined ? null : { id, title, author: { id: `p${id}` }, next: () => order(id) };
  };
  return callable('orders', change(ORDERS), world, {
    Query: {
      order: (_: unknown, { id }: { id: string }) => order(id),
      orders: () => [...world.titles.keys()].map(order),
      echo: (_: unknown, __: unknown, { metadata }: WorldContext) => metadata,
      missing: () => null,
      broken: () => {
        throw new Error('connect postgres://user:password@10.0.0.7 failed');
      },
      refused: () => {
        throw new GraphQLError('Only tutors may', { extensions: { code: 'FORBIDDEN', hint: 'sign in' } });
      },
    },
    Mutation: {
      renameOrder: (_: unknown, { id, title }: { id: string; title: string }) => {
        if (title === '') return { order: null, userErrors: [{ message: 'Give it a title', code: 'EMPTY' }] };
        world.titles.set(id, title);
        return { order: order(id), userErrors: [] };
      },
    },
    Subscription: {
      orderChanged: {
        subscribe: (
          _: unknown,
          { orderId, after }: { orderId: string; after?: string },
          { metadata }: WorldContext,
        ) => {
          world.subscriptions.push(metadata);
          world.admit(metadata);
          return world.log.read(orderId, after);
        },
        resolve: (event: { cursor: string; order: { id: string } | null }) => ({
          ...event,
          order: event.order && order(event.order.id),
        }),
      },
      ticks: { subscribe: () => world.ticks, resolve: (tick: unknown) => tick },
    },
    Order: { __resolveReference: ({ id }: { id: string }) => order(id) },
  });
}

/** The people subgraph over a world. */
export function peopleSubgraph(world: World, change = unchanged): CallableSubgraph {
  const person = (id: string) => ({
    id,
    name: `Person ${id}`,
    secret: () => {
      throw new GraphQLError('Not yours to see', { extensions: { code: 'FORBIDDEN' } });
    },
    asked: (_: unknown, { metadata }: WorldContext) => metadata.authorization ?? 'anonymous',
  });
  return callable('people', change(PEOPLE), world, {
    Query: { person: (_: unknown, { id }: { id: string }) => person(id) },
    Person: { __resolveReference: ({ id }: { id: string }) => person(id) },
    Order: { __resolveReference: ({ id }: { id: string }) => ({ id, title: `People’s ${world.titles.get(id)}` }) },
  });
}

/** The two composed, with addresses for those who need them. */
export function composeWorld(
  urls: { orders?: string; people?: string } = {},
  change: { orders?: Change; people?: Change } = {},
): string {
  const { orders = unchanged, people = unchanged } = change;
  const { supergraphSdl, errors } = composeServices([
    { name: 'orders', url: urls.orders ?? 'http://127.0.0.1:1/graphql', typeDefs: parse(orders(ORDERS)) },
    { name: 'people', url: urls.people ?? 'http://127.0.0.1:1/graphql', typeDefs: parse(people(PEOPLE)) },
  ]);
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

function callable(name: string, sdl: string, world: World, resolvers: object): CallableSubgraph {
  const modules = [{ typeDefs: parse(sdl), resolvers }] as Parameters<typeof buildSubgraphSchema>[0];
  const schema = buildSubgraphSchema(modules);
  return {
    async execute(request, metadata) {
      if (request.query !== '{ __typename }') world.fetches.push({ subgraph: name, query: request.query, metadata });
      await world.hold;
      return graphql({ schema, source: request.query, contextValue: { metadata }, ...variablesOf(request) });
    },
    async subscribe(request, metadata, signal) {
      const document = parse(request.query);
      const stream = await subscribe({ schema, document, contextValue: { metadata }, ...variablesOf(request) });
      if (!(Symbol.asyncIterator in stream)) return stream;
      signal.addEventListener('abort', () => void stream.return(undefined), { once: true });
      return stream as AsyncIterable<ExecutionResult>;
    },
  };
}

function variablesOf({ variables, operationName }: GraphRequest) {
  return { variableValues: variables ?? null, operationName: operationName ?? null };
}
