import type { RequestMetadata } from '@tutorgraph/kit/graphql/context';
import type { GraphRequest } from '@tutorgraph/kit/graphql/executor';
import { ServiceScopes } from '@tutorgraph/kit/graphql/service-scopes';
import type { ServiceTokens } from '@tutorgraph/kit/viewer/service-token';
import { type ExecutionResult, GraphQLError, type GraphQLSchema, Kind, parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { FetchTerms } from './fetch-terms.js';
import { type SubgraphTransport, SubgraphUnreachable } from './subgraph-transport.js';

/** A subgraph that the gateway asks for itself. */
export interface OwnBehalfOptions {
  subgraph: string;
  transport: SubgraphTransport;
  /** The subgraph's own schema, by which the scopes of an operation are known; made when it is first needed. */
  schema: () => GraphQLSchema;
  tokens: ServiceTokens;
}

const MOST_OPERATIONS = 500;
/** Seconds for which the token of a subscription is good at least when it begins. */
const LASTING_SECONDS = 50;

/**
 * Asks a subgraph as the gateway itself, whoever the metadata names: under a service token with the scopes of the
 * operation, which are the fields of entities that it selects and the subscription fields that it opens. A subscription
 * whose token ends is lost as if its connection were, to be opened again.
 */
export class OwnBehalfTransport implements SubgraphTransport {
  private readonly scopes = new LRUCache<string, readonly string[]>({ max: MOST_OPERATIONS });
  private serviceScopes: ServiceScopes | undefined;

  constructor(private readonly options: OwnBehalfOptions) {}

  async execute(request: GraphRequest, metadata: RequestMetadata, terms: FetchTerms): Promise<ExecutionResult> {
    return this.options.transport.execute(request, await this.signed(request, metadata), terms);
  }

  async subscribe(
    request: GraphRequest,
    metadata: RequestMetadata,
    signal: AbortSignal,
  ): Promise<AsyncIterable<ExecutionResult> | ExecutionResult> {
    const signed = await this.signed(request, metadata, LASTING_SECONDS);
    const opened = await this.options.transport.subscribe(request, signed, signal);
    if (!(Symbol.asyncIterator in opened)) return opened;
    const results = opened[Symbol.asyncIterator]();
    const lost = (error: unknown): never => {
      throw isUnauthenticated(error) ? new SubgraphUnreachable(this.options.subgraph, error) : error;
    };
    return {
      [Symbol.asyncIterator]: () => ({
        next: () => results.next().catch(lost),
        return: async () => (await results.return?.()) ?? { done: true, value: undefined },
      }),
    };
  }

  isReachable(): Promise<boolean> {
    return this.options.transport.isReachable();
  }

  close(): Promise<void> {
    return this.options.transport.close();
  }

  private async signed(
    { query }: GraphRequest,
    { requestId, acceptLanguage }: RequestMetadata,
    lasting?: number,
  ): Promise<RequestMetadata> {
    const token = await this.options.tokens.issue(this.options.subgraph, this.scopesOf(query), lasting);
    return { requestId, acceptLanguage, authorization: `Bearer ${token}` };
  }

  private scopesOf(query: string): readonly string[] {
    const known = this.scopes.get(query);
    if (known) return known;
    this.serviceScopes ??= new ServiceScopes(this.options.schema());
    const document = parse(query);
    const roots = document.definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION && definition.operation === 'subscription'
        ? definition.selectionSet.selections.flatMap((field) => (field.kind === Kind.FIELD ? [field.name.value] : []))
        : [],
    );
    const scopes = [...roots, ...this.serviceScopes.of(document)];
    this.scopes.set(query, scopes);
    return scopes;
  }
}

function isUnauthenticated(error: unknown): boolean {
  return error instanceof GraphQLError && error.extensions.code === 'UNAUTHENTICATED';
}
