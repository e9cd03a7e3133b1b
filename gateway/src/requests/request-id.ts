import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Long enough to tell requests apart, short and plain enough to put into logs and headers. */
const SANE_ID = /^[\w.:-]{8,128}$/;

/** The client's `x-request-id` when it is a sane one, else a new id. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && SANE_ID.test(given) ? given : randomUUID();
}
