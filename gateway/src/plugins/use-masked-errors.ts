import { inRequestScope } from '@tutorgraph/kit/telemetry/request-scope';
import type { FastifyError, FastifyInstance } from 'fastify';
import { GraphQLError } from 'graphql';
import { presentError } from '../errors/present-error.js';
import type { OperationRefused } from '../operations/operation-refused.js';
import { asRefusal } from '../operations/operations.js';

/** Options of masking. */
export interface MaskedErrorsOptions {
  /** Told of each fault that clients see only as INTERNAL_SERVER_ERROR. */
  onFault: (error: unknown, requestId: string) => void;
}

/** What HTTP statuses of Fastify's own errors are called, and what is said of them. */
const HTTP_ERRORS: Readonly<Record<number, { code: string; message: string }>> = {
  400: { code: 'BAD_REQUEST', message: 'The request is malformed; send JSON with a "query"' },
  413: { code: 'PAYLOAD_TOO_LARGE', message: 'The request is too large' },
  415: { code: 'UNSUPPORTED_MEDIA_TYPE', message: 'Send the content type application/json' },
};

/** Answers whatever goes wrong outside GraphQL in GraphQL's form, with a code and the request's id. */
export function useMaskedErrors(app: FastifyInstance, { onFault }: MaskedErrorsOptions): void {
  app.setErrorHandler<FastifyError | GraphQLError | OperationRefused>(async (error, request, reply) => {
    const { errors, status } = refusalOf(error);
    const present = (one: unknown) => presentError(one, request.id, (fault) => onFault(fault, request.id));
    if (status === 401) reply.header('www-authenticate', 'Bearer error="invalid_token"');
    const shown = inRequestScope({ requestId: request.id }, () => errors.map(present));
    return reply.code(status).send({ errors: shown });
  });
  app.setNotFoundHandler(async (request, reply) => {
    const missing = new GraphQLError('There is nothing here', { extensions: { code: 'NOT_FOUND' } });
    return reply.code(404).send({ errors: [presentError(missing, request.id, () => {})] });
  });
}

function refusalOf(error: FastifyError | GraphQLError | OperationRefused): ReturnType<typeof asRefusal> {
  const status = 'statusCode' in error ? error.statusCode : undefined;
  const known = status === undefined ? undefined : HTTP_ERRORS[status];
  if (status === undefined || !known) return { ...asRefusal(error), ...(status !== undefined && { status }) };
  return { errors: [new GraphQLError(known.message, { extensions: { code: known.code } })], status };
}
