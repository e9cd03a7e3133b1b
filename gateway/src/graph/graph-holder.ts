import type { RunningGraph } from './running-graph.js';

/** Holds the graph that operations are read against and run on. An operation stays with the graph that it began on. */
export class GraphHolder {
  constructor(private graph: RunningGraph) {}

  /** What a new operation begins on. */
  get current(): RunningGraph {
    return this.graph;
  }

  /** From now on operations begin on another graph. */
  replace(graph: RunningGraph): void {
    this.graph = graph;
  }
}
