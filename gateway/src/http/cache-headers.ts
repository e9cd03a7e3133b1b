import type { FastifyReply } from 'fastify';
import type { FormattedExecutionResult } from 'graphql';

/** What an answer depends on besides its address. */
const ASKED_WITH = 'accept, accept-language, authorization';

/** Says that an answer depends on a header of the request, beside others that were named before. */
export function varyBy(reply: FastifyReply, header: string): FastifyReply {
  const others = reply.getHeader('vary');
  return reply.header('vary', others ? `${String(others)}, ${header}` : header);
}

/**
 * Lets caches between us and clients keep what was asked by GET apart for each who asks, and no errors: a document that is
 * not known now may be known the next time.
 */
export function sayWhatMayBeKept(reply: FastifyReply, { errors }: FormattedExecutionResult): void {
  if (reply.request.method !== 'GET') return;
  varyBy(reply, ASKED_WITH);
  if (errors) reply.header('cache-control', 'no-store');
}
