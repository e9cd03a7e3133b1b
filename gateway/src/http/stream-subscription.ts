import { unauthenticated } from '@tutorgraph/kit/graphql/errors';
import { type ExecutionResult, GraphQLError } from 'graphql';
import type { OpenConnections } from '../connections/open-connections.js';
import { isLargerThan, tooLarge } from '../errors/too-large.js';
import type { BegunOperation, Operations } from '../operations/operations.js';
import type { Identity } from '../requests/authentication.js';
import type { Limits } from '../settings.js';
import type { ClientSubscription } from '../subscriptions/client-subscription.js';
import type { LiveAnswer } from './live-answer.js';
import type { LiveAnswers } from './live-answers.js';

/** What subscriptions over HTTP are carried out with. */
export interface SubscriptionStreams {
  operations: Operations;
  connections: OpenConnections;
  answers: LiveAnswers;
  limits: Pick<Limits, 'responseBytes'>;
}

/** A subscription as an HTTP client asks for it. */
export interface StreamRequest extends BegunOperation {
  identity: Identity;
  /** The last position that the client says it was given. */
  lastCursor: string | undefined;
}

/**
 * Carries out a subscription as an answer that goes on: a connection with one operation. It ends with UNAUTHENTICATED when
 * its token expires or its session is ended, and leaves upstream at once when its client goes away.
 *
 * @returns once it has begun
 * @throws GraphQLError when it could not, in which case nothing was sent
 */
export function streamSubscription(
  { operation, context, ended, identity, lastCursor }: StreamRequest,
  answer: LiveAnswer,
  { operations, connections, answers, limits }: SubscriptionStreams,
): void {
  const { requestId } = context.metadata;
  const present = (error: unknown) => {
    const { locations: _locations, ...shown } = operations.present(error, context);
    return shown;
  };
  let refusal: GraphQLError | undefined;
  const connection = connections.connect(context.metadata, (reason) => {
    refusal = unauthenticated(reason);
  });
  let results: ClientSubscription;
  try {
    connection.beginAs(identity);
    results = connection.subscribe(operation, { requestId, writer: answer, lastCursor });
  } catch (error) {
    connection.end();
    throw error;
  }
  answers.begin(answer, () => connection.end());
  ended({ operation, errors: [], hasData: true });
  const write = (result: ExecutionResult): string => {
    const text = JSON.stringify(presented(result, present));
    const { responseBytes: most } = limits;
    return isLargerThan(text, most) ? JSON.stringify(tooLarge(most, requestId)) : text;
  };
  void pass(results, answer, write).then(
    () => {
      if (refusal) answer.fail([present(withCursor(refusal, results.cursor))]);
      else answer.complete();
    },
    (error: unknown) => answer.fail([present(error)]),
  );
}

async function pass(
  results: ClientSubscription,
  answer: LiveAnswer,
  write: (result: ExecutionResult) => string,
): Promise<void> {
  for await (const result of results) await answer.give(write(result), results.cursor);
}

function presented({ data, errors }: ExecutionResult, present: (error: unknown) => object): object {
  return { ...(data !== undefined && { data }), ...(errors && { errors: errors.map(present) }) };
}

function withCursor(error: GraphQLError, cursor: string | undefined): GraphQLError {
  const { message, extensions } = error;
  return new GraphQLError(message, { extensions: { ...extensions, ...(cursor !== undefined && { cursor }) } });
}
