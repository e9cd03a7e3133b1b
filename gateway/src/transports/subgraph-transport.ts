import type { RequestMetadata } from '@tutorgraph/kit/graphql/context';
import type { GraphRequest } from '@tutorgraph/kit/graphql/executor';
import type { ExecutionResult } from 'graphql';
import type { FetchTerms } from './fetch-terms.js';

/** The way to one subgraph, whether it runs in this process or elsewhere. */
export interface SubgraphTransport {
  /**
   * Runs a query or mutation. What the subgraph says is in the result.
   *
   * @throws SubgraphUnreachable when there is no answer on these terms
   */
  execute(request: GraphRequest, metadata: RequestMetadata, terms: FetchTerms): Promise<ExecutionResult>;
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

/**
 * Why there is no answer:
 * - `unreachable`: no replica gave one;
 * - `late`: it did not come within the time that every fetch has;
 * - `overdue`: the time of the request was over before it came;
 * - `resting`: so many fetches failed lately that none is sent;
 * - `busy`: more wait for the subgraph already than may;
 * - `abandoned`: nobody waits for it any longer.
 */
export type NoAnswer = 'unreachable' | 'late' | 'overdue' | 'resting' | 'busy' | 'abandoned';

const EXPLANATIONS: Readonly<Record<NoAnswer, string>> = {
  unreachable: 'cannot be reached; is it running, and is its address right?',
  late: 'did not answer in time; is it overloaded, or does something that it needs hang?',
  overdue: 'had not answered when the time of the request was over',
  resting: 'failed too often a moment ago and is left alone; it is tried again by itself',
  busy: 'is asked too much at a time; give it replicas, or raise MAX_SUBGRAPH_FETCHES',
  abandoned: 'was asked for a client that went away',
};

/** A subgraph gave no answer. Its message is for the log: it names the subgraph. */
export class SubgraphUnreachable extends Error {
  override readonly name = 'SubgraphUnreachable';

  constructor(
    readonly subgraph: string,
    cause: unknown,
    readonly reason: NoAnswer = 'unreachable',
  ) {
    super(`The ${subgraph} subgraph ${EXPLANATIONS[reason]}`, { cause });
  }
}
