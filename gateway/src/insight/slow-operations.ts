import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import type { OperationObserver } from '../operations/operation-observer.js';
import { endingOf } from './operation-ending.js';
import { factsOf } from './operation-log.js';
import type { OperationRecord } from './operation-record.js';
import { planTextWithoutValues } from './plan-text.js';

/**
 * Logs each query and mutation that took at least so many milliseconds with its plan and the times of its fetches. Values
 * are left out of the plan, and variables were never in it.
 */
export function slowOperations(logger: Logger, slowMs: number): OperationObserver {
  return {
    began:
      (_request, { record, metadata }) =>
      (outcome) => {
        const { operation } = outcome;
        const { elapsedMs } = record;
        if (elapsedMs < slowMs || !operation || operation.definition.operation === 'subscription') return;
        const { document, operationName, key, graph } = operation;
        logger.warn(
          {
            requestId: metadata.requestId,
            ...factsOf(operation),
            outcome: endingOf(outcome),
            durationMs: Math.round(elapsedMs),
            planningMs: planningMs(record),
            fetches: fetchTimes(record),
            // Without data it may never have been planned.
            plan: outcome.hasData
              ? planTextWithoutValues(graph.supergraph.plan(document, operationName, key))
              : undefined,
          },
          'A slow operation',
        );
      },
  };
}

function planningMs({ planning }: OperationRecord): number | undefined {
  return planning && Math.round(planning.endedMs - planning.startedMs);
}

/** One line a fetch, in the order in which they were sent. */
function fetchTimes({ fetches }: OperationRecord): string[] {
  return fetches.map(({ subgraph, startedMs, durationMs, outcome }) => {
    const took = durationMs === undefined ? 'unanswered' : `${durationMs.toFixed(1)} ms, ${outcome}`;
    return `${subgraph}: at ${startedMs.toFixed(1)} ms, took ${took}`;
  });
}
