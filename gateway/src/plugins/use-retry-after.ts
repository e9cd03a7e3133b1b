import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';

const HEADER = 'retry-after';

/**
 * Says in the header `Retry-After` (RFC 9110, 10.2.3) how many seconds to wait when a limit refused a part of the answer:
 * the longest time of all refusals, in a batch of all its answers. Over a WebSocket each error says it by itself.
 */
export const useRetryAfter: ApolloServerPlugin = {
  requestDidStart: async () => ({
    willSendResponse: async ({ response: { http, body } }) => {
      const errors = body.kind === 'single' ? body.singleResult.errors : body.initialResult.errors;
      const wait = longestWait(errors ?? []);
      // The answers of a batch share their headers.
      if (wait > Number(http.headers.get(HEADER) ?? 0)) http.headers.set(HEADER, String(wait));
    },
  }),
};

function longestWait(errors: readonly GraphQLFormattedError[]): number {
  const waits = errors.map(({ extensions }) => extensions?.retryAfter).filter((wait) => typeof wait === 'number');
  return Math.max(0, ...waits);
}
