import { StripeError } from '../protocol/stripe-error.js';
import { newId } from '../store/ids.js';

/** What goes back over the wire. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** An error as an answer. */
export function errorReply(error: unknown, requestId = newId('req', 14)): Reply {
  const known = error instanceof StripeError ? error : unforeseen(error);
  const { code, ...details } = known.details;
  return {
    status: known.status,
    headers: { 'request-id': requestId, ...(known.status >= 500 && { 'stripe-should-retry': 'true' }) },
    body: JSON.stringify({
      error: {
        ...(code && { code, doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}` }),
        ...details,
        message: known.message,
        type: known.type,
      },
    }),
  };
}

/** What the server under the emulator refused, or what went wrong within. */
function unforeseen(error: unknown): StripeError {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (error instanceof Error && status >= 400 && status < 500) {
    return new StripeError(status, 'invalid_request_error', `${error.message}.`);
  }
  return new StripeError(500, 'api_error', 'An unknown error occurred; the emulator has logged it.');
}
