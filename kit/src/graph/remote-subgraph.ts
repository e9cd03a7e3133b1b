import type { ExecutionResult } from 'graphql';
import { serviceUnavailable } from '../graphql/errors.js';
import type { SubgraphCall } from './graph-client.js';

const ANSWER_WITHIN_MS = 5_000;

/**
 * Calls a subgraph over HTTP, for queries only: with several replicas the next one is asked when one does not answer.
 *
 * @param urls a comma-separated list of `/graphql` addresses
 * @throws SERVICE_UNAVAILABLE when no replica answers
 */
export function remoteSubgraph(urls: string): SubgraphCall {
  const replicas = urls.split(',').map((url) => url.trim());
  return async (request, metadata) => {
    let failure: unknown;
    for (const url of replicas) {
      try {
        const response = await fetch(url, {
          method: 'POST',
          signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
          headers: {
            'content-type': 'application/json',
            'x-request-id': metadata.requestId,
            ...(metadata.authorization && { authorization: metadata.authorization }),
          },
          body: JSON.stringify(request),
        });
        // A replica that is closing, or a proxy before one that is gone, answers too, but not the question.
        if (response.status >= 500) throw new Error(`${url} answered with status ${response.status}`);
        return (await response.json()) as ExecutionResult;
      } catch (error) {
        failure = error;
      }
    }
    throw serviceUnavailable('No replica of the subgraph answered', failure);
  };
}
