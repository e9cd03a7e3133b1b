/** Why a try did not give an answer. */
export type FailureReason =
  | 'rate limit'
  | 'timeout'
  | 'connection'
  | 'server fault'
  | 'refused'
  | 'wrong answer'
  | 'breaker open'
  | 'no key';

/** One try that failed, without anything that was asked or answered. */
export interface Failure {
  reason: FailureReason;
  /** Another try may do better. */
  isRetryable: boolean;
  /** The provider is at fault, not this one question: counts for the circuit breaker. */
  isOutage: boolean;
  status?: number;
  /** How long the provider asks to be left alone. */
  retryAfterMs?: number;
}

/** A try failed. It has no cause: the provider's own message may repeat what was asked. */
export class AiAttemptError extends Error {
  override readonly name = 'AiAttemptError';

  constructor(readonly failure: Failure) {
    super(`The AI provider gave no answer: ${failure.reason}`);
  }
}

/** A background call got no answer within its budget; try again later. */
export class AiUnavailableError extends Error {
  override readonly name = 'AiUnavailableError';

  constructor(
    readonly reason: FailureReason,
    readonly attempts: number,
  ) {
    super(`No answer from the AI provider after ${attempts} attempts (${reason}); try again later`);
  }
}
