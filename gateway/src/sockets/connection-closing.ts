import { GraphQLError } from 'graphql';
import { TooManyConnections } from '../connections/connection-limits.js';
import { comeBackAfterMs } from '../connections/drain.js';

/** Why a WebSocket is closed. */
export interface Closing {
  code: number;
  reason: string;
}

const GOING_AWAY = 1001;
const TRY_AGAIN_LATER = 1013;
const FORBIDDEN = 4403;
const TOO_MANY = 4429;

/** The gateway stops: its client should connect again, elsewhere. */
export function goingAway(retryAfterMs: number): Closing {
  return { code: GOING_AWAY, reason: `Going away; retry-after-ms=${retryAfterMs}` };
}

/** A connection may not begin. graphql-ws tries again after 1013 and not after 4403 and 4429. */
export function refusalOf(error: unknown): Closing {
  if (error instanceof TooManyConnections) {
    if (error.limit !== 'connections') return { code: TOO_MANY, reason: error.message };
    return { code: TRY_AGAIN_LATER, reason: `Too many connections; retry-after-ms=${comeBackAfterMs()}` };
  }
  const reason = error instanceof GraphQLError ? error.message : 'The access token could not be checked';
  return { code: FORBIDDEN, reason };
}
