import { Requires } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { RecommendationError } from '../errors.js';
import { UserReference } from '../people/references.types.js';
import type { RankingModel } from './ranking-model.entity.js';
import type { RankingModelService } from './ranking-model.service.js';
import {
  FeatureImportance,
  PromoteRankingModelInput,
  PromoteRankingModelPayload,
  RankingModelConnection,
  RankingModelMetrics,
  RankingModelType,
  RollBackRankingModelPayload,
  TrainRankingModelPayload,
} from './ranking-model.types.js';
import { areMeasured } from './training-metrics.js';

/** Ranking models, in the graph. */
@Resolver(() => RankingModelType)
export class RankingModelResolver {
  constructor(private readonly service: RankingModelService) {}

  @FieldResolver(() => RankingModelMetrics, {
    nullable: true,
    description:
      'How it did when it was trained, beside the model that ran then; null for one that nobody trained here.',
  })
  metrics(@Root() { metrics }: RankingModel): RankingModelMetrics | null {
    return areMeasured(metrics) ? metrics : null;
  }

  @FieldResolver(() => [FeatureImportance], { description: 'What it looks at: what decides most first.' })
  featureImportance(@Root() { importance }: RankingModel): FeatureImportance[] {
    return importance;
  }

  @FieldResolver(() => UserReference, {
    nullable: true,
    description: 'Who let it rank; null when the program did because it was better, or they were erased.',
  })
  promotedBy(@Root() { promotedBy }: RankingModel): UserReference | null {
    return promotedBy ? { id: promotedBy } : null;
  }

  @Requires('recommendations.models.read')
  @Query(() => RankingModelConnection, {
    nullable: true,
    description: 'Every model that ranks or ranked tutors, or was not good enough to: the newest first.',
  })
  rankingModels(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<RankingModel>> {
    return this.service.all(context, page);
  }

  @Requires('recommendations.models.read')
  @Query(() => RankingModelType, { nullable: true, description: 'A ranking model; null when there is none.' })
  rankingModel(
    @Arg('id', () => ID, { description: 'Identity of the model.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<RankingModel | null> {
    return this.service.one(context, id);
  }

  @Requires('recommendations.models.manage')
  @Limited({ viewer: { points: 6, seconds: 3_600 } })
  @Mutation(() => TrainRankingModelPayload, {
    nullable: true,
    description:
      'Begins to train a model on which tutors were shown here and what came of it, as happens every week. If it is for certain better than the one that ranks, it takes its place; with too little to learn from, none is made.',
  })
  trainRankingModel(@Ctx() context: RequestContext) {
    return answer(context, RecommendationError, () => this.service.train(context));
  }

  @Requires('recommendations.models.manage')
  @Mutation(() => PromoteRankingModelPayload, {
    nullable: true,
    description: 'Lets a model rank for everybody from now on. Again is the same.',
  })
  promoteRankingModel(
    @Arg('input', () => PromoteRankingModelInput, { description: 'Which model.' }) { id }: PromoteRankingModelInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, RecommendationError, () => this.service.promote(context, id));
  }

  @Requires('recommendations.models.manage')
  @Mutation(() => RollBackRankingModelPayload, {
    nullable: true,
    description: 'Lets the model rank again that did before the one that does now; once more goes one further back.',
  })
  rollBackRankingModel(@Ctx() context: RequestContext) {
    return answer(context, RecommendationError, () => this.service.rollBack(context));
  }
}
