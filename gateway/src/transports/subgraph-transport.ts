import type { RequestMetadata } from '@tutorgraph/kit/graphql/context';
import type { GraphRequest } from '@tutorgraph/kit/graphql/executor';
import type { ExecutionResult } from 'graphql';

/** The way to one subgraph, whether it runs in this process or elsewhere. */
export interface SubgraphTransport {
  /**
   * Runs a query or mutation. What the subgraph says is in the result.
   *
   * @throws SubgraphUnreachable when there is no answer
   */
  execute(request: GraphRequest, metadata: RequestMetadata): Promise<ExecutionResult>;
  /**
   * Starts a subscription; aborting the signal ends it at once, also while it waits. A result instead of an iterable
   * says why the subgraph refuses. The iterable throws a `GraphQLError` when the subgraph ends it with one, and
   * `SubgraphUnreachable` when the connection is lost.
   *
   * @throws SubgraphUnreachable when no replica can be reached
   */
  subscribe(
    request: GraphRequest,
    metadata: RequestMetadata,
    signal: AbortSignal,
  ): Promise<AsyncIterable<ExecutionResult> | ExecutionResult>;
  /** Can the subgraph be reached now? */
  isReachable(): Promise<boolean>;
  /** Ends what is open. */
  close(): Promise<void>;
}

/** No replica of a subgraph gave an answer. Its message is for the log: it names the subgraph. */
export class SubgraphUnreachable extends Error {
  override readonly name = 'SubgraphUnreachable';

  constructor(
    readonly subgraph: string,
    cause: unknown,
  ) {
    super(`The ${subgraph} subgraph cannot be reached; is it running, and is its address right?`, { cause });
  }
}
