import { isDeepStrictEqual } from 'node:util';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import { type ExecutionResult, GraphQLError } from 'graphql';
import { presentUnanswered } from '../errors/present-unanswered.js';
import type { Fetch } from '../requests/gateway-context.js';
import { type NoAnswer, type SubgraphTransport, SubgraphUnreachable } from '../transports/subgraph-transport.js';
import type { FetchAnswer, FetchRequest, FetchSource, FetchSources } from './fetch-source.js';

/** What is no news: a client that went away, and each fetch from a subgraph that is known to fail. */
const UNTOLD: ReadonlySet<NoAnswer> = new Set(['abandoned', 'resting']);

/** What the executor fetches from, by the subgraphs' names. */
export function subgraphSources(transports: ReadonlyMap<string, SubgraphTransport>, logger: Logger): FetchSources {
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
class SubgraphSource implements FetchSource {
  constructor(
    private readonly name: string,
    private readonly transport: SubgraphTransport,
    private readonly onUnreachable: (error: SubgraphUnreachable, requestId: string) => void,
  ) {}

  async fetch(request: FetchRequest): Promise<FetchAnswer> {
    try {
      if (request.isMutation) return toAnswer(await this.send(request));
      const known = this.inFlight(request);
      return toAnswer(known ? unshared(await known.answer) : await this.begin(request));
    } catch (error) {
      throw this.refusal(error, request);
    }
  }

  private send({ query, variables, isMutation, context }: FetchRequest): Promise<ExecutionResult> {
    const { metadata, deadline, signal, record } = context;
    const terms = { isMutation, deadline, signal: isMutation ? undefined : signal };
    const { traceparent } = record;
    const told = traceparent === undefined ? metadata : { ...metadata, traceparent };
    return record.fetch(this.name, query, () => this.transport.execute({ query, variables }, told, terms));
  }

  private async begin(request: FetchRequest): Promise<ExecutionResult> {
    const { query, variables, context } = request;
    const fetch: Fetch = { subgraph: this.name, query, variables, answer: this.send(request), isShared: false };
    context.fetches.add(fetch);
    try {
      const result = await fetch.answer;
      return fetch.isShared ? unshared(result) : result;
    } finally {
      context.fetches.delete(fetch);
    }
  }

  /** Plans seldom fetch at the same time, and then seldom the same: variables are compared only where all else is equal. */
  private inFlight({ query, variables, context }: FetchRequest): Fetch | undefined {
    for (const fetch of context.fetches) {
      if (fetch.subgraph !== this.name || fetch.query !== query) continue;
      if (!isDeepStrictEqual(fetch.variables, variables)) continue;
      fetch.isShared = true;
      context.record.saved(this.name, 'sharing', 1);
      return fetch;
    }
    return undefined;
  }

  private refusal(error: unknown, { context, isMutation }: FetchRequest): unknown {
    if (!(error instanceof SubgraphUnreachable)) return error;
    if (!UNTOLD.has(error.reason)) this.onUnreachable(error, context.metadata.requestId);
    return presentUnanswered(error, { service: this.name, isMutation });
  }
}

/** What a subgraph says of a document that the gateway wrote tells clients of the inside, and nothing that they could do. */
const OF_OUR_DOCUMENTS = new Set<unknown>(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED']);

/** Answers are merged into the result in place, so each reader of a shared one needs a copy. */
function unshared(result: ExecutionResult): ExecutionResult {
  return { ...result, data: structuredClone(result.data) };
}

function toAnswer({ data, errors }: ExecutionResult): FetchAnswer {
  return { data: data ?? null, errors: errors?.map(asFault) };
}

/** Without a code it is masked. */
function asFault(error: GraphQLError): GraphQLError {
  return OF_OUR_DOCUMENTS.has(error.extensions?.['code']) ? new GraphQLError(error.message) : error;
}

/** Answers with what has come already; used for the event that a subscription's `rest` builds on. */
export function answerOnce(operation: string, event: ExecutionResult, source: FetchSource | undefined): FetchSource {
  return {
    async fetch(request) {
      if (request.query !== operation && source) return source.fetch(request);
      return { data: structuredClone(event.data) ?? null, errors: event.errors };
    },
  };
}
