import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import type { GatewayContext } from '../requests/gateway-context.js';

/** What a plan asks of one subgraph. */
export interface FetchRequest {
  query: string;
  variables: Record<string, unknown>;
  isMutation: boolean;
  context: GatewayContext;
}

/** What the subgraph said. Whoever asked may change the data and keep parts of it. */
export interface FetchAnswer {
  data: Record<string, unknown> | null;
  errors?: readonly (GraphQLError | GraphQLFormattedError)[] | undefined;
}

/** Where a plan fetches from. */
export interface FetchSource {
  /** @throws GraphQLError when there is no answer; it has no path yet */
  fetch(request: FetchRequest): Promise<FetchAnswer>;
}

/** By the subgraphs' names. */
export type FetchSources = Readonly<Record<string, FetchSource>>;
