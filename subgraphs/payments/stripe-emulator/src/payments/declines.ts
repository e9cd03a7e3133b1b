import type { DeclineCode } from '../money/card.js';
import { StripeError, type StripeErrorDetails } from '../protocol/stripe-error.js';

/** A refusal of a card, as a charge and an error tell it. */
export interface Decline {
  code: string;
  declineCode: string;
  message: string;
  param?: string;
}

const DECLINED = 'Your card was declined.';

const DECLINES: Readonly<Record<DeclineCode, Decline>> = {
  generic_decline: { code: 'card_declined', declineCode: 'generic_decline', message: DECLINED },
  insufficient_funds: {
    code: 'card_declined',
    declineCode: 'insufficient_funds',
    message: 'Your card has insufficient funds.',
  },
  lost_card: { code: 'card_declined', declineCode: 'lost_card', message: DECLINED },
  stolen_card: { code: 'card_declined', declineCode: 'stolen_card', message: DECLINED },
  fraudulent: { code: 'card_declined', declineCode: 'fraudulent', message: DECLINED },
  expired_card: {
    code: 'expired_card',
    declineCode: 'expired_card',
    message: 'Your card has expired.',
    param: 'exp_month',
  },
  incorrect_cvc: {
    code: 'incorrect_cvc',
    declineCode: 'incorrect_cvc',
    message: "Your card's security code is incorrect.",
    param: 'cvc',
  },
  processing_error: {
    code: 'processing_error',
    declineCode: 'processing_error',
    message: 'An error occurred while processing your card. Try again in a little bit.',
  },
};

/** An issuer that wants to see its customer, who is not there. */
export const AUTHENTICATION_REQUIRED: Decline = {
  code: 'authentication_required',
  declineCode: 'authentication_required',
  message: 'Your card was declined. This transaction requires authentication.',
};

/** What a card's refusal is called. */
export function declineOf(code: DeclineCode): Decline {
  return DECLINES[code];
}

/** A refusal as an error. @param details what else it tells, such as the charge */
export function declineError({ code, declineCode, message, param }: Decline, details: StripeErrorDetails): StripeError {
  return new StripeError(402, 'card_error', message, {
    code,
    decline_code: declineCode,
    ...(param !== undefined && { param }),
    ...details,
  });
}

/** An error as an intent keeps it: `last_payment_error` and `last_setup_error`. */
export function lastError<Method>({ type, message, details }: StripeError, method: Method | null) {
  const { charge, code, decline_code, param } = details;
  return {
    ...(charge && { charge }),
    ...(code && { code, doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}` }),
    ...(decline_code && { decline_code }),
    message,
    ...(param && { param }),
    ...(method && { payment_method: method }),
    type,
  };
}
