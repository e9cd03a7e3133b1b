import type { GraphQLFormattedError } from 'graphql';
import type { StreamFormat } from './stream-format.js';

const JSON_PART = '\r\ncontent-type: application/json; charset=utf-8\r\n\r\n';
/** Behind a delimiter, ends the body (RFC 2046, section 5.1.1). */
const LAST = '--\r\n';
const BEFORE_PAYLOAD = Buffer.from(`${JSON_PART}{"payload":`);
const AFTER_PAYLOAD = Buffer.from('}\r\n--graphql');

/**
 * Apollo's protocol for subscriptions over HTTP:
 * https://www.apollographql.com/docs/graphos/routing/operations/subscriptions/multipart-protocol. Errors beside a payload
 * of null are of the transport and end it; those within a payload are of one event.
 */
export const multipartSubscription: StreamFormat = {
  opening: '\r\n--graphql',
  completion: LAST,
  contentType: 'multipart/mixed; boundary="graphql"; subscriptionSpec=1.0',
  heartbeat: partOf('graphql', '{}'),
  heartbeatEveryMs: 5_000,
  result: (json) => Buffer.concat([BEFORE_PAYLOAD, json, AFTER_PAYLOAD]),
  failure: transportErrors,
  farewell: ({ comeBackAfterMs, cursor, requestId }) => {
    const retryAfter = Math.ceil(comeBackAfterMs / 1_000);
    const extensions = { code: 'SERVICE_UNAVAILABLE', cursor, retryAfter, requestId };
    return transportErrors([{ message: 'The gateway is closing; subscribe again with the last cursor', extensions }]);
  },
};

/**
 * Apollo's format of answers whose parts come later (`@defer`):
 * https://www.apollographql.com/docs/graphos/routing/operations/defer. It knows no heartbeat.
 */
export const multipartDefer: StreamFormat = {
  opening: '\r\n---',
  completion: LAST,
  contentType: 'multipart/mixed; boundary="-"; deferSpec=20220824',
  heartbeat: '',
  heartbeatEveryMs: 5_000,
  result: (json) => Buffer.from(partOf('-', json.toString())),
  failure: (errors) => partOf('-', JSON.stringify({ errors, hasNext: false })) + LAST,
  farewell: () => LAST,
};

/** Clients take a part when they see the delimiter behind it; so it is sent with the part, and not with the next one. */
function partOf(boundary: string, json: string): string {
  return `${JSON_PART}${json}\r\n--${boundary}`;
}

function transportErrors(errors: readonly GraphQLFormattedError[]): string {
  return partOf('graphql', JSON.stringify({ payload: null, errors })) + LAST;
}
