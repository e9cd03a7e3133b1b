import type { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { costOf } from '../cost/operation-cost.js';
import type { OperationObserver } from '../operations/operation-observer.js';

/** What shows operations' cost. */
export interface CostMetrics {
  /** Takes an estimate. */
  onEstimate(cost: number): void;
  /** Counts what answers did cost. */
  observer: OperationObserver;
}

const BUCKETS = [1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 50_000];
/** One answer of so many is counted: it has to be walked through for it. */
const ONE_OF = 16;

/**
 * Shows what operations may cost, `gateway_operation_cost_estimated`, and, of one in sixteen, what the answer did cost,
 * `gateway_operation_cost_actual`: estimates far above it want a better `@listSize` or a greater limit.
 */
export function useCostMetrics(metrics: Metrics): CostMetrics {
  const estimated = metrics.histogram({
    name: 'gateway_operation_cost_estimated',
    help: 'What an operation may cost, by @cost and @listSize',
    buckets: BUCKETS,
  });
  const actual = metrics.histogram({
    name: 'gateway_operation_cost_actual',
    help: 'What the answer of an operation did cost; of one in sixteen',
    buckets: BUCKETS,
  });
  let answers = 0;
  return {
    onEstimate: (cost) => estimated.observe(cost),
    observer: {
      began: () => {
        return ({ operation, data }) => {
          if (!operation || !data || answers++ % ONE_OF !== 0) return;
          actual.observe(costOf(operation).measure(data, operation.variables ?? {}));
        };
      },
    },
  };
}
