/**
 * What became of a fetch that failed:
 * - `retried`: it was sent again, out of the retry budget;
 * - `moved`: nothing of it had left this process, and another replica got it;
 * - `refused`: it might have been sent again, but the budget was spent.
 */
type Retry = 'retried' | 'moved' | 'refused';

/** Watches how fetches from one subgraph that fail are dealt with. */
export interface FetchWatch {
  retry(subgraph: string, kind: Retry): void;
  /** From now on the subgraph is left alone for a while. */
  rests(subgraph: string): void;
}

/** How a subgraph does, as far as its fetches tell. */
export interface SubgraphHealth {
  subgraph: string;
  /** So many fetches failed that none is sent, or one at most to see how it is. */
  isResting: boolean;
  /** Each with its host and port. */
  replicas: readonly { host: string; isResting: boolean }[];
}
