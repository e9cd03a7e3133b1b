import { readFile } from 'node:fs/promises';
import { buildOperationContext, executeQueryPlan, type ServiceMap } from '@apollo/gateway';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { Compare } from '@tutorgraph/kit/bench/compare';
import { shareOfPeer } from '@tutorgraph/kit/bench/goal';
import { repeat } from '@tutorgraph/kit/bench/load';
import { type ExecutionResult, execute, parse } from 'graphql';
import type { FetchSources } from '#execution/fetch-source';
import { GraphExecutor } from '#execution/graph-executor';
import { createGatewayContext } from '#requests/gateway-context';
import { Supergraph } from '#supergraph/supergraph';
import { madeUpField } from './gateways/made-up-values.ts';
import { type BenchQuery, benchQueries } from './gateways/queries.ts';

const SCHEMA = new URL('../../schema/', import.meta.url);

type Answer = (query: string, variables: Record<string, unknown>) => Promise<ExecutionResult>;

/** Plans run by our executor and by the stock one, in this process, with the same answers, which are parsed each time. */
export async function bench(compare: Compare): Promise<void> {
  const supergraph = new Supergraph(await readFile(new URL('supergraph.graphql', SCHEMA), 'utf8'));
  const answers = await Promise.all(
    supergraph.subgraphs.map(async ({ name }) => [name, await answering(name)] as const),
  );
  for (const query of benchQueries) {
    const [own, peer] = [ourExecutor(supergraph, answers, query), stockExecutor(supergraph, answers, query)];
    const bytes = (await own()).length;
    await compare({
      name: `${query.name}, ${Math.ceil(bytes / 1024)} KB`,
      load: repeat(own),
      peer: { name: "the stock gateway's executor with the same plan and answers", load: repeat(peer) },
      goal: shareOfPeer(3),
    });
  }
}

function ourExecutor(
  supergraph: Supergraph,
  answers: readonly (readonly [string, Answer])[],
  { query, variables }: BenchQuery,
): () => Promise<string> {
  const sources: FetchSources = Object.fromEntries(
    answers.map(([name, answer]) => [
      name,
      {
        fetch: async (asked) => {
          const { data, errors } = await answer(asked.query, asked.variables);
          return { data: data ?? null, errors };
        },
      },
    ]),
  );
  const executor = new GraphExecutor(supergraph, sources);
  const operation = { document: parse(query), key: query, operationName: undefined, variables };
  return async () => {
    const context = createGatewayContext({ requestId: 'bench' }, { viewer: undefined, transport: 'http' });
    return JSON.stringify(await executor.execute(operation, context));
  };
}

function stockExecutor(
  supergraph: Supergraph,
  answers: readonly (readonly [string, Answer])[],
  { query, variables }: BenchQuery,
): () => Promise<string> {
  const services = Object.fromEntries(
    answers.map(([name, answer]) => [
      name,
      {
        process: ({ request }: { request: { query: string; variables: Record<string, unknown> } }) =>
          answer(request.query, request.variables),
      },
    ]),
  ) as unknown as ServiceMap;
  const document = parse(query);
  const plan = supergraph.plan(document, undefined, query);
  const operation = buildOperationContext({ schema: supergraph.schema, operationDocument: document });
  return async () => {
    const request = { request: { variables }, context: {}, logger: console, metrics: {} } as never;
    const { joinedSchema, apiSchema } = supergraph;
    return JSON.stringify(await executeQueryPlan(plan, services, request, operation, joinedSchema, apiSchema));
  };
}

/** A subgraph whose answers are made up once. */
async function answering(name: string): Promise<Answer> {
  const typeDefs = parse(await readFile(new URL(`${name}.graphql`, SCHEMA), 'utf8'));
  const schema = buildSubgraphSchema([{ typeDefs }]);
  const known = new Map<string, string>();
  return async (query, variables) => {
    const key = `${query} ${JSON.stringify(variables)}`;
    let answer = known.get(key);
    if (answer === undefined) {
      const document = parse(query);
      answer = JSON.stringify(
        await execute({ schema, document, variableValues: variables, fieldResolver: madeUpField }),
      );
      known.set(key, answer);
    }
    return JSON.parse(answer);
  };
}
