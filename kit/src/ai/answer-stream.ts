import type { Attempts } from './attempts.js';
import { AiAttemptError, AiUnavailableError, type Failure } from './failure.js';

/** How long an answer may take that is read while it is written, in milliseconds from its beginning. */
export interface StreamLimits {
  /** Until the provider begins to answer; tries that failed included. */
  connectMs: number;
  /** Until the first words. */
  firstTokenMs: number;
  /** Until the last ones. */
  totalMs: number;
}

/** An answer that is being written. */
export interface AnswerStream {
  model: string;
  /** How often the provider was asked. */
  attempts: number;
  /** To be read once. Ends with AiUnavailableError when the answer breaks off or takes too long. */
  pieces: AsyncIterable<string>;
}

interface StreamOptions {
  model: string;
  limits: StreamLimits;
  caller: AbortSignal | undefined;
  attempts: Attempts;
  readFailure(error: unknown): Failure;
  open(signal: AbortSignal): Promise<AsyncIterable<string>>;
  /** Told once how it went. */
  onEnd(outcome: string): void;
}

interface Opened {
  first: string;
  rest: AsyncIterator<string>;
  /** Ends the connection. */
  connection: AbortController;
}

const MOST_ATTEMPTS = 3;
const FIRST_PAUSE_MS = 50;
const TIMEOUT: Failure = { reason: 'timeout', isRetryable: false, isOutage: true };

/** Asks for an answer and waits for its first words. @throws AiUnavailableError */
export async function openStream(options: StreamOptions): Promise<AnswerStream> {
  const { model, limits, caller, attempts } = options;
  const startedAt = performance.now();
  const left = (ms: number): number => Math.max(0, Math.ceil(startedAt + ms - performance.now()));
  try {
    const { value, attempts: tries } = await attempts.run(
      {
        kind: 'stream',
        model,
        perform: (signal) => connect(options, left(limits.connectMs), signal),
        readFailure: options.readFailure,
      },
      {
        budgetMs: limits.firstTokenMs,
        retryWithinMs: limits.connectMs,
        maxAttempts: MOST_ATTEMPTS,
        firstPauseMs: FIRST_PAUSE_MS,
      },
      caller,
    );
    return { model, attempts: tries, pieces: read(options, value, left(limits.totalMs), tries) };
  } catch (error) {
    options.onEnd(error instanceof AiUnavailableError ? error.reason : 'abandoned');
    throw error;
  }
}

/** One try: within the time that is left to connect, and until the first words, for which the try's own signal cares. */
async function connect({ open }: StreamOptions, connectMs: number, signal: AbortSignal): Promise<Opened> {
  const connection = new AbortController();
  const giveUp = (): void => connection.abort();
  signal.addEventListener('abort', giveUp, { once: true });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    connection.abort();
  }, connectMs);
  try {
    signal.throwIfAborted();
    const pieces = await open(connection.signal);
    clearTimeout(timer);
    const rest = pieces[Symbol.asyncIterator]();
    const { value, done } = await rest.next();
    if (done) throw new SyntaxError('The answer is empty');
    return { first: value, rest, connection };
  } catch (error) {
    connection.abort();
    throw isLate ? new AiAttemptError(TIMEOUT) : error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}

async function* read(
  { caller, readFailure, onEnd }: StreamOptions,
  { first, rest, connection }: Opened,
  totalMs: number,
  attempts: number,
): AsyncGenerator<string, void, void> {
  const late = AbortSignal.timeout(totalMs);
  const ended = caller ? AbortSignal.any([late, caller]) : late;
  const giveUp = (): void => connection.abort();
  ended.addEventListener('abort', giveUp, { once: true });
  let outcome = 'abandoned';
  try {
    yield first;
    for (;;) {
      ended.throwIfAborted();
      const { value, done } = await rest.next();
      // An aborted connection ends like one that is complete.
      ended.throwIfAborted();
      if (done) break;
      yield value;
    }
    outcome = 'answered';
  } catch (error) {
    caller?.throwIfAborted();
    outcome = late.aborted ? 'timeout' : readFailure(error).reason;
    throw new AiUnavailableError(late.aborted ? 'timeout' : readFailure(error).reason, attempts);
  } finally {
    ended.removeEventListener('abort', giveUp);
    connection.abort();
    onEnd(outcome);
  }
}
