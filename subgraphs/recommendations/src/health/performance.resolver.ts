import { Requires } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { CalendarDate } from '@tutorgraph/kit/graphql/scalars';
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { RankingModel } from '../ranking/ranking-model.entity.js';
import { RankingModelType } from '../ranking/ranking-model.types.js';
import { spanOf } from './days.js';
import { type RecommendationFairness, RecommendationFairnessType, toFairness } from './fairness.types.js';
import { type ModelPerformance, modelsById, type PerformanceService } from './performance.service.js';
import { ModelPerformanceType } from './performance.types.js';

const FROM = 'The first day, in UTC.';
const TO = 'The last day; 400 days are the most.';

/** How well ranking models do, in the graph. */
@Resolver(() => ModelPerformanceType)
export class PerformanceResolver {
  constructor(private readonly service: PerformanceService) {}

  @FieldResolver(() => RankingModelType, { description: 'The model.' })
  model(@Root() { modelId }: ModelPerformance, @Ctx() context: RequestContext): Promise<RankingModel | null> {
    return context.loader(modelsById).load(modelId);
  }

  @Requires('recommendations.models.read')
  @Query(() => ModelPerformanceType, {
    nullable: true,
    description:
      'How well a ranking model did in a span of days: order of lists, openings, bookings, coverage, calibration and drift. Null when there is no such model.',
  })
  modelPerformance(
    @Arg('from', () => CalendarDate, { description: FROM }) from: Date,
    @Arg('to', () => CalendarDate, { description: TO }) to: Date,
    @Arg('modelId', () => ID, { nullable: true, description: 'Which model; the one that runs without it.' })
    modelId: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<ModelPerformance | null> {
    return this.service.performance(context, spanOf(from, to), modelId ?? null);
  }

  @Requires('recommendations.models.read')
  @Query(() => RecommendationFairnessType, {
    nullable: true,
    description: 'How much tutors of each city, and newcomers, were shown in a span of days, whichever model ranked.',
  })
  async recommendationFairness(
    @Arg('from', () => CalendarDate, { description: FROM }) from: Date,
    @Arg('to', () => CalendarDate, { description: TO }) to: Date,
    @Ctx() context: RequestContext,
  ): Promise<RecommendationFairness> {
    const days = spanOf(from, to);
    return toFairness(days, await this.service.fairness(context, days));
  }
}
