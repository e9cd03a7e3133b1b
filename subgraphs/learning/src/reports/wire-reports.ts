import { SignedQueries } from '@tutorgraph/kit/secrets/signed-query';
import type { LearningCore, LearningPart } from '../core.js';
import { CuratorDashboardResolver } from '../curator-desk/curator-dashboard.resolver.js';
import { computeDailyMetricsJob } from './compute-daily-metrics.job.js';
import { ProfitReportResolver } from './profit.resolver.js';
import { ReportResolver } from './report.resolver.js';
import { ReportService } from './report.service.js';
import { ReportExports } from './report-exports.js';

/** Wires figures of the school. */
export function createReports({ tools, environment }: LearningCore): LearningPart {
  const { em } = tools.orm;
  const reports = new ReportService(tools.graph, tools.live);
  const exports = new ReportExports(new SignedQueries(environment.SECRET_KEY, 'report exports'), tools.origin);
  return {
    resolvers: [
      new CuratorDashboardResolver(),
      new ReportResolver(reports, exports),
      new ProfitReportResolver(reports),
    ],
    jobs: [computeDailyMetricsJob(em)],
    routes: (app) => exports.register(app, em),
  };
}
