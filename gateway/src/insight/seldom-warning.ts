import type { Logger } from '@tutorgraph/kit/telemetry/logger';

const ONCE_IN_MS = 60_000;

/**
 * Logs what is done without, and may fail for each request: the first time at once, then once a minute at most, with how
 * often it failed since.
 *
 * @param message says what is done without
 */
export function seldomWarning(logger: Logger, message: string, onceInMs = ONCE_IN_MS): (err: unknown) => void {
  let toldAt = Number.NEGATIVE_INFINITY;
  let failures = 0;
  return (err) => {
    failures += 1;
    const now = performance.now();
    if (now - toldAt < onceInMs) return;
    logger.warn({ err, failures }, message);
    toldAt = now;
    failures = 0;
  };
}
