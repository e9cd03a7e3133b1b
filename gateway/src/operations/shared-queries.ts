import type { ExecutionResult } from 'graphql';
import type { IncrementalResult } from '../execution/incremental-result.js';
import type { RunningGraph } from '../graph/running-graph.js';
import { createGatewayContext, type GatewayContext } from '../requests/gateway-context.js';
import type { ReadOperation } from './read-operation.js';

type Executed = ExecutionResult | IncrementalResult;

interface InFlight {
  deadline: number;
  result: Promise<Executed>;
}

/** Who waits that much longer than another does not take its answer, which may come to nothing before. */
const SAME_PATIENCE_MS = 1_000;

/**
 * Runs a query once for all who ask the same at the same time, with the same variables, token and language: who they are and
 * what they may see is the same then, or nobody has signed in. Subgraphs see the address and the request id of the first.
 * It goes on when that one leaves. An answer with errors is nobody else's: a limit of one network may be in it.
 */
export class SharedQueries {
  private readonly inFlight = new WeakMap<RunningGraph, Map<string, InFlight>>();

  /** Runs an operation, or waits for the same one. */
  async execute(operation: ReadOperation, context: GatewayContext): Promise<Executed> {
    const { graph, definition } = operation;
    if (definition.operation !== 'query' || context.acceptsIncremental) {
      return graph.executor.execute(operation, context);
    }
    const key = keyOf(operation, context);
    const same = this.inFlight.get(graph)?.get(key);
    if (!same) return this.begin(key, operation, context);
    const patience = context.deadline - same.deadline;
    if (patience < 0 || patience > SAME_PATIENCE_MS) return graph.executor.execute(operation, context);
    const result = await same.result;
    return 'errors' in result ? graph.executor.execute(operation, context) : result;
  }

  private begin(key: string, operation: ReadOperation, context: GatewayContext): Promise<Executed> {
    const { graph } = operation;
    const { metadata, deadline } = context;
    const queries = this.inFlight.get(graph) ?? new Map<string, InFlight>();
    this.inFlight.set(graph, queries);
    const ofAll = createGatewayContext(metadata, { ...context, signal: undefined });
    const result = graph.executor.execute(operation, ofAll).finally(() => queries.delete(key));
    queries.set(key, { deadline, result });
    return result;
  }
}

function keyOf({ key, operationName, variables }: ReadOperation, { metadata }: GatewayContext): string {
  return JSON.stringify([key, operationName, variables, metadata.authorization, metadata.acceptLanguage]);
}
