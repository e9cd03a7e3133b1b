import { readTimeoutMs, TIMEOUT_HEADER } from '@tutorgraph/kit/graphql/request-timeout';
import { goneSignal } from '@tutorgraph/kit/graphql/while-awaited';
import { inRequestScope } from '@tutorgraph/kit/telemetry/request-scope';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { OperationRefused } from '../operations/operation-refused.js';
import type { OperationRequest } from '../operations/operation-request.js';
import { HOW_TO_SUBSCRIBE } from '../operations/operations.js';
import type { ReadOperation } from '../operations/read-operation.js';
import { type Identity, identify, type VerifyToken } from '../requests/authentication.js';
import { createGatewayContext, type GatewayContext, type Transport } from '../requests/gateway-context.js';
import type { Limits } from '../settings.js';
import { type AnswerKinds, answerKinds } from './answer-kinds.js';
import { sendAnswer, sendBatch } from './answer-writer.js';
import { eventStream } from './event-stream.js';
import { refuseForgery } from './forgery.js';
import { LiveAnswer } from './live-answer.js';
import { acceptedAnswers } from './media-types.js';
import { multipartDefer } from './multipart.js';
import { readParameters, readSearch } from './read-request.js';
import { sendIncremental } from './send-incremental.js';
import { type SubscriptionStreams, streamSubscription } from './stream-subscription.js';

/** Where GraphQL is served, over HTTP and WebSocket. */
export const ENDPOINT = '/graphql';

/** What serves GraphQL over HTTP. */
export interface GraphQLHttpOptions extends SubscriptionStreams {
  /** Proves access tokens; without it they are passed on to the subgraphs unread. */
  verify: VerifyToken | undefined;
  limits: Pick<Limits, 'batch' | 'requestTimeoutMs' | 'responseBytes'>;
}

/**
 * Serves GraphQL over HTTP (https://graphql.github.io/graphql-over-http/draft/): GET for queries and subscriptions, POST
 * with JSON, batches up to a limit; subscriptions and deferred results as answers that go on.
 */
export function useGraphQLHttp(app: FastifyInstance, options: GraphQLHttpOptions): void {
  const handler = (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    inRequestScope({ requestId: request.id }, () => handle(request, reply, options));
  app.register(async (endpoint) => {
    // Text that is parsed as it comes needs no preflight: only JSON is read.
    endpoint.removeContentTypeParser('text/plain');
    endpoint.route({ method: ['GET', 'POST'], url: ENDPOINT, handler });
  });
}

async function handle(
  request: FastifyRequest,
  reply: FastifyReply,
  options: GraphQLHttpOptions,
): Promise<FastifyReply> {
  const { operations, verify, limits } = options;
  const time = { deadline: deadlineOf(request, limits), signal: goneSignal(reply.raw) };
  const identity = await identify(request.headers.authorization, verify);
  const kinds = chooseKinds(request.headers.accept);
  const call: Call = { request, reply, identity, kinds, time };
  if (request.method === 'GET') {
    refuseForgery(request.headers);
    return answer(call, readSearch(request.url), options);
  }
  const { body } = request;
  if (!Array.isArray(body)) return answer(call, readParameters(body), options);
  refuseLargeBatch(body, limits);
  const answers = body.map(readParameters).map((one) => operations.answer(one, contextOf(call, false)));
  return sendBatch(reply, await Promise.all(answers));
}

/** One HTTP request. */
interface Call {
  request: FastifyRequest;
  reply: FastifyReply;
  identity: Identity;
  kinds: AnswerKinds;
  /** How long the client waits. */
  time: Pick<GatewayContext, 'deadline' | 'signal'>;
}

async function answer(call: Call, parameters: OperationRequest, options: GraphQLHttpOptions): Promise<FastifyReply> {
  const { request, reply, identity, kinds } = call;
  const { operations, answers } = options;
  const context = contextOf(call, kinds.incremental !== undefined);
  const begun = await operations.begin(parameters, context, (operation) => mayRun(operation, call));
  if ('result' in begun) return sendAnswer(reply, begun, kinds.whole);
  const { operation, ended } = begun;
  if (operation.definition.operation === 'subscription') {
    const live = new LiveAnswer(reply, kinds.subscription ?? eventStream);
    try {
      streamSubscription({ ...begun, identity, lastCursor: lastEventId(request) }, live, options);
    } catch (error) {
      sendAnswer(reply, operations.refuse(error, operation, { context, ended }), kinds.whole);
    }
    return reply;
  }
  const { subsequent, ...whole } = await operations.run(operation, context, ended);
  if (!subsequent) return sendAnswer(reply, whole, kinds.whole);
  const live = new LiveAnswer(reply, kinds.incremental ?? multipartDefer, { endsByItself: true });
  const { responseBytes: mostBytes } = options.limits;
  sendIncremental({ result: whole.result, subsequent, requestId: request.id, mostBytes }, live, answers);
  return reply;
}

function contextOf({ request, identity, kinds, time }: Call, acceptsIncremental: boolean): GatewayContext {
  const { id, headers, ip } = request;
  const metadata = {
    requestId: id,
    authorization: headers.authorization,
    acceptLanguage: headers['accept-language'],
    userAgent: headers['user-agent'],
    clientAddress: ip,
    traceparent: firstOf(headers['traceparent']),
  };
  return createGatewayContext(metadata, {
    viewer: identity.viewer,
    transport: transportOf(kinds),
    acceptsIncremental,
    ...time,
  });
}

/** Until when the client waits: as long as it says in a header, but no longer than anybody may. */
function deadlineOf({ headers }: FastifyRequest, { requestTimeoutMs: most }: Pick<Limits, 'requestTimeoutMs'>): number {
  return performance.now() + Math.min(readTimeoutMs(headers[TIMEOUT_HEADER]) ?? most, most);
}

function transportOf({ whole, subscription }: AnswerKinds): Transport {
  if (whole === 'event-stream') return 'event-stream';
  return subscription ? 'multipart' : 'http';
}

function firstOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}

function chooseKinds(accept: string | undefined): AnswerKinds {
  const accepted = acceptedAnswers(accept);
  if (accepted.length > 0) return answerKinds(accepted);
  throw refusal('Accept application/graphql-response+json or application/json', 'NOT_ACCEPTABLE', 406);
}

function mayRun({ definition: { operation } }: ReadOperation, { request, kinds }: Call): void {
  if (operation === 'subscription' && !kinds.subscription) throw refusal(HOW_TO_SUBSCRIBE, 'BAD_REQUEST', 400);
  if (operation === 'mutation' && request.method === 'GET') {
    throw refusal('Send mutations by POST', 'METHOD_NOT_ALLOWED', 405);
  }
}

/** What a browser was given last before it lost an event stream. */
function lastEventId({ headers }: FastifyRequest): string | undefined {
  const id = headers['last-event-id'];
  return typeof id === 'string' && id !== '' ? id : undefined;
}

function refuseLargeBatch(batch: readonly unknown[], { batch: most }: Pick<Limits, 'batch'>): void {
  if (most === 1) throw refusal('Send one operation in a request', 'BATCH_TOO_LARGE', 400);
  if (batch.length === 0) throw refusal('Send at least one operation in a batch', 'BAD_REQUEST', 400);
  if (batch.length <= most) return;
  const extensions = { code: 'BATCH_TOO_LARGE', limit: 'batch', most, asked: batch.length };
  throw new GraphQLError(`Send at most ${most} operations in one request`, { extensions });
}

function refusal(message: string, code: string, status: number): OperationRefused {
  return new OperationRefused([new GraphQLError(message, { extensions: { code } })], status);
}
