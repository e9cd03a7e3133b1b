import type { RecommendationsCore, RecommendationsPart } from '../core.js';
import { AlertResolver } from './alert.resolver.js';
import { AlertService } from './alert.service.js';
import { countModelDaysJob, countTodayJob } from './model-days.job.js';
import { PerformanceResolver } from './performance.resolver.js';
import { PerformanceService } from './performance.service.js';

/** Wires how well models do. */
export function createHealth({ tools }: RecommendationsCore): RecommendationsPart {
  const { em } = tools.orm;
  return {
    resolvers: [new PerformanceResolver(new PerformanceService()), new AlertResolver(new AlertService())],
    jobs: [countModelDaysJob(em), countTodayJob(em)],
  };
}
