import { Requires } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { RecommendationError } from '../errors.js';
import type { RankingModel } from '../ranking/ranking-model.entity.js';
import { RankingModelType } from '../ranking/ranking-model.types.js';
import type { AlertService } from './alert.service.js';
import {
  AcknowledgeModelAlertInput,
  AcknowledgeModelAlertPayload,
  ModelAlertConnection,
  ModelAlertType,
} from './alert.types.js';
import type { ModelAlert } from './health.entity.js';
import { modelsById } from './performance.service.js';

/** Alerts about models, in the graph. */
@Resolver(() => ModelAlertType)
export class AlertResolver {
  constructor(private readonly service: AlertService) {}

  @FieldResolver(() => RankingModelType, { description: 'The model that ran then.' })
  model(@Root() { modelId }: ModelAlert, @Ctx() context: RequestContext): Promise<RankingModel | null> {
    return context.loader(modelsById).load(modelId);
  }

  @Requires('recommendations.models.read')
  @Query(() => ModelAlertConnection, {
    nullable: true,
    description: 'Figures of models that are or were out of bounds: the newest first.',
  })
  modelAlerts(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('open', () => Boolean, { nullable: true, description: 'Only open ones, or only closed ones; all without it.' })
    open: boolean | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<ModelAlert>> {
    return this.service.alerts(context, open ?? null, page);
  }

  @Requires('recommendations.models.manage')
  @Mutation(() => AcknowledgeModelAlertPayload, {
    nullable: true,
    description: 'Says that you have taken note of an alert; the first who does so stays. It closes by itself.',
  })
  acknowledgeModelAlert(
    @Arg('input', () => AcknowledgeModelAlertInput, { description: 'Which alert.' }) input: AcknowledgeModelAlertInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, RecommendationError, () => this.service.acknowledge(context, input));
  }
}
