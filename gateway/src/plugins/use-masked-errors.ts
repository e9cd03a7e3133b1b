import { currentRequest, inRequestScope } from '@tutorgraph/kit/telemetry/request-scope';
import type { FastifyError, FastifyInstance } from 'fastify';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { presentError } from '../errors/present-error.js';

/** Options of masking. */
export interface MaskedErrorsOptions {
  /** Told of each fault that clients see only as INTERNAL_SERVER_ERROR. */
  onFault: (error: unknown, requestId: string) => void;
}

/** What HTTP statuses of Fastify's own errors are called, and what is said of them. */
const HTTP_ERRORS: Readonly<Record<number, { code: string; message: string }>> = {
  400: { code: 'BAD_REQUEST', message: 'The request is malformed; send JSON with a "query"' },
  401: { code: 'UNAUTHENTICATED', message: 'Sign in to do this' },
  413: { code: 'PAYLOAD_TOO_LARGE', message: 'The request is too large' },
  415: { code: 'UNSUPPORTED_MEDIA_TYPE', message: 'Send the content type application/json' },
};

/** Answers whatever goes wrong outside GraphQL in GraphQL's form, with a code and the request's id. */
export function useMaskedErrors(app: FastifyInstance, { onFault }: MaskedErrorsOptions): void {
  app.setErrorHandler<FastifyError | GraphQLError>(async (error, request, reply) => {
    const status = statusOf(error);
    const known = HTTP_ERRORS[status];
    const shown =
      error instanceof GraphQLError || !known
        ? error
        : new GraphQLError(known.message, { extensions: { code: known.code } });
    const present = () => presentError(shown, request.id, (fault) => onFault(fault, request.id));
    if (status === 401) reply.header('www-authenticate', 'Bearer error="invalid_token"');
    return reply.code(status).send({ errors: [inRequestScope({ requestId: request.id }, present)] });
  });
  app.setNotFoundHandler(async (request, reply) => {
    const missing = new GraphQLError('There is nothing here', { extensions: { code: 'NOT_FOUND' } });
    return reply.code(404).send({ errors: [presentError(missing, request.id, () => {})] });
  });
}

/** Apollo Server's `formatError` in the same manner; the request's id comes from the request's scope. */
export function maskApolloErrors({ onFault }: MaskedErrorsOptions) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const requestId = currentRequest()?.requestId ?? '';
    // Apollo gives errors of the request itself their code only in the formatted form.
    const isCoded = error instanceof GraphQLError && 'code' in error.extensions;
    const shown = isCoded || !(error instanceof GraphQLError) ? error : coded(formatted, error);
    return presentError(shown, requestId, (fault) => onFault(fault, requestId));
  };
}

function coded({ extensions }: GraphQLFormattedError, error: GraphQLError): GraphQLError {
  const { nodes, source, positions, path, message } = error;
  return new GraphQLError(message, { nodes, source, positions, path, originalError: error, extensions });
}

function statusOf(error: FastifyError | GraphQLError): number {
  if (error instanceof GraphQLError) {
    if (error.extensions.code === 'UNAUTHENTICATED') return 401;
    return typeof error.extensions.code === 'string' ? 400 : 500;
  }
  return error.statusCode ?? 500;
}
