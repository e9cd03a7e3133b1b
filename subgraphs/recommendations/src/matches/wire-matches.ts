import type { RecommendationsCore, RecommendationsPart } from '../core.js';
import type { Variants } from '../experiments/variants.js';
import { PairScorer } from '../pairs/pair-scorer.js';
import { RecommendedOrderResolver } from '../recommended-orders/recommended-order.resolver.js';
import { RecommendedOrderService } from '../recommended-orders/recommended-order.service.js';
import { SimilarTutorResolver } from '../similar-tutors/similar-tutor.resolver.js';
import { type NearestProfiles, SimilarTutorService } from '../similar-tutors/similar-tutor.service.js';
import { ApplicationMatchResolver, TutorMatchResolver } from './match.resolver.js';
import { MatchService } from './match.service.js';

/** Wires how well tutors and orders match, which orders to answer, and who is like whom. */
export function createMatches(
  { tools: { logger }, recommender, feedback }: RecommendationsCore,
  nearest: NearestProfiles,
  variants: Variants,
): RecommendationsPart {
  const scorer = new PairScorer(recommender, logger);
  const matches = new MatchService(scorer);
  return {
    resolvers: [
      new TutorMatchResolver(matches),
      new ApplicationMatchResolver(matches),
      new RecommendedOrderResolver(new RecommendedOrderService({ scorer, variants, feedback })),
      new SimilarTutorResolver(new SimilarTutorService({ nearest, variants, feedback, logger })),
    ],
  };
}
