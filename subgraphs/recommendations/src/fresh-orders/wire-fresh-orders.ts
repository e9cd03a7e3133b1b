import type { RecommendationsCore, RecommendationsPart } from '../core.js';
import type { KeptLists } from '../results/kept-lists.js';
import { promotedModelsConsumer, withdrawnOffersConsumer } from './fresh-orders.consumers.js';
import { FreshOrders } from './fresh-orders.js';
import { RecommendationsLiveResolver } from './recommendations-live.resolver.js';
import { RecommendationsLiveService } from './recommendations-live.service.js';
import { refreshFreshOrdersJob } from './refresh-fresh-orders.job.js';

/** Wires what is told of fresh orders. */
export function createFreshOrders({ tools, recommender }: RecommendationsCore, lists: KeptLists): RecommendationsPart {
  const { orm, live, logger } = tools;
  return {
    resolvers: [new RecommendationsLiveResolver(new RecommendationsLiveService(live))],
    consumers: [withdrawnOffersConsumer(), promotedModelsConsumer()],
    jobs: [refreshFreshOrdersJob(new FreshOrders(orm.em, recommender, lists, logger))],
  };
}
