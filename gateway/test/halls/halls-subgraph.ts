import { buildSubgraphSchema } from '@apollo/subgraph';
import type { DomainEvent } from '@tutorgraph/kit/events/event';
import { LiveStream } from '@tutorgraph/kit/events/live-stream';
import type { GraphBroadcasts } from '@tutorgraph/kit/graphql/broadcasts';
import type { RequestContext, RequestMetadata } from '@tutorgraph/kit/graphql/context';
import { Executor, type ExecutorDependencies } from '@tutorgraph/kit/graphql/executor';
import { createMessages } from '@tutorgraph/kit/messages/messages';
import { Authenticator } from '@tutorgraph/kit/viewer/authenticator';
import type { Rights } from '@tutorgraph/kit/viewer/rights';
import type { ServiceIdentity } from '@tutorgraph/kit/viewer/service-token';
import type { Viewer } from '@tutorgraph/kit/viewer/viewer';
import { GraphQLError, parse } from 'graphql';
import type { CallableSubgraph } from '../../src/transports/in-process-transport.js';
import { verifier } from '../world/tokens.js';
import { callMade, HALLS, type HallLog, listenerRemoved } from './hall-log.js';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@inaccessible"])';

/** Halls into which people call, for whoever may listen there. */
export const HALLS_SDL = `${LINK}
  type Query { halls: [String!] }
  type Subscription { callHeard(hallId: ID!, after: String): CallHeardEvent }
  type CallHeardEvent { cursor: String! call: Call noLongerFor: [ID!]! @inaccessible }
  type Call @key(fields: "id") { id: ID! text: String! said(in: String): String! isHeardBy: String! caller: Person! }
  type Person @key(fields: "id", resolvable: false) { id: ID! }
`;
export const PEOPLE_SDL = `${LINK}
  type Query { people: [Person!] }
  type Person @key(fields: "id") { id: ID! name: String! secret: String }
`;

/** A hall where everybody may listen. */
export const SQUARE = 'square';

/** What the two say is the same for everybody. */
export const HALL_BROADCASTS: GraphBroadcasts = {
  subscriptions: ['callHeard'],
  sameForAll: { CallHeardEvent: ['call', 'cursor'], Call: ['caller', 'text', 'said'], Person: ['name'] },
};

/** How subgraphs were asked. */
export interface HallTraffic {
  /** Subscriptions that reached the halls, and who asked. */
  opened: { viewer: string; metadata: RequestMetadata; after: string | null | undefined }[];
  /** Subscriptions to the halls that are open. */
  open: number;
  fetches: { viewer: string; query: string }[];
  /** Holds back what people answer until it resolves. */
  hold: Promise<void> | undefined;
  /** When set, the next events end subscriptions with it. */
  failure: { for: 'service' | 'user'; error: GraphQLError } | undefined;
}

/** What a hall's subgraph runs on. */
export interface SubgraphTools {
  log: HallLog;
  rights: Rights;
  identities: ReadonlyMap<string, ServiceIdentity>;
  traffic: HallTraffic;
}

/** Something heard in a hall, or a position only. */
interface Heard {
  cursor: string;
  event: DomainEvent | null;
}

/** One replica of the halls, with a live stream of its own. */
export function hallsReplica(tools: SubgraphTools): CallableSubgraph & { close(): void } {
  const { log, traffic } = tools;
  const live = new LiveStream({ stream: HALLS, bus: log.bus });
  const refuse = (context: RequestContext, hallId: string): void => {
    if (traffic.failure?.for === context.viewer.kind) throw traffic.failure.error;
    if (hallId === SQUARE || context.hasScope('callHeard')) return;
    if (!log.mayListen(hallId, context.user.userId))
      throw new GraphQLError('Not here', { extensions: { code: 'FORBIDDEN' } });
  };
  const subgraph = callable(HALLS, HALLS_SDL, tools, {
    Query: { halls: () => [...log.listeners.keys()] },
    Subscription: {
      callHeard: {
        subscribe: (_: unknown, { hallId, after }: { hallId: string; after?: string }, context: RequestContext) => {
          refuse(context, hallId);
          traffic.opened.push({ viewer: nameOf(context.viewer), metadata: context.metadata, after });
          const { signal } = context;
          // Who has gone meanwhile opens nothing, and a signal that was aborted tells it no more.
          if (!signal.aborted) {
            traffic.open += 1;
            signal.addEventListener('abort', () => (traffic.open -= 1), { once: true });
          }
          return live.subscribe({ after, keys: [hallId], signal });
        },
        resolve: ({ cursor, event }: Heard, { hallId }: { hallId: string }, context: RequestContext) => {
          refuse(context, hallId);
          const call = event?.type === callMade.type ? callMade.parse(event) : undefined;
          const removed = event?.type === listenerRemoved.type ? [listenerRemoved.parse(event).userId] : [];
          const caller = { id: call?.by };
          return {
            cursor,
            call: call && { id: event?.id, text: call.text, caller },
            noLongerFor: context.isService ? removed : [],
          };
        },
      },
    },
    Call: {
      isHeardBy: (_: unknown, __: unknown, context: RequestContext) => nameOf(context.viewer),
      said: ({ text }: { text: string }, args: { in?: string }, { locale }: RequestContext) =>
        `${text} (${args.in ?? locale})`,
    },
  });
  return { ...subgraph, close: () => live.close() };
}

/** People who call. */
export function peopleSubgraph(tools: SubgraphTools): CallableSubgraph {
  const person = (id: string) => ({ id, name: `Person ${id}` });
  return callable('people', PEOPLE_SDL, tools, {
    Query: { people: () => [person('p1')] },
    Person: {
      __resolveReference: async ({ id }: { id: string }, context: RequestContext) => {
        await tools.traffic.hold;
        return context.viewer.kind === 'anonymous' ? null : person(id);
      },
      secret: (_: unknown, __: unknown, context: RequestContext) => nameOf(context.viewer),
    },
  });
}

function nameOf(viewer: Viewer): string {
  if (viewer.kind === 'user') return viewer.userId;
  return viewer.kind === 'service' ? viewer.service : viewer.kind;
}

function callable(name: string, sdl: string, tools: SubgraphTools, resolvers: object): CallableSubgraph {
  const { rights, identities, traffic } = tools;
  const modules = [{ typeDefs: parse(sdl), resolvers }] as Parameters<typeof buildSubgraphSchema>[0];
  const publicKeys = identities.get(name)?.publicKeys ?? { keys: [] };
  const authenticator = new Authenticator(name, verifier, publicKeys, rights);
  const executor = new Executor(buildSubgraphSchema(modules), new Map(), {
    // Nothing here asks a database.
    em: { fork: () => undefined } as unknown as ExecutorDependencies['em'],
    authenticator,
    messages: createMessages({ en: {}, ru: {} }),
    onFault: () => {},
  });
  return {
    async execute(request, metadata) {
      const viewer = await authenticator.authenticate(metadata.authorization);
      traffic.fetches.push({ viewer: nameOf(viewer), query: request.query });
      return executor.execute(request, metadata);
    },
    subscribe: (request, metadata, signal) => executor.subscribe(request, metadata, signal),
  };
}
