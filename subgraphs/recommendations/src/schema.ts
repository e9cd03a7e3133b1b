import type { RoomSchema } from '@tutorgraph/kit/graphql/subgraph';
import { ConversionResolver } from './experiments/conversion.resolver.js';
import { ExperimentResolver } from './experiments/experiment.resolver.js';
import { ExperimentResultsResolver } from './experiments/results.resolver.js';
import { OpeningResolver } from './feedback/opening.resolver.js';
import { RecommendationsLiveResolver } from './fresh-orders/recommendations-live.resolver.js';
import { AlertResolver } from './health/alert.resolver.js';
import { PerformanceResolver } from './health/performance.resolver.js';
import { CatchUpResolver } from './market/catch-up.resolver.js';
import { ApplicationMatchResolver, TutorMatchResolver } from './matches/match.resolver.js';
import { ApplicationReference, TutorReference } from './people/references.types.js';
import { RankingModelResolver } from './ranking/ranking-model.resolver.js';
import { RecommendedOrderResolver } from './recommended-orders/recommended-order.resolver.js';
import { RecommendationResolver } from './results/recommendation.resolver.js';
import { SimilarTutorResolver } from './similar-tutors/similar-tutor.resolver.js';
import { TutorPraiseResolver } from './texts/praise.resolver.js';

/** Every resolver class and entity of this room. */
export const schema: RoomSchema = {
  resolvers: [
    // What the market tells.
    CatchUpResolver,
    // Embeddings.
    // Ranking.
    RankingModelResolver,
    // Feedback.
    OpeningResolver,
    // Results.
    RecommendationResolver,
    TutorMatchResolver,
    ApplicationMatchResolver,
    RecommendedOrderResolver,
    SimilarTutorResolver,
    RecommendationsLiveResolver,
    // Texts.
    TutorPraiseResolver,
    // Experiments.
    ExperimentResolver,
    ConversionResolver,
    ExperimentResultsResolver,
    // Health.
    PerformanceResolver,
    AlertResolver,
  ],
  extensions: [ApplicationReference, TutorReference],
  references: {},
};
