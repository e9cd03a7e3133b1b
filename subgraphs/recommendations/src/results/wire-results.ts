import { type CacheStore, openCacheStore } from '@tutorgraph/kit/cache/cache-store';
import type { RecommendationsCore, RecommendationsPart } from '../core.js';
import type { Variants } from '../experiments/variants.js';
import { KeptLists } from './kept-lists.js';
import { RecommendationResolver } from './recommendation.resolver.js';
import { RecommendationService } from './recommendation.service.js';

/** Wires recommended tutors; `lists` is for whatever makes lists stale. */
export function createResults(
  core: RecommendationsCore,
  variants: Variants,
): RecommendationsPart & { lists: KeptLists } {
  const { recommender, feedback, environment, tools } = core;
  const { logger, metrics } = tools;
  const opening = openCacheStore(environment.REDIS_URL, logger);
  const store: CacheStore = {
    read: async (keys) => (await opening).store.read(keys),
    write: async (entries, ttlMs) => (await opening).store.write(entries, ttlMs),
  };
  const lists = new KeptLists({ store, logger, metrics });
  const service = new RecommendationService({ recommender, lists, variants, feedback, logger });
  return {
    lists,
    resolvers: [new RecommendationResolver(service)],
    close: async () => (await opening).close(),
  };
}
