/** On what terms an answer is waited for. */
export interface FetchTerms {
  /** It is sent to one subgraph once, and carried out whoever waits. */
  readonly isMutation: boolean;
  /** When the answer is of no use any more, on the clock of `performance.now()`; `Infinity` leaves it to the transport. */
  readonly deadline: number;
  /** Aborted when nobody waits any longer. */
  readonly signal?: AbortSignal | undefined;
}
