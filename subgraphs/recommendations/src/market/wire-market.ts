import type { RecommendationsCore, RecommendationsPart } from '../core.js';
import { CatchUpRunner } from './catch-up.js';
import { CatchUpResolver } from './catch-up.resolver.js';
import { CatchUpService } from './catch-up.service.js';
import { catchUpMarketJob } from './catch-up-market.job.js';
import { marketConsumer } from './market.consumer.js';
import type { MarketListener } from './market-change.js';
import { MarketRefresh } from './market-refresh.js';
import { MarketSource } from './market-source.js';
import { MarketWriter } from './market-writer.js';
import { refreshMarketJob } from './refresh-market.job.js';
import { studentsConsumer } from './students.consumer.js';

/**
 * Wires what the market tells.
 *
 * @param listeners are told in the same transaction of each change of the picture of the market
 */
export function createMarket(
  { tools: { orm, graph } }: RecommendationsCore,
  listeners: readonly MarketListener[] = [],
): RecommendationsPart {
  const source = new MarketSource(graph);
  const writer = new MarketWriter(listeners);
  const catchUp = catchUpMarketJob(new CatchUpRunner(orm.em, source, writer));
  return {
    resolvers: [new CatchUpResolver(new CatchUpService(catchUp.job))],
    jobs: [catchUp.job, refreshMarketJob(new MarketRefresh(orm.em, listeners))],
    consumers: [marketConsumer(source, writer), studentsConsumer(orm.em, source, writer)],
    started: () => catchUp.enqueueIfNeeded(orm.em),
  };
}
