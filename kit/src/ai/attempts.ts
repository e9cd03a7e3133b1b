import { setTimeout as delay } from 'node:timers/promises';
import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
} from 'cockatiel';
import type { Logger } from '../telemetry/logger.js';
import { AiAttemptError, AiUnavailableError, type Failure } from './failure.js';

/** Kinds of calls; each has a circuit breaker of its own. */
export type CallKind = 'embeddings' | 'chat' | 'moderation' | 'stream' | 'transcription' | 'speech';

/** How much one call may cost. */
export interface CallLimits {
  /** Milliseconds for everything: tries, pauses between them, reading the answers. */
  budgetMs: number;
  /** Milliseconds for one try. @default the budget */
  attemptMs?: number;
  /** Milliseconds after which no further try begins. @default the budget */
  retryWithinMs?: number;
  maxAttempts: number;
  /** The first pause, about; each further one is twice as long. */
  firstPauseMs: number;
}

/** When to stop asking a provider that fails, and when to ask it again. */
export interface BreakerOptions {
  /** Failures of the provider in a row. */
  failures: number;
  halfOpenAfterMs: number;
}

/** One thing to be asked of the provider. */
export interface Attemptable<T> {
  kind: CallKind;
  model: string;
  /** Must reject with what `readFailure` knows. */
  perform(signal: AbortSignal): Promise<T>;
  readFailure(error: unknown): Failure;
}

/**
 * Tries calls within their budgets. The pause before another try is random, not shorter than the provider asks for,
 * and is not begun when it would not end within the budget.
 *
 * The loop is our own: cockatiel's retry neither knows a provider's `retry-after` nor gives up a pause at a deadline.
 */
export class Attempts {
  private readonly breakers = new Map<CallKind, CircuitBreakerPolicy>();

  constructor(
    private readonly logger: Logger,
    private readonly breakerOptions: BreakerOptions,
  ) {}

  /** @throws AiUnavailableError when no try succeeds in time; the caller's abort reason when the caller gives up */
  async run<T>(
    call: Attemptable<T>,
    limits: CallLimits,
    caller?: AbortSignal,
  ): Promise<{ value: T; attempts: number }> {
    const lastTryAt = performance.now() + (limits.retryWithinMs ?? limits.budgetMs);
    const budget = AbortSignal.timeout(limits.budgetMs);
    const signal = caller ? AbortSignal.any([budget, caller]) : budget;
    for (let attempt = 1; ; attempt++) {
      caller?.throwIfAborted();
      const outcome = await this.attempt(call, limits, signal, attempt);
      if ('value' in outcome) return { value: outcome.value, attempts: attempt };
      caller?.throwIfAborted();
      const { failure } = outcome;
      const tries = failure.reason === 'breaker open' ? attempt - 1 : attempt;
      const pause = Math.max(
        failure.retryAfterMs ?? 0,
        limits.firstPauseMs * 2 ** (attempt - 1) * (0.5 + Math.random()),
      );
      const fits = performance.now() + pause < lastTryAt;
      if (!failure.isRetryable || attempt >= limits.maxAttempts || !fits) {
        throw new AiUnavailableError(failure.reason, tries);
      }
      await delay(pause, undefined, { signal }).catch(() => {});
    }
  }

  private async attempt<T>(
    call: Attemptable<T>,
    limits: CallLimits,
    signal: AbortSignal,
    attempt: number,
  ): Promise<{ value: T } | { failure: Failure }> {
    const startedAt = performance.now();
    const facts = () => ({
      kind: call.kind,
      model: call.model,
      attempt,
      durationMs: Math.round(performance.now() - startedAt),
    });
    try {
      // Those who wait for the breaker's trial call wait no longer than their own budget either.
      const value = await untilAborted(signal, () => this.guarded(call, limits, signal));
      this.logger.debug(facts(), 'The AI provider answered');
      return { value };
    } catch (error) {
      const failure = failureOf(error);
      this.logger.warn({ ...facts(), ...failure }, 'The AI provider gave no answer');
      return { failure };
    }
  }

  private guarded<T>(call: Attemptable<T>, limits: CallLimits, signal: AbortSignal): Promise<T> {
    const attemptMs = limits.attemptMs ?? limits.budgetMs;
    return this.breaker(call.kind).execute(async () => {
      const own = AbortSignal.any([signal, AbortSignal.timeout(attemptMs)]);
      try {
        return await untilAborted(own, () => call.perform(own));
      } catch (error) {
        if (error instanceof AiAttemptError) throw error;
        throw new AiAttemptError(own.aborted ? TIMEOUT : call.readFailure(error));
      }
    });
  }

  private breaker(kind: CallKind): CircuitBreakerPolicy {
    const known = this.breakers.get(kind);
    if (known) return known;
    const breaker = circuitBreaker(
      handleWhen((error) => error instanceof AiAttemptError && error.failure.isOutage),
      {
        breaker: new ConsecutiveBreaker(this.breakerOptions.failures),
        halfOpenAfter: this.breakerOptions.halfOpenAfterMs,
      },
    );
    breaker.onBreak(() =>
      this.logger.warn({ kind }, 'The AI provider fails again and again; it is left alone a while'),
    );
    breaker.onReset(() => this.logger.info({ kind }, 'The AI provider answers again'));
    this.breakers.set(kind, breaker);
    return breaker;
  }
}

const TIMEOUT: Failure = { reason: 'timeout', isRetryable: true, isOutage: true };

function failureOf(error: unknown): Failure {
  if (error instanceof BrokenCircuitError) return { reason: 'breaker open', isRetryable: false, isOutage: false };
  return error instanceof AiAttemptError ? error.failure : TIMEOUT;
}

/** Settles as the work does, or rejects when the signal aborts, even if the work does not heed it. */
async function untilAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let give: () => void = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    give = () => reject(signal.reason);
    signal.addEventListener('abort', give, { once: true });
  });
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    signal.removeEventListener('abort', give);
  }
}
