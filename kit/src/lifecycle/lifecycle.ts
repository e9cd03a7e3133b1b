import { constants } from 'node:os';
import { createLogger, type Logger } from '../telemetry/logger.js';
import type { ErrorReporter } from '../telemetry/sentry.js';
import { describeStartFailure } from './start-failure.js';

interface Owned {
  name: string;
  close: () => unknown;
  deadlineMs: number;
}

/** Where failures are told; a logger is one. */
interface FailureLog {
  error(fields: object, message: string): void;
}

/** How a lifecycle closes. */
export interface LifecycleOptions {
  /** How long each closing may take before it is left behind. @default 10000 */
  deadlineMs?: number;
}

/**
 * Everything that a process or room has opened, so that it is closed in reverse order. A closing that fails or takes
 * too long is logged and does not keep the others from closing.
 */
export class Lifecycle {
  private readonly owned: Owned[] = [];
  private closing: Promise<void> | undefined;
  private readonly failed: string[] = [];

  constructor(
    private readonly log: FailureLog,
    private readonly options: LifecycleOptions = {},
  ) {}

  /**
   * Registers how to close what was just opened. What is opened while the lifecycle closes is closed at once.
   *
   * @param deadlineMs how long this closing may take, when not as long as the others
   */
  own(name: string, close: () => unknown, deadlineMs = this.options.deadlineMs ?? 10_000): void {
    const opened = { name, close, deadlineMs };
    if (this.closing) this.closing = this.closing.then(() => this.end(opened));
    else this.owned.push(opened);
  }

  /** True from the first call of {@link close}. */
  get isDraining(): boolean {
    return this.closing !== undefined;
  }

  /** Names of what could not be closed properly. */
  get failures(): readonly string[] {
    return this.failed;
  }

  /** Closes everything, the newest first; further calls wait for the same. Never rejects, see {@link failures}. */
  close(): Promise<void> {
    this.closing ??= this.endAll();
    return this.closing;
  }

  private async endAll(): Promise<void> {
    for (let last = this.owned.pop(); last; last = this.owned.pop()) await this.end(last);
  }

  private async end({ name, close, deadlineMs }: Owned): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`not closed within ${deadlineMs} ms`)), deadlineMs);
    });
    try {
      await Promise.race([(async () => close())(), deadline]);
    } catch (err) {
      this.failed.push(name);
      this.log.error({ err, part: name }, 'Could not close a part properly');
    } finally {
      clearTimeout(timer);
    }
  }
}

/** What a process has once it runs. */
export interface RunningProcess {
  logger: Logger;
  reporter?: ErrorReporter;
}

/** How a process ends. */
export interface RunOptions {
  /** How long a drain may take as a whole before the process ends all the same. @default 30000 */
  drainMs?: number;
}

/**
 * Starts a process, keeps it until it is told to stop, then closes what it owns and exits. The first SIGTERM or SIGINT
 * drains, also during the start; a second one exits at once. A fault that nobody caught is logged and reported, and
 * drains too. A start that fails closes what was opened and prints one line that says what to do.
 *
 * Exit codes: 0 after a full drain, 1 after a fault or when a part could not be closed, 128 + signal when forced.
 */
export async function runUntilSignal(
  start: (lifecycle: Lifecycle) => Promise<RunningProcess>,
  { drainMs = 30_000 }: RunOptions = {},
): Promise<void> {
  let running: RunningProcess = { logger: createLogger({ service: 'start', level: 'warn' }) };
  const lifecycle = new Lifecycle({ error: (fields, message) => running.logger.error(fields, message) });
  const exit = (code: number, message: string): void => {
    running.logger.info({ code }, message);
    process.exit(code);
  };
  const stop = async (reason: string, code: number): Promise<void> => {
    running.logger.info({ reason }, 'Stopping');
    setTimeout(() => exit(1, 'Not everything was closed in time'), drainMs).unref();
    await lifecycle.close();
    await running.reporter?.close();
    exit(lifecycle.failures.length > 0 ? 1 : code, 'Stopped');
  };
  const onSignal = (signal: 'SIGTERM' | 'SIGINT'): void => {
    if (lifecycle.isDraining) process.exit(128 + constants.signals[signal]);
    void stop(signal, 0);
  };
  const onFault = (err: unknown): void => {
    running.logger.fatal({ err }, 'A fault that nobody caught; the process stops');
    running.reporter?.report(err);
    if (!lifecycle.isDraining) void stop('fault', 1);
  };
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
  process.on('uncaughtException', onFault).on('unhandledRejection', onFault);
  try {
    running = await start(lifecycle);
  } catch (error) {
    // What is torn down under a start that was told to stop fails it; that is no failure to report.
    if (lifecycle.isDraining) return;
    await lifecycle.close();
    fatal(error);
  }
}

/** Ends a process that could not start: one line on standard error that says what to do, and exit code 1. */
export function fatal(error: unknown): never {
  process.stderr.write(`${describeStartFailure(error)}\n`);
  process.exit(1);
}
