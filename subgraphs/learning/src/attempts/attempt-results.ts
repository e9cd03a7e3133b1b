import type { Attempt } from './attempt.entity.js';
import type { Result } from './attempt.rules.js';

/** Those attempts that are over, with what they came to. */
export function resultsOf(attempts: readonly Attempt[]): (Result & { id: string })[] {
  return attempts.flatMap(({ id, number, percent, passed, closedAt }) =>
    closedAt && typeof percent === 'number' && typeof passed === 'boolean'
      ? [{ id, number, percent, passed, closedAt }]
      : [],
  );
}
