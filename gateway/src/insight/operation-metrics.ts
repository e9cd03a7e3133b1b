import type { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import type { OperationObserver } from '../operations/operation-observer.js';
import { BoundedNames } from './bounded-names.js';
import { codeOf, endingOf } from './operation-ending.js';
import { labelOf, type OperationNames } from './operation-names.js';
import type { OperationRecord } from './operation-record.js';

const MOST_CODES = 100;

/**
 * Measures operations:
 * - `gateway_operation_duration_seconds{operation, outcome}`; of a subscription, the time until it has begun
 * - `gateway_operations_total{type, transport, outcome}`
 * - `gateway_operation_errors_total{code}`
 * - `gateway_operation_fetches{operation}`, how many fetches each needed
 * - `gateway_saved_total{subgraph, kind}`, see {@link OperationRecord.savings}
 */
export function operationMetrics(metrics: Metrics, names: OperationNames): OperationObserver {
  const duration = metrics.histogram({
    name: 'gateway_operation_duration_seconds',
    help: 'Time from the arrival of an operation to its result, or of a subscription to its beginning',
    labelNames: ['operation', 'outcome'],
  });
  const operations = metrics.counter({
    name: 'gateway_operations_total',
    help: 'Operations that have ended, or begun when they are subscriptions',
    labelNames: ['type', 'transport', 'outcome'],
  });
  const errors = metrics.counter({
    name: 'gateway_operation_errors_total',
    help: 'Errors in results, by the code that clients see',
    labelNames: ['code'],
  });
  const fetches = metrics.histogram({
    name: 'gateway_operation_fetches',
    help: 'Fetches from subgraphs for one operation',
    labelNames: ['operation'],
    buckets: [0, 1, 2, 3, 5, 8, 13, 21],
  });
  const countSavings = savingsCounter(metrics);
  const codes = new BoundedNames(MOST_CODES);
  return {
    began:
      (_request, { record, transport }) =>
      (outcome) => {
        const operation = labelOf(outcome.operation, names);
        const ending = endingOf(outcome);
        const type = outcome.operation?.definition.operation ?? 'unread';
        duration.observe({ operation, outcome: ending }, record.elapsedMs / 1_000);
        operations.inc({ type, transport, outcome: ending });
        for (const error of outcome.errors) errors.inc({ code: codes.of(codeOf(error)) });
        if (outcome.hasData && type !== 'subscription') fetches.observe({ operation }, record.fetches.length);
        countSavings(record);
      },
  };
}

function savingsCounter(metrics: Metrics): (record: OperationRecord) => void {
  const saved = metrics.counter({
    name: 'gateway_saved_total',
    help: 'Fetches (sharing, merging) and entities (deduplication) that need not be asked of a subgraph',
    labelNames: ['subgraph', 'kind'],
  });
  return ({ savings }) => {
    for (const { subgraph, kind, count } of savings) saved.inc({ subgraph, kind }, count);
  };
}
