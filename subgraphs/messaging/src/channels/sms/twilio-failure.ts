import { type DeliveryError, type RefusalReason, refused, unavailable } from '../delivery-error.js';

/** Twilio's codes for a sender that is not ours, or a country that the account may not send to: not the message's fault. */
const OUR_SETTINGS = new Set([21212, 21408, 21603, 21606, 21609, 21659, 21660]);
/** The person has answered STOP. */
const OPTED_OUT = 21610;
/** Codes for a number that is none, or that no text message can reach. */
const NO_SUCH_NUMBER = new Set([21211, 21214, 21217, 21614, 30005, 30006]);

/** What Twilio's code of a message that was not delivered says of the number. */
export function reasonOf(code: number): RefusalReason {
  if (NO_SUCH_NUMBER.has(code)) return 'HARD_BOUNCE';
  return code === OPTED_OUT ? 'BLOCKED_BY_USER' : 'REFUSED';
}

/** The facts of a failure without Twilio's words, which repeat the number. */
class TwilioFailure extends Error {
  override readonly name = 'TwilioFailure';

  constructor(
    readonly code: string,
    /** The HTTP status; 0 when there was no answer. */
    readonly status: number,
  ) {
    super(status ? `HTTP ${status}, code ${code}; see twilio.com/docs/api/errors/${code}` : code);
  }
}

/** What an error of Twilio's SDK means for whoever wanted the message sent. */
export function readTwilioFailure(error: unknown): DeliveryError {
  const status = Number(Reflect.get(Object(error), 'status')) || 0;
  const code: unknown = Reflect.get(Object(error), 'code');
  const isTimeout = error instanceof DOMException || code === 'ECONNABORTED';
  const cause = new TwilioFailure(isTimeout ? 'TIMEOUT' : String(code ?? 'UNKNOWN'), status);
  if (status === 400 && !OUR_SETTINGS.has(Number(code))) {
    return refused(reasonOf(Number(code)), 'Twilio refuses this message for good', { cause });
  }
  const message =
    status >= 400 && status < 500 && status !== 429
      ? 'Twilio does not accept our account or sender; correct TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM'
      : 'Twilio does not take the message now; it can be tried again';
  return unavailable(message, { cause });
}
