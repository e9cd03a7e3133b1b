import { setImmediate as nextTurn } from 'node:timers/promises';
import { SupergraphRefused } from '../supergraph/supergraph-refused.js';
import type { HotOperation } from './hot-operations.js';
import type { RunningGraph } from './running-graph.js';

/** How a graph took the operations that are asked for most. */
export interface Warmed {
  /** Operations that are read, planned and prepared. */
  warm: number;
  /** Those that the graph does not let pass any more. */
  invalid: HotOperation[];
}

/**
 * Reads, plans and prepares operations in a graph that does not run yet, so that the first who ask need not wait. Other
 * work goes on between any two of them.
 *
 * @throws SupergraphRefused when one that the graph lets pass cannot be planned
 */
export async function warmGraph(graph: RunningGraph, operations: readonly HotOperation[]): Promise<Warmed> {
  const invalid: HotOperation[] = [];
  for (const operation of operations) {
    if (!warm(graph, operation)) invalid.push(operation);
    await nextTurn();
  }
  return { warm: operations.length - invalid.length, invalid };
}

/** @returns false when the operation is not valid in the graph */
function warm({ documents, executor, subscriptions }: RunningGraph, operation: HotOperation): boolean {
  const { operationName, definition } = operation;
  const read = documents.reread(operation.document);
  if (!('document' in read)) return false;
  const request = { ...read, operationName, variables: undefined };
  try {
    if (definition.operation === 'subscription') subscriptions.plan(request);
    else executor.prepare(request);
  } catch (cause) {
    const name = operationName ?? read.key;
    throw new SupergraphRefused('unplannable', `The operation ${name} cannot be planned in this supergraph`, cause);
  }
  return true;
}
