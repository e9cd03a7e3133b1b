import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { newId } from '@tutorgraph/kit/database/id';
import { afterCommit, transaction } from '@tutorgraph/kit/database/transaction';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import type { RecommendationErrorCode } from '../errors.js';
import { lockRunning, promote, rollBack } from './promotion.js';
import type { RankingModel } from './ranking-model.entity.js';
import { rankingModelSchema } from './ranking-model.js';
import { findModel, findModels, findWholeModel } from './ranking-model.repository.js';
import type { RunningModel } from './running-model.js';
import type { TrainRankerJob } from './train-ranker.job.js';

/** Which models rank, and which did. */
export class RankingModelService {
  constructor(
    private readonly models: RunningModel,
    private readonly trainJob: TrainRankerJob,
  ) {}

  all(context: RequestContext, page: PageRequest): Promise<Connection<RankingModel>> {
    return findModels(context.em, page);
  }

  one(context: RequestContext, id: string): Promise<RankingModel | null> {
    return findModel(context.em, id);
  }

  /** Begins to train on what people here were shown and did. */
  async train(context: RequestContext): Promise<{ modelId: string }> {
    const modelId = newId();
    return transaction(context.em, async (tx) => {
      await enqueue(tx, this.trainJob, { modelId });
      const action = 'recommendations.ranking-model.train';
      recordStaffAction(tx, context, { action, resource: 'RankingModel', resourceId: modelId });
      return { modelId };
    });
  }

  /**
   * Lets a model rank for everybody; again is the same.
   *
   * @throws Refusal NOT_FOUND; MODEL_UNREADABLE when this version of the program cannot read it
   */
  async promote(context: RequestContext, id: string): Promise<{ model: RankingModel }> {
    return transaction(context.em, async (tx) => {
      const running = await lockRunning(tx);
      const model = readable(await findWholeModel(tx, id), ['input', 'id']);
      if (running?.id === model.id) return { model };
      await promote(tx, model, running, { by: context.user.userId, at: new Date() });
      const action = 'recommendations.ranking-model.promote';
      recordStaffAction(tx, context, { action, resource: 'RankingModel', resourceId: model.id });
      afterCommit(() => this.models.changed());
      return { model };
    });
  }

  /**
   * Lets the model rank again that did before the one that does now.
   *
   * @throws Refusal NO_FORMER_MODEL when there was none; MODEL_UNREADABLE as above
   */
  async rollBack(context: RequestContext): Promise<{ model: RankingModel }> {
    return transaction(context.em, async (tx) => {
      const running = await lockRunning(tx);
      if (!running?.formerId) throw new Refusal<RecommendationErrorCode>('NO_FORMER_MODEL');
      const former = readable(await findWholeModel(tx, running.formerId));
      await rollBack(tx, former, running, { by: context.user.userId, at: new Date() });
      const action = 'recommendations.ranking-model.roll-back';
      recordStaffAction(tx, context, { action, resource: 'RankingModel', resourceId: former.id });
      afterCommit(() => this.models.changed());
      return { model: former };
    });
  }
}

/** The model, if it is there and can rank. */
function readable(model: RankingModel | null, field?: readonly string[]): RankingModel {
  if (!model) throw new Refusal<RecommendationErrorCode>('NOT_FOUND', field);
  if (!rankingModelSchema.safeParse(model.content).success) {
    throw new Refusal<RecommendationErrorCode>('MODEL_UNREADABLE', field);
  }
  return model;
}
