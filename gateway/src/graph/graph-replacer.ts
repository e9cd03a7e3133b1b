import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import { buildGraph, type GraphParts, type GraphSurroundings } from './build-graph.js';
import type { GraphHolder } from './graph-holder.js';
import type { HotOperations } from './hot-operations.js';
import { warmGraph } from './warm-graph.js';

/** So many operations are planned before a graph takes over. */
const MOST_WARMED = 200;

/** Puts another graph in the place of the one that runs. */
export class GraphReplacer {
  constructor(
    private readonly graphs: GraphHolder,
    private readonly surroundings: GraphSurroundings,
    private readonly hot: HotOperations,
  ) {}

  /**
   * Builds a graph, plans in it what is asked for most, then switches: operations that have begun finish on the former
   * graph, and live subscriptions go on in the new one. Nothing has changed when it throws.
   *
   * @throws when a subgraph has no way to it, or an operation that clients ask for cannot be planned
   */
  async replace(parts: GraphParts): Promise<void> {
    const { live, logger } = this.surroundings;
    const graph = buildGraph(parts, this.surroundings);
    const { warm, invalid } = await warmGraph(graph, this.hot.hottest(MOST_WARMED));
    this.graphs.replace(graph);
    if (invalid.length > 0) warnOfInvalid(invalid, logger);
    await live.moveTo(graph);
    logger.info({ warm, subscriptions: live.size }, 'Another supergraph has taken over');
  }
}

function warnOfInvalid(invalid: readonly { key: string; operationName: string | undefined }[], logger: Logger): void {
  const operations = invalid.slice(0, 20).map(({ key, operationName }) => ({ operationName, hash: key }));
  const message = 'Operations that clients ask for are not valid in the new supergraph; they are refused from now on';
  logger.warn({ operations, count: invalid.length }, message);
}
