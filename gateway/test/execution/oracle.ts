import { buildOperationContext, executeQueryPlan, type ServiceMap } from '@apollo/gateway';
import { parse } from 'graphql';
import { expect } from 'vitest';
import { GraphExecutor } from '../../src/execution/graph-executor.js';
import type { Supergraph } from '../../src/supergraph/supergraph.js';
import type { RandomGraph } from './random-graph.js';
import type { RandomQuery } from './random-query.js';
import { isPlace, operationOf, type Shown, shown, sourcesOf, testContext } from './run-graph.js';

/** As we run it. */
export async function byOurs(
  subgraphs: RandomGraph['subgraphs'],
  supergraph: Supergraph,
  asked: RandomQuery,
): Promise<Shown> {
  const executor = new GraphExecutor(supergraph, sourcesOf(subgraphs));
  const result = await executor.execute(operationOf(asked), testContext());
  if ('initial' in result) throw new Error('Nothing was asked for later');
  return shown(result);
}

/** As `@apollo/gateway` runs the same plan. */
export async function byOracle(
  subgraphs: RandomGraph['subgraphs'],
  supergraph: Supergraph,
  { query, variables }: RandomQuery,
): Promise<Shown> {
  const document = parse(query);
  const sources = Object.fromEntries(
    [...subgraphs].map(([name, answer]) => [
      name,
      {
        process: ({ request }: { request: { query: string; variables: object } }) =>
          answer(request.query, { ...request.variables }),
      },
    ]),
  ) as unknown as ServiceMap;
  const context = buildOperationContext({ schema: supergraph.schema, operationDocument: document });
  const request = { request: { variables }, context: {}, logger: console, metrics: {} };
  const result = await executeQueryPlan(
    supergraph.plan(document, undefined, query),
    sources,
    request as never,
    context,
    supergraph.joinedSchema,
    supergraph.apiSchema,
  );
  return shown(result);
}

const messagesOf = ({ errors }: Shown) => errors.map(({ message }) => message).toSorted();

/** Ours may tell of values that the oracle lets pass; all else is the same. */
export function expectSame(ours: Shown, oracle: Shown, told: string): void {
  expect(ours.data, told).toEqual(oracle.data);
  const refused = {
    ...ours,
    errors: ours.errors.filter(({ extensions }) => extensions?.['code'] !== 'INCOMPLETE_RESULT'),
  };
  expect(messagesOf(refused), told).toEqual(messagesOf(oracle));
  for (const error of ours.errors) {
    expect(isPlace(ours.data, error.path), `${told}\n${JSON.stringify(error)}`).toBe(true);
  }
}
