import type { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { BoundedNames, OTHER } from '../insight/bounded-names.js';

/** Told of WebSocket connections that open and close. */
export interface SocketWatch {
  opened(): void;
  /** @param reason what the gateway said when it was the one who closed; a client's own words are not taken */
  closed(code: number, reason: string | undefined): void;
}

/** What codes mean, of WebSocket itself and of graphql-transport-ws. */
const MEANINGS: Readonly<Record<number, string>> = {
  1000: 'normal',
  1001: 'going away',
  1005: 'no code',
  1006: 'lost',
  1009: 'message too large',
  1013: 'try again later',
  4400: 'bad request',
  4401: 'not initialised',
  4403: 'forbidden',
  4406: 'subprotocol not acceptable',
  4408: 'initialisation timeout',
  4409: 'id already used',
  4429: 'too many',
  4500: 'internal error',
};
/** Their reason is one of a few sentences of ours: the token has expired, too many connections are open … */
const EXPLAINED: ReadonlySet<number> = new Set([4403, 4429]);
const MOST_REASONS = 30;

/** Shows open connections, `gateway_sockets`, and counts those that close, `gateway_socket_closes_total{code, reason}`. */
export function useSocketMetrics(metrics: Metrics): SocketWatch {
  const open = metrics.gauge({ name: 'gateway_sockets', help: 'WebSocket connections of clients that are open' });
  const closes = metrics.counter({
    name: 'gateway_socket_closes_total',
    help: 'WebSocket connections of clients that were closed, by whomever',
    labelNames: ['code', 'reason'],
  });
  const reasons = new BoundedNames(MOST_REASONS);
  return {
    opened: () => open.inc(),
    closed(code, reason) {
      open.dec();
      const meaning = MEANINGS[code];
      // Clients may choose any code and reason.
      if (meaning === undefined) closes.inc({ code: OTHER, reason: OTHER });
      else closes.inc({ code, reason: EXPLAINED.has(code) && reason ? reasons.of(reason) : meaning });
    },
  };
}
