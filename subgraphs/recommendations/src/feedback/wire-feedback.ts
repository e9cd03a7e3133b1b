import type { RecommendationsCore, RecommendationsPart } from '../core.js';
import { MarketplaceFacts } from './happened.js';
import { OpeningResolver } from './opening.resolver.js';
import { OpeningService } from './opening.service.js';
import { outcomesConsumer } from './outcomes.consumer.js';
import { purgeFeedbackJob } from './purge-feedback.job.js';

/** Wires what becomes of tutors who are shown. */
export function createFeedback({ tools, feedback }: RecommendationsCore): RecommendationsPart {
  return {
    resolvers: [new OpeningResolver(new OpeningService(feedback))],
    jobs: [purgeFeedbackJob(tools.orm.em)],
    consumers: [outcomesConsumer(new MarketplaceFacts(tools.graph), tools.metrics)],
    close: () => feedback.flush(),
  };
}
