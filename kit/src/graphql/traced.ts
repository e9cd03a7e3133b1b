import { defaultFieldResolver, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { inSpan, type Tracing, traced } from '../telemetry/tracing.js';
import type { RequestMetadata } from './context.js';
import type { GraphRequest } from './executor.js';

type Execute = (request: GraphRequest, metadata: RequestMetadata, signal?: AbortSignal) => Promise<ExecutionResult>;

/** Runs each operation of a subgraph under a span below the caller's. Names of operations are told; variables are not. */
export function traceExecution(subgraph: string, tracing: Tracing, execute: Execute): Execute {
  return (request, metadata, signal) => {
    const attributes = { 'tutorgraph.subgraph': subgraph, 'graphql.operation.name': request.operationName };
    const span = tracing.start(`subgraph ${subgraph}`, metadata.traceparent, { kind: 'server', attributes });
    return inSpan(span, async () => {
      const result = await execute(request, metadata, signal);
      const [error] = result.errors ?? [];
      if (error) span.fail(String(error.extensions['code'] ?? 'GRAPHQL_ERROR'));
      return result;
    });
  };
}

/** Lets each root field of queries and mutations resolve under a span of its own, `_entities` among them. */
export function traceRootFields(schema: GraphQLSchema): void {
  for (const type of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      const { resolve = defaultFieldResolver } = field;
      const name = `${type?.name}.${field.name}`;
      field.resolve = (...parameters) => traced(name, {}, async () => resolve(...parameters));
    }
  }
}
