import type { Subgraph } from '@tutorgraph/kit/graphql/subgraph';
import type { ExecutionResult } from 'graphql';
import type { FetchTerms } from './fetch-terms.js';
import { type SubgraphTransport, SubgraphUnreachable } from './subgraph-transport.js';

/** What the gateway needs of a subgraph that runs in its own process. */
export type CallableSubgraph = Pick<Subgraph, 'execute' | 'subscribe'>;

/**
 * Calls a subgraph of this process: no network, no copy, no parsing.
 *
 * @param name what the log calls it
 */
export function inProcessTransport(subgraph: CallableSubgraph, name = 'in-process'): SubgraphTransport {
  return {
    execute: (request, metadata, terms) => {
      const unanswered = (reason: 'overdue' | 'abandoned') => new SubgraphUnreachable(name, undefined, reason);
      return whileAwaited(terms, (signal) => subgraph.execute(request, metadata, signal), unanswered);
    },
    subscribe: (request, metadata, signal) => subgraph.subscribe(request, metadata, signal),
    isReachable: async () => true,
    close: async () => {},
  };
}

/** Waits for an answer as long as its terms say, and tells who works on it when nobody waits any longer. */
async function whileAwaited(
  { deadline, signal }: FetchTerms,
  work: (signal: AbortSignal) => Promise<ExecutionResult>,
  unanswered: (reason: 'overdue' | 'abandoned') => SubgraphUnreachable,
): Promise<ExecutionResult> {
  const patienceMs = deadline - performance.now();
  if (signal?.aborted) throw unanswered('abandoned');
  if (patienceMs <= 0) throw unanswered('overdue');
  const over = new AbortController();
  return new Promise((resolve, reject) => {
    const giveUp = (reason: 'overdue' | 'abandoned'): void => {
      over.abort();
      reject(unanswered(reason));
    };
    const abandon = (): void => giveUp('abandoned');
    const timer = Number.isFinite(patienceMs) ? setTimeout(giveUp, patienceMs, 'overdue') : undefined;
    signal?.addEventListener('abort', abandon, { once: true });
    work(over.signal)
      .then(resolve, reject)
      .finally(() => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abandon);
      });
  });
}
