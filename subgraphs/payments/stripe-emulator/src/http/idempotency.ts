import { createHash } from 'node:crypto';
import { StripeError } from '../protocol/stripe-error.js';
import type { IdempotentAnswer } from '../store/tables.js';
import type { Transaction } from '../store/transaction.js';

const KEPT_FOR = 86_400;

/** What two requests with one key must have in common. */
export function fingerprint(method: string, url: string, body: string): string {
  return createHash('sha256').update(`${method} ${url}\n${body}`).digest('base64url');
}

/** The answer that the key has had, when there is one. @throws StripeError when it was for another request */
export function answerOf(tx: Transaction, key: string, print: string): IdempotentAnswer | undefined {
  const answer = tx.find('idempotent_answer', key);
  if (!answer || answer.created < tx.now - KEPT_FOR) return undefined;
  if (answer.fingerprint !== print) {
    throw new StripeError(
      400,
      'idempotency_error',
      `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    );
  }
  return answer;
}

/** Keeps an answer, and forgets those that are too old. */
export function keepAnswer(tx: Transaction, answer: IdempotentAnswer): void {
  tx.forgetBefore('idempotent_answer', tx.now - KEPT_FOR);
  // A key that is used again after a day is the newest one then, not the oldest.
  tx.remove('idempotent_answer', answer.id);
  tx.put('idempotent_answer', answer);
}

/** Another request with this key is being answered. */
export function keyInUse(key: string): StripeError {
  return new StripeError(
    409,
    'idempotency_error',
    `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
    { code: 'idempotency_key_in_use' },
  );
}
