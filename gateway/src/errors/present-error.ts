import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** What is said of a fault whose cause is nobody's business outside. */
const FAULT = 'Something failed on our side; try again, and name the request id if it stays so';

/** Codes that say no more than that something broke. */
const FAULT_CODES = new Set(['INTERNAL_SERVER_ERROR', 'DOWNSTREAM_SERVICE_ERROR']);

/** Extensions that tell of the inside. */
const INNER_EXTENSIONS = new Set([
  'serviceName',
  'stacktrace',
  'exception',
  'originalError',
  'http',
  'query',
  'variables',
]);

/**
 * An error as a client sees it: with a stable `extensions.code` and the request's id, and nothing of the inside. An
 * error without a code of its own, or with one that only says that something broke, loses its message.
 *
 * @param onFault told of each error that is masked
 */
export function presentError(
  error: unknown,
  requestId: string,
  onFault: (error: unknown) => void,
): GraphQLFormattedError {
  const seen = error instanceof GraphQLError ? error : undefined;
  const code = seen?.extensions.code;
  // A live stream's event may have been answered once for several clients, under the first one's id.
  const servedAs = seen?.extensions.requestId;
  const id = typeof servedAs === 'string' ? servedAs : requestId;
  const path = seen?.path && { path: seen.path };
  const locations = seen?.locations && { locations: seen.locations };
  if (!seen || typeof code !== 'string' || FAULT_CODES.has(code)) {
    onFault(error);
    // The last cursor is what a live client goes on with, whatever failed.
    const cursor = seen?.extensions.cursor;
    return {
      message: FAULT,
      ...locations,
      ...path,
      extensions: { code: 'INTERNAL_SERVER_ERROR', ...(typeof cursor === 'string' && { cursor }), requestId: id },
    };
  }
  const extensions = Object.fromEntries(
    Object.entries(seen.extensions).filter(([name]) => !INNER_EXTENSIONS.has(name)),
  );
  return { message: seen.message, ...locations, ...path, extensions: { ...extensions, code, requestId: id } };
}
