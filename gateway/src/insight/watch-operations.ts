import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import type { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import type { Tracing } from '@tutorgraph/kit/telemetry/tracing';
import type { OperationObserver } from '../operations/operation-observer.js';
import { operationLog } from './operation-log.js';
import { operationMetrics } from './operation-metrics.js';
import type { OperationNames } from './operation-names.js';
import { operationTraces } from './operation-traces.js';
import { slowOperations } from './slow-operations.js';

/** Who watches operations. */
export interface WatchOptions {
  logger: Logger;
  metrics: Metrics;
  /** Operations that metrics call by their names. @default none */
  operationNames?: OperationNames | undefined;
  /** Undefined where nobody traces. */
  tracing?: Tracing | undefined;
  slowOperationMs: number;
}

const NO_NAMES: OperationNames = new Set();

/** What watches each operation: figures, the log, the log of slow ones, and traces where somebody takes them. */
export function watchOperations(options: WatchOptions): OperationObserver[] {
  const { logger, metrics, operationNames = NO_NAMES, tracing, slowOperationMs } = options;
  return [
    ...(tracing ? [operationTraces(tracing)] : []),
    operationMetrics(metrics, operationNames),
    operationLog(logger),
    slowOperations(logger, slowOperationMs),
  ];
}
