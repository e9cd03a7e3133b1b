import { setTimeout as delay } from 'node:timers/promises';
import { assertOutsideTransaction } from '../database/transaction.js';
import { traced } from '../telemetry/tracing.js';
import { OutsideError } from './outside-error.js';

/** How much one call may cost; a job that fails is tried again later by its queue. */
export interface CallLimits {
  /** Milliseconds for everything: tries, pauses between them, reading the answers. @default 10000 */
  budgetMs?: number | undefined;
  /** Milliseconds for one try. @default 5000 */
  attemptMs?: number | undefined;
  /** @default 3 */
  maxAttempts?: number | undefined;
  /** The first pause, about; each further one is twice as long. @default 300 */
  firstPauseMs?: number | undefined;
}

/**
 * Asks an outside service, again after a growing random pause when it cannot answer now, all within one budget. The pause is
 * not shorter than the service asks for, and is not begun when it would not end within the budget.
 *
 * @param service who is asked, for the error
 * @param perform one try; it throws OutsideError, and whatever else it throws counts as UNAVAILABLE
 * @throws OutsideError when no try succeeds; Error inside a transaction
 */
export async function callOutside<Result>(
  service: string,
  perform: (signal: AbortSignal) => Promise<Result>,
  limits: CallLimits = {},
): Promise<Result> {
  assertOutsideTransaction(service);
  const { budgetMs = 10_000, attemptMs = 5_000, maxAttempts = 3, firstPauseMs = 300 } = limits;
  const endsAt = performance.now() + budgetMs;
  for (let attempt = 1; ; attempt++) {
    const left = Math.max(1, Math.ceil(endsAt - performance.now()));
    try {
      const signal = AbortSignal.timeout(Math.min(attemptMs, left));
      return await traced(`ask ${service}`, { kind: 'client' }, () => untilAborted(signal, perform));
    } catch (error) {
      const failure = error instanceof OutsideError ? error : new OutsideError(service, 'UNAVAILABLE', detailOf(error));
      const random = firstPauseMs * 2 ** (attempt - 1) * (0.5 + Math.random());
      const pause = Math.max(failure.facts.retryAfterMs ?? 0, random);
      if (!failure.isTemporary || attempt >= maxAttempts || performance.now() + pause >= endsAt) throw failure;
      await delay(pause);
    }
  }
}

/** Settles as the work does, or rejects when the signal aborts, even if the work does not heed it. */
async function untilAborted<Result>(
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  let give: () => void = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    give = () => reject(signal.reason);
    signal.addEventListener('abort', give, { once: true });
  });
  try {
    return await Promise.race([work(signal), aborted]);
  } finally {
    signal.removeEventListener('abort', give);
  }
}

/** The kind of a failure without an answer, such as ECONNREFUSED or TimeoutError; its message may hold an address. */
function detailOf(error: unknown): { detail?: string } {
  for (let current = error; current instanceof Error; current = current.cause) {
    const code: unknown = Reflect.get(current, 'code');
    if (typeof code === 'string') return { detail: code };
    if (current.name === 'TimeoutError' || current.name === 'AbortError') return { detail: 'TIMEOUT' };
  }
  return {};
}
