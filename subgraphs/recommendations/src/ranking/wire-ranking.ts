import type { RecommendationsCore, RecommendationsPart } from '../core.js';
import { beginRanking } from './begin-ranking.js';
import { RankerTrainer } from './ranker-trainer.js';
import { RankingModelResolver } from './ranking-model.resolver.js';
import { RankingModelService } from './ranking-model.service.js';
import { trainRankerJob } from './train-ranker.job.js';

/** Wires the models that rank. */
export function createRanking({ tools, environment, models }: RecommendationsCore): RecommendationsPart {
  const { em } = tools.orm;
  const job = trainRankerJob(new RankerTrainer(em, models, environment.RANKER_LEAST_LISTS));
  return {
    resolvers: [new RankingModelResolver(new RankingModelService(models, job))],
    jobs: [job],
    prepare: () => beginRanking(em),
  };
}
