import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import type { OperationObserver, OperationOutcome } from '../operations/operation-observer.js';
import type { ReadOperation } from '../operations/read-operation.js';
import { codeOf, endingOf } from './operation-ending.js';

const LONGEST_NAME = 80;
const HASH_LENGTH = 12;

/** Who an operation is, in a log: nothing of its variables. */
export interface OperationFacts {
  operation: string | undefined;
  type: string | undefined;
  /** The beginning of the SHA-256 of its document. */
  hash: string | undefined;
}

/** What logs call an operation. */
export function factsOf(operation: ReadOperation | undefined): OperationFacts {
  return {
    operation: operation?.definition.name?.value.slice(0, LONGEST_NAME),
    type: operation?.definition.operation,
    hash: operation?.key.slice(0, HASH_LENGTH),
  };
}

/** Logs one line for each operation, whatever transport brought it: which, how it ended, what it took. Never its variables. */
export function operationLog(logger: Logger): OperationObserver {
  return {
    began:
      (_request, { record, metadata, transport }) =>
      (outcome) => {
        logger.info(
          {
            requestId: metadata.requestId,
            ...factsOf(outcome.operation),
            transport,
            outcome: endingOf(outcome),
            codes: codesOf(outcome),
            durationMs: Math.round(record.elapsedMs),
            fetches: record.fetches.length,
            cost: record.cost,
          },
          'Operation',
        );
      },
  };
}

function codesOf({ errors }: OperationOutcome): string[] | undefined {
  return errors.length > 0 ? [...new Set(errors.map(codeOf))] : undefined;
}
