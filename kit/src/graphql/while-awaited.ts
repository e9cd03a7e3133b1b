import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readTimeoutMs, TIMEOUT_HEADER } from './request-timeout.js';

/**
 * A signal that aborts when the connection closes before the whole answer was sent. Fastify's `request.signal` aborts as
 * soon as the request's body was read: Node calls a request closed then.
 */
export function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}

/**
 * Does a request's work under a signal that aborts when the caller goes away, or when the time is over that it said it
 * would wait.
 */
export async function whileAwaited<Result>(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const gone = goneSignal(reply.raw);
  const timeoutMs = readTimeoutMs(headers[TIMEOUT_HEADER]);
  if (timeoutMs === undefined) return work(gone);
  const over = new AbortController();
  const end = (): void => over.abort();
  const timer = setTimeout(end, timeoutMs);
  gone.addEventListener('abort', end, { once: true });
  try {
    return await work(over.signal);
  } finally {
    clearTimeout(timer);
    gone.removeEventListener('abort', end);
  }
}
