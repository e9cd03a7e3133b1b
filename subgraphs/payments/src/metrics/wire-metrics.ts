import type { PaymentsPart } from '../core.js';
import {
  MoneyOfDayResolver,
  PlatformMetricsResolver,
  ProfitOfMonthResolver,
  ProfitReportResolver,
} from './metrics.resolver.js';
import { MetricsService } from './metrics.service.js';

/** Figures of the platform's money. */
export function createMetrics(): PaymentsPart {
  const metrics = new MetricsService();
  return {
    resolvers: [
      new PlatformMetricsResolver(metrics),
      new MoneyOfDayResolver(),
      new ProfitOfMonthResolver(),
      new ProfitReportResolver(metrics),
    ],
  };
}
