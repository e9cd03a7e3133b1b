import { GraphQLError } from 'graphql';
import type { NoAnswer, SubgraphUnreachable } from '../transports/subgraph-transport.js';

const UNAVAILABLE = {
  code: 'SERVICE_UNAVAILABLE',
  message: 'A part of the graph cannot be reached right now; try again shortly',
};
const TIMEOUT = { code: 'SERVICE_TIMEOUT', message: 'A part of the graph did not answer in time; try again shortly' };
const BUSY = { code: 'SERVICE_UNAVAILABLE', message: 'A part of the graph is asked too much; try again shortly' };

/** What clients are told of each reason. */
const TOLD: Readonly<Record<NoAnswer, { code: string; message: string }>> = {
  unreachable: UNAVAILABLE,
  resting: UNAVAILABLE,
  abandoned: UNAVAILABLE,
  late: TIMEOUT,
  overdue: TIMEOUT,
  busy: BUSY,
};
const RETRY_AFTER_SECONDS = 1;

/**
 * A missing answer as the client sees it, at each path that waited for it: `extensions.code`, and in `extensions.service`
 * which part of the graph it is, so that a client can say what is missing. Of a mutation whose answer is missing nobody
 * knows whether it happened, and its message says so; what was not sent can be tried again after `retryAfter` seconds.
 */
export function presentUnanswered(
  error: SubgraphUnreachable,
  { service, isMutation }: { service: string; isMutation: boolean },
): GraphQLError {
  const { reason } = error;
  const { code, message } = TOLD[reason];
  const wasRefused = reason === 'busy' || reason === 'resting';
  return new GraphQLError(isMutation && !wasRefused ? `${message}, but look first whether it was done` : message, {
    originalError: error,
    extensions: { code, service, ...(wasRefused && { retryAfter: RETRY_AFTER_SECONDS }) },
  });
}
