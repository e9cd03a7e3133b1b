import { purgeIdempotencyKeysJob } from '@tutorgraph/kit/idempotency/purge-idempotency-keys.job';
import type { RoomParts, RoomTools } from '@tutorgraph/kit/room/room';
import type { RecommendationsCore, RecommendationsPart } from './core.js';
import { nearestToTutor } from './embeddings/nearest.js';
import { profileSearch } from './embeddings/profile-search.js';
import { createEmbeddings, type EmbeddingsPart } from './embeddings/wire-embeddings.js';
import { readRecommendationsEnvironment } from './environment.js';
import { createExperiments } from './experiments/wire-experiments.js';
import { Feedback } from './feedback/feedback.js';
import { createFeedback } from './feedback/wire-feedback.js';
import { noteFreshOrders } from './fresh-orders/note-fresh-orders.js';
import { createFreshOrders } from './fresh-orders/wire-fresh-orders.js';
import { createHealth } from './health/wire-health.js';
import { createMarket } from './market/wire-market.js';
import { createMatches } from './matches/wire-matches.js';
import { RunningModel } from './ranking/running-model.js';
import { createRanking } from './ranking/wire-ranking.js';
import { ReRanker } from './results/re-ranker.js';
import { Recommender } from './results/recommend.js';
import { SubjectUsual } from './results/subject-usual.js';
import { createReRanking, reRanking } from './results/wire-re-ranking.js';
import { createResults } from './results/wire-results.js';
import { createTexts } from './texts/wire-texts.js';

/** Wires the recommendations room. */
export function createRecommendations(tools: RoomTools): RoomParts {
  const environment = readRecommendationsEnvironment(tools.settings);
  const models = new RunningModel(tools);
  const feedback = new Feedback(tools.orm.em, tools.metrics, tools.logger);
  const reRanker = new ReRanker({ em: tools.orm.em, ai: tools.ai, logger: tools.logger, settings: environment });
  const embeddings = createEmbeddings(tools);
  const recommender = new Recommender({
    models,
    texts: profileSearch(embeddings.wishVectors),
    usual: new SubjectUsual(),
    reRank: reRanking(reRanker),
    logger: tools.logger,
  });
  const parts = partsOf({ tools, environment, models, feedback, reRanker, recommender }, embeddings);
  return {
    resolvers: parts.flatMap(({ resolvers }) => resolvers),
    jobs: [purgeIdempotencyKeysJob(tools.orm.em), ...parts.flatMap(({ jobs = [] }) => jobs)],
    consumers: parts.flatMap(({ consumers = [] }) => consumers),
    prepare: async () => {
      for (const { prepare } of parts) await prepare?.();
    },
    started: async () => {
      for (const { started } of parts) await started?.();
    },
    close: async () => {
      for (const { close } of parts) await close?.();
    },
    routes: (app) => {
      for (const { routes } of parts) routes?.(app);
    },
  };
}

/** Every part of the room. */
function partsOf(core: RecommendationsCore, embeddings: EmbeddingsPart): readonly RecommendationsPart[] {
  const experiments = createExperiments(core);
  const results = createResults(core, experiments.variants);
  return [
    // What the market tells.
    createMarket(core, [noteFreshOrders]),
    // Embeddings.
    embeddings,
    // Ranking.
    createRanking(core),
    // Feedback.
    createFeedback(core),
    // Results.
    results,
    createReRanking(core),
    createMatches(core, nearestToTutor, experiments.variants),
    createFreshOrders(core, results.lists),
    // Texts.
    createTexts(core),
    // Experiments.
    experiments,
    // Health.
    createHealth(core),
  ];
}
