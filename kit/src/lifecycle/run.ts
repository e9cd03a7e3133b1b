import { constants } from 'node:os';
import type { Logger } from '../telemetry/logger.js';
import type { ErrorReporter } from '../telemetry/sentry.js';
import type { Lifecycle } from './lifecycle.js';
import { describeStartFailure } from './start-failure.js';

/** What a running process needs to end well. */
export interface RunOptions {
  lifecycle: Lifecycle;
  logger: Logger;
  reporter?: ErrorReporter;
  /** How long a drain may take as a whole before the process ends all the same. @default 30000 */
  drainMs?: number;
}

/**
 * Keeps the process until it is told to stop, then closes everything and exits. The first SIGTERM or SIGINT drains, a
 * second one exits at once. A fault that nobody caught is logged and reported, and drains too.
 *
 * Exit codes: 0 after a full drain, 1 after a fault or when a part could not be closed, 128 + signal when forced.
 */
export function runUntilSignal({ lifecycle, logger, reporter, drainMs = 30_000 }: RunOptions): void {
  let stopping = false;
  const stop = async (reason: string, code: number): Promise<void> => {
    stopping = true;
    logger.info({ reason }, 'Stopping');
    setTimeout(() => exit(1, 'Not everything was closed in time'), drainMs).unref();
    await lifecycle.close();
    await reporter?.close();
    exit(lifecycle.failures.length > 0 ? 1 : code, 'Stopped');
  };
  const exit = (code: number, message: string): void => {
    logger.info({ code }, message);
    process.exit(code);
  };
  const onSignal = (signal: 'SIGTERM' | 'SIGINT'): void => {
    if (stopping) process.exit(128 + constants.signals[signal]);
    void stop(signal, 0);
  };
  const onFault = (err: unknown): void => {
    logger.fatal({ err }, 'A fault that nobody caught; the process stops');
    reporter?.report(err);
    if (!stopping) void stop('fault', 1);
  };
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
  process.on('uncaughtException', onFault).on('unhandledRejection', onFault);
}

/** Ends a process that could not start: one line on standard error that says what to do, and exit code 1. */
export function fatal(error: unknown): never {
  process.stderr.write(`${describeStartFailure(error)}\n`);
  process.exit(1);
}
