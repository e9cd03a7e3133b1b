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

/** What does not exist, or not for this account. */
export function noSuch(resource: string, id: string, param = 'id'): StripeError {
  return new StripeError(404, 'invalid_request_error', `No such ${resource}: '${id}'`, {
    code: 'resource_missing',
    param,
  });
}
