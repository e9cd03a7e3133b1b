import { type ExecutionResult, type GraphQLFormattedError, parse } from 'graphql';
import type { FetchSources } from '../../src/execution/fetch-source.js';
import type { GraphOperation } from '../../src/execution/graph-executor.js';
import { createGatewayContext, type GatewayContext } from '../../src/requests/gateway-context.js';
import type { RandomGraph } from './random-graph.js';
import type { RandomQuery } from './random-query.js';

/** What a client is shown, as JSON. */
export interface Shown {
  data: unknown;
  errors: GraphQLFormattedError[];
}

/** A result as it is on the wire. */
export function shown({ data, errors = [] }: ExecutionResult): Shown {
  return JSON.parse(JSON.stringify({ data: data ?? null, errors: errors.map((error) => error.toJSON()) }));
}

/** Fetches from subgraphs that were made up. @param delay awaited before each answer */
export function sourcesOf(subgraphs: RandomGraph['subgraphs'], delay?: () => Promise<void>): FetchSources {
  return Object.fromEntries(
    [...subgraphs].map(([name, answer]) => [
      name,
      {
        fetch: async (request: { query: string; variables: object }) => {
          await delay?.();
          return answer(request.query, { ...request.variables });
        },
      },
    ]),
  ) as unknown as FetchSources;
}

/** A query as the executor takes it. */
export function operationOf({ query, variables }: RandomQuery): GraphOperation {
  return { document: parse(query), key: query, operationName: undefined, variables };
}

/** An operation of nobody. */
export function testContext(options: Partial<Pick<GatewayContext, 'acceptsIncremental'>> = {}): GatewayContext {
  return createGatewayContext({ requestId: 'test' }, { viewer: undefined, transport: 'http', ...options });
}

/** Is a path one of the result, as far as that is there? */
export function isPlace(data: unknown, path: readonly (string | number)[] = []): boolean {
  let value = data;
  for (const element of path) {
    if (value === null) return true;
    value = (value as Record<string | number, unknown>)[element];
    if (value === undefined) return false;
  }
  return true;
}

/** Is something null on the way of a path, so that the path's end is not there? */
export function isNullAbove(data: unknown, path: readonly (string | number)[]): boolean {
  return path.some((_, length) => valueAt(data, path.slice(0, length)) === null);
}

/** What is found along a path, as far as it leads. */
export function valueAt(data: unknown, path: readonly (string | number)[]): unknown {
  let value = data;
  for (const element of path) {
    if (typeof value !== 'object' || value === null) return value;
    value = (value as Record<string | number, unknown>)[element];
  }
  return value;
}
