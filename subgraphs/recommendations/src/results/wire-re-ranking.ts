import type { RecommendationsCore, RecommendationsPart } from '../core.js';
import { purgeReRankingsJob } from './purge-re-rankings.job.js';
import type { ReRanker } from './re-ranker.js';
import type { RecommenderParts } from './recommend.js';

/** Wires what a language model does to lists. */
export function createReRanking({ tools, reRanker }: RecommendationsCore): RecommendationsPart {
  return { resolvers: [], jobs: [purgeReRankingsJob(tools.orm.em)], close: () => reRanker.close() };
}

/** The step of recommending in which a model looks at the list. */
export function reRanking(reRanker: ReRanker): NonNullable<RecommenderParts['reRank']> {
  return async (_em, wish, ranked, degradation) => {
    const { ranked: set, outcome } = await reRanker.reRank(wish, ranked);
    if (outcome === 'LATE' || outcome === 'FAILED') degradation.note('LANGUAGE_MODEL');
    return outcome === 'ANSWERED' || outcome === 'KEPT' ? set : null;
  };
}
