import { Worker } from 'node:worker_threads';
import type { EnglishCheck, ExplanationLanguage } from './english-check.js';
import type { WorkerReport, WorkerRequest } from './english-worker.js';

/** Why a text was not checked. */
type EnglishCheckFailure = 'TEXT_TOO_LONG' | 'BUSY' | 'TIMEOUT' | 'CRASHED' | 'CLOSED';

/** A text that was not checked. BUSY, TIMEOUT and CRASHED may go away: try again later. */
export class EnglishCheckError extends Error {
  override readonly name = 'EnglishCheckError';
  readonly code: EnglishCheckFailure;

  constructor(code: EnglishCheckFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Bounds of a checker. */
interface EnglishCheckerOptions {
  /** UTF-16 units of one text. @default 20000 */
  longestText?: number;
  /** Texts that wait at a time, besides the one that is checked. @default 100 */
  mostWaiting?: number;
  /** Milliseconds for one text; then its thread is ended. Loading does not count. @default 30000 */
  timeoutMs?: number;
  /** Milliseconds for the thread to load. @default 60000 */
  startTimeoutMs?: number;
  /** Megabytes of the thread's JavaScript heap; harper's own memory and the model's lie outside of it. @default 512 */
  memoryMb?: number;
}

/** How one text is checked. */
interface EnglishCheckOptions {
  /** Of the explanations. @default 'en' */
  language?: ExplanationLanguage;
  /** Ends the waiting of the one who asked; a check that has begun is finished for nobody. */
  signal?: AbortSignal;
}

interface Job extends Omit<WorkerRequest, 'id'> {
  attempts: number;
  resolve(check: EnglishCheck): void;
  reject(reason: unknown): void;
}

/** One that is answered, and one that takes its place when its thread crashes. */
const MOST_ATTEMPTS = 2;

/**
 * Checks English in a thread of its own, one text after another. The thread starts with the first text (a second or two, some
 * 350 MB), is started anew after a crash or a text that takes too long, and keeps no process alive while nobody waits.
 */
export class EnglishChecker {
  readonly #options: Required<EnglishCheckerOptions>;
  readonly #waiting: Job[] = [];
  #current: Job | undefined;
  #worker: Worker | undefined;
  #isReady = false;
  #isClosed = false;
  #requests = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: EnglishCheckerOptions = {}) {
    const defaults = {
      longestText: 20_000,
      mostWaiting: 100,
      timeoutMs: 30_000,
      startTimeoutMs: 60_000,
      memoryMb: 512,
    };
    this.#options = { ...defaults, ...options };
  }

  /** @throws EnglishCheckError, or the signal's reason */
  check(text: string, { language = 'en', signal }: EnglishCheckOptions = {}): Promise<EnglishCheck> {
    const { longestText, mostWaiting } = this.#options;
    if (this.#isClosed) return Promise.reject(closed());
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (text.length > longestText)
      return Promise.reject(
        new EnglishCheckError(
          'TEXT_TOO_LONG',
          `The text has ${text.length} characters; check at most ${longestText} at a time.`,
        ),
      );
    if (this.#waiting.length >= mostWaiting)
      return Promise.reject(
        new EnglishCheckError('BUSY', `${mostWaiting} texts are waiting to be checked; try again later.`),
      );
    return new Promise((resolve, reject) => {
      const settle =
        <Value>(finish: (value: Value) => void) =>
        (value: Value) => {
          signal?.removeEventListener('abort', abort);
          finish(value);
        };
      const job: Job = { text, language, attempts: 0, resolve: settle(resolve), reject: settle(reject) };
      const abort = (): void => {
        const place = this.#waiting.indexOf(job);
        if (place >= 0) this.#waiting.splice(place, 1);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.#waiting.push(job);
      this.#next();
    });
  }

  /** Ends the thread; who still waits is told CLOSED. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearTimeout(this.#timer);
    const jobs = [this.#current, ...this.#waiting.splice(0)];
    this.#current = undefined;
    for (const job of jobs) job?.reject(closed());
    await this.#worker?.terminate();
  }

  #next(): void {
    if (this.#isClosed || this.#current || this.#waiting.length === 0) {
      if (!this.#current) this.#worker?.unref();
      return;
    }
    this.#worker ??= this.#start();
    this.#worker.ref();
    if (!this.#isReady) return;
    const job = this.#waiting.shift();
    if (!job) return;
    job.attempts += 1;
    this.#current = job;
    this.#requests += 1;
    const request: WorkerRequest = { id: this.#requests, text: job.text, language: job.language };
    this.#worker.postMessage(request);
    this.#expect(this.#options.timeoutMs, 'The text took too long to check; shorten it or try again later.');
  }

  #start(): Worker {
    // Under test this file is TypeScript, and so is the worker, which Node strips itself.
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const worker = new Worker(new URL(`./english-worker.${extension}`, import.meta.url), {
      execArgv: [],
      name: 'english-checker',
      resourceLimits: { maxOldGenerationSizeMb: this.#options.memoryMb },
    });
    let reason: Error | undefined;
    worker.on('message', (report: WorkerReport) => this.#note(report));
    worker.on('error', (error) => {
      reason = error;
    });
    worker.once('exit', () => {
      if (this.#worker === worker) this.#crashed(reason);
    });
    this.#expect(this.#options.startTimeoutMs, 'The checker did not load in time; try again later.');
    return worker;
  }

  #note(report: WorkerReport): void {
    clearTimeout(this.#timer);
    if (report === 'ready') this.#isReady = true;
    else {
      const job = this.#current;
      this.#current = undefined;
      if ('check' in report) job?.resolve(report.check);
      else job?.reject(new EnglishCheckError('CRASHED', `The text could not be checked: ${report.failure}`));
    }
    this.#next();
  }

  /** The thread ended by itself: the text that it had, or was started for, is tried once more. */
  #crashed(cause: Error | undefined): void {
    this.#forgetWorker();
    const job = this.#current ?? this.#waiting.shift();
    // One that never reached the thread has been tried too: the thread could not start for it.
    if (job && job !== this.#current) job.attempts += 1;
    this.#current = undefined;
    if (job && job.attempts < MOST_ATTEMPTS) this.#waiting.unshift(job);
    else
      job?.reject(
        new EnglishCheckError('CRASHED', 'The checker stopped while it had this text; try again later.', { cause }),
      );
    this.#next();
  }

  #expect(ms: number, message: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const worker = this.#worker;
      const job = this.#current ?? this.#waiting.shift();
      this.#current = undefined;
      this.#forgetWorker();
      job?.reject(new EnglishCheckError('TIMEOUT', message));
      void worker?.terminate().finally(() => this.#next());
    }, ms);
    this.#timer.unref();
  }

  #forgetWorker(): void {
    clearTimeout(this.#timer);
    this.#worker = undefined;
    this.#isReady = false;
  }
}

function closed(): EnglishCheckError {
  return new EnglishCheckError('CLOSED', 'The checker was closed; nothing is checked any more.');
}
