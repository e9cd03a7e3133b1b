import type { GraphQLFormattedError } from 'graphql';
import type { StreamFormat } from './stream-format.js';

const CONTENT_TYPE = 'text/event-stream; charset=utf-8';
const NEXT = 'event: next\ndata: ';
/** The empty `data` is needed: browsers do not tell of an event without. */
const COMPLETE = 'event: complete\ndata:\n\n';
const COMMENT = ':\n\n';
const END = Buffer.from('\n\n');
/** A line break within would begin another field. */
const ONE_LINE = /^[^\r\n\0]*$/;

/**
 * GraphQL over Server-Sent Events, with one operation a connection:
 * https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md#distinct-connections-mode. An event's id is the
 * position of its result, which browsers send back in `Last-Event-ID`.
 */
export const eventStream: StreamFormat = {
  contentType: CONTENT_TYPE,
  // Some browsers tell of the opened stream with its first bytes only.
  opening: COMMENT,
  heartbeat: COMMENT,
  heartbeatEveryMs: 12_000,
  completion: COMPLETE,
  result(json, cursor) {
    const id = cursor !== undefined && ONE_LINE.test(cursor) ? `id: ${cursor}\n` : '';
    return Buffer.concat([Buffer.from(id + NEXT), json, END]);
  },
  failure: (errors) => `${NEXT}${JSON.stringify({ errors })}\n\n${COMPLETE}`,
  // It breaks off: whoever is told that it is complete does not come back.
  farewell: ({ comeBackAfterMs }) => `retry: ${comeBackAfterMs}\n\n`,
};

/** A whole answer that is known already, as an event stream. */
export function wholeEventStream(result: { errors?: readonly GraphQLFormattedError[] }): string {
  return `${NEXT}${JSON.stringify(result)}\n\n${COMPLETE}`;
}
