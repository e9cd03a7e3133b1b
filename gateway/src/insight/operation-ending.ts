import type { OperationOutcome } from '../operations/operation-observer.js';

/**
 * How an operation ended: `ok`, with `errors` beside data, `refused` before anything was run, or `failed` because of a fault
 * of ours.
 */
export type OperationEnding = 'ok' | 'errors' | 'refused' | 'failed';

const FAULT = 'INTERNAL_SERVER_ERROR';

/** In one word. */
export function endingOf({ errors, hasData }: OperationOutcome): OperationEnding {
  if (errors.length === 0) return 'ok';
  if (hasData) return 'errors';
  return errors.some((error) => codeOf(error) === FAULT) ? 'failed' : 'refused';
}

/** The code of an error as the client sees it. */
export function codeOf({ extensions }: OperationOutcome['errors'][number]): string {
  const code = extensions?.['code'];
  return typeof code === 'string' ? code : 'none';
}
