import type { GraphQLDataSource, GraphQLDataSourceProcessOptions, ServiceMap } from '@apollo/gateway';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import { type ExecutionResult, GraphQLError } from 'graphql';
import type { Fetch, GatewayContext } from '../requests/gateway-context.js';
import { type SubgraphTransport, SubgraphUnreachable } from '../transports/subgraph-transport.js';

type SourceResponse = Awaited<ReturnType<GraphQLDataSource['process']>>;

/** What the executor fetches from, by the subgraphs' names. */
export function subgraphSources(transports: ReadonlyMap<string, SubgraphTransport>, logger: Logger): ServiceMap {
  return Object.fromEntries(
    [...transports].map(([name, transport]) => {
      const source = new SubgraphSource(name, transport, (err, requestId) =>
        logger.warn({ err, requestId }, err.message),
      );
      return [name, source];
    }),
  );
}

/** Fetches from one subgraph for the executor. Identical fetches of one operation in flight are sent once. */
class SubgraphSource implements GraphQLDataSource {
  constructor(
    private readonly name: string,
    private readonly transport: SubgraphTransport,
    private readonly onUnreachable: (error: SubgraphUnreachable, requestId: string) => void,
  ) {}

  async process(options: GraphQLDataSourceProcessOptions): Promise<SourceResponse> {
    // The gateway's own executor is the only caller, and this is the context that it is given.
    const context = options.context as GatewayContext;
    const { query = '', variables } = options.request;
    const fetch = this.fetch(context, query, variables);
    const path = 'pathInIncomingRequest' in options ? options.pathInIncomingRequest : undefined;
    const result = await fetch.answer.catch((error: unknown) => this.refuse(error, context, path));
    // The executor merges answers into its result in place, so each reader of a shared one needs a copy.
    const data = fetch.isShared ? structuredClone(result.data) : result.data;
    return { data: data ?? null, ...(result.errors && { errors: result.errors }) };
  }

  private fetch(context: GatewayContext, query: string, variables: Record<string, unknown> | undefined): Fetch {
    const send = () => this.transport.execute({ query, variables }, context.metadata);
    if (query.startsWith('mutation')) return { isShared: false, answer: send() };
    const key = `${this.name} ${query} ${JSON.stringify(variables)}`;
    const inFlight = context.fetches.get(key);
    if (inFlight) {
      inFlight.isShared = true;
      return inFlight;
    }
    const fetch = { isShared: false, answer: send().finally(() => context.fetches.delete(key)) };
    context.fetches.set(key, fetch);
    return fetch;
  }

  private refuse(error: unknown, { metadata }: GatewayContext, path: readonly (string | number)[] | undefined): never {
    if (!(error instanceof SubgraphUnreachable)) throw error;
    this.onUnreachable(error, metadata.requestId);
    // Beyond a list the path names no single place.
    const list = path?.indexOf('@') ?? -1;
    const place = list < 0 ? path : path?.slice(0, list);
    throw new GraphQLError('A part of the graph cannot be reached right now; try again shortly', {
      originalError: error,
      path: place?.length ? place : null,
      extensions: { code: 'SERVICE_UNAVAILABLE' },
    });
  }
}

/** Answers with what has come already; used for the event that a subscription's `rest` builds on. */
export function answerOnce(
  operation: string,
  event: ExecutionResult,
  source: GraphQLDataSource | undefined,
): GraphQLDataSource {
  return {
    async process(options) {
      if (options.request.query !== operation && source) return source.process(options);
      return { data: structuredClone(event.data) ?? null, ...(event.errors && { errors: event.errors }) };
    },
  };
}
