import type { FastifyReply } from 'fastify';
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import type { OperationAnswer } from '../operations/operations.js';
import { sayWhatMayBeKept } from './cache-headers.js';
import { eventStream, wholeEventStream } from './event-stream.js';
import type { AnswerKind } from './media-types.js';

const JSON_TYPE = 'application/json; charset=utf-8';
const GRAPHQL_RESPONSE_TYPE = 'application/graphql-response+json; charset=utf-8';

/** Statuses that may be GraphQL's; others say something of the transport or the client, whatever it accepts. */
const OF_GRAPHQL = new Set([400, 500]);
/** The code of what is no GraphQL request at all. */
const MALFORMED = 'BAD_REQUEST';

/** Sends the answer of one operation. GraphQL over HTTP, sections 6.3 and 6.4. */
export function sendAnswer(reply: FastifyReply, { result, status }: OperationAnswer, kind: AnswerKind): FastifyReply {
  const isGraphQLResponse = kind === 'graphql-response';
  const isOfGraphQL = status === 200 || OF_GRAPHQL.has(status);
  const isWellFormed = !result.errors?.some(({ extensions }) => extensions?.['code'] === MALFORMED);
  sayWhenToRetry(reply, result.errors);
  sayWhatMayBeKept(reply, result);
  // Browsers tell a page nothing of a stream that was refused by a status; so GraphQL's own errors are events.
  if (kind === 'event-stream' && isOfGraphQL) {
    return reply.header('content-type', eventStream.contentType).send(wholeEventStream(result));
  }
  return reply
    .code(!isGraphQLResponse && isWellFormed && OF_GRAPHQL.has(status) ? 200 : status)
    .header('content-type', isGraphQLResponse ? GRAPHQL_RESPONSE_TYPE : JSON_TYPE)
    .send(JSON.stringify(result));
}

/** Sends the answers of a batch, which have one status and one set of headers. */
export function sendBatch(reply: FastifyReply, answers: readonly OperationAnswer[]): FastifyReply {
  const results: FormattedExecutionResult[] = answers.map(({ result }) => result);
  sayWhenToRetry(
    reply,
    results.flatMap(({ errors }) => errors ?? []),
  );
  return reply.code(200).header('content-type', JSON_TYPE).send(JSON.stringify(results));
}

/**
 * Says in the header `Retry-After` (RFC 9110, 10.2.3) how many seconds to wait when a limit refused a part of the answer:
 * the longest time of all refusals. Over a WebSocket each error says it by itself.
 */
function sayWhenToRetry(reply: FastifyReply, errors: readonly GraphQLFormattedError[] | undefined): void {
  if (!errors) return;
  const waits = errors.map(({ extensions }) => extensions?.['retryAfter']).filter((wait) => typeof wait === 'number');
  const wait = Math.max(0, ...waits);
  if (wait > 0) reply.header('retry-after', String(wait));
}
