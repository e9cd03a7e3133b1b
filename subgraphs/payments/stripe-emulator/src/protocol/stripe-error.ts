/** The kinds of errors that Stripe's API answers with. @see https://docs.stripe.com/api/errors */
export type StripeErrorType = 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';

/** What an error tells besides its message; the body's `error` object. */
export interface StripeErrorDetails {
  code?: string;
  decline_code?: string;
  param?: string;
  charge?: string;
  payment_intent?: object;
  payment_method?: object;
  setup_intent?: object;
}

/** A failure as Stripe words it: thrown by a resource, written by the server. */
export class StripeError extends Error {
  override readonly name = 'StripeError';

  /** @param status of the HTTP answer */
  constructor(
    readonly status: number,
    readonly type: StripeErrorType,
    message: string,
    readonly details: StripeErrorDetails = {},
  ) {
    super(message);
  }
}

/** What some objects are called in errors. */
const SPOKEN: Readonly<Record<string, string>> = {
  payment_method: 'PaymentMethod',
  setup_intent: 'setupintent',
  webhook_endpoint: 'webhook endpoint',
};

/** Names of what a path asks for; other names are those of a form's parameters. */
const OF_PATH = new Set(['id', 'intent']);

/** What does not exist, or not for this account: 404 for what a path asks for, 400 for what a parameter names. */
export function noSuch(resource: string, id: string, param = 'id'): StripeError {
  const status = OF_PATH.has(param) ? 404 : 400;
  return new StripeError(status, 'invalid_request_error', `No such ${SPOKEN[resource] ?? resource}: '${id}'`, {
    code: 'resource_missing',
    param,
  });
}
