import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { newId } from '@tutorgraph/kit/database/id';
import { afterCommit, transaction } from '@tutorgraph/kit/database/transaction';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { once } from '@tutorgraph/kit/idempotency/idempotency';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import type { z } from 'zod';
import { refusing } from '../constraints.js';
import type { RecommendationErrorCode } from '../errors.js';
import { RankingModel } from '../ranking/ranking-model.entity.js';
import { rampTo, shareOfTraffic } from './assignment.rules.js';
import { Experiment, ExperimentMetric, ExperimentVariant } from './experiment.entity.js';
import {
  type ExperimentSearch,
  findExperiment,
  findExperiments,
  lockExperiment,
  metricsOfExperiments,
  variantsOfExperiments,
} from './experiment.repository.js';
import type { ExperimentStatus } from './experiment.rules.js';
import { experimentEnd, experimentInput, experimentMove, experimentRamp } from './experiment-input.rules.js';
import { moveExperiment } from './move-experiment.js';
import type { RunningExperiments } from './running-experiments.js';

type Wanted = Omit<z.output<typeof experimentInput>, 'idempotencyKey'>;

const OVERLAPS = ['EXPERIMENTS_OVERLAP', 'experimentId'] as const;

/** Experiments, for staff. */
export class ExperimentService {
  constructor(private readonly running: RunningExperiments) {}

  list(context: RequestContext, search: ExperimentSearch, page: PageRequest): Promise<Connection<Experiment>> {
    return findExperiments(context.em, search, page);
  }

  find(context: RequestContext, id: string): Promise<Experiment | null> {
    return findExperiment(context.em, id);
  }

  variantsOf(context: RequestContext, { id }: Experiment): Promise<ExperimentVariant[]> {
    return context.loader(variantsOfExperiments).load(id);
  }

  metricsOf(context: RequestContext, { id }: Experiment): Promise<ExperimentMetric[]> {
    return context.loader(metricsOfExperiments).load(id);
  }

  /** The share of its units that takes part by now, in basis points; of one that is paused, when it goes on. */
  shareOf({ ramp, rampFrom = null, pausedAt, completedAt }: Experiment): number {
    return shareOfTraffic({ ramp, rampFrom }, pausedAt ?? completedAt ?? new Date());
  }

  /** @throws Refusal INVALID_INPUT, NOT_FOUND, EXPERIMENT_NAME_TAKEN, IDEMPOTENCY_KEY_REUSED */
  async create(context: RequestContext, input: unknown): Promise<Experiment> {
    const { idempotencyKey: key, ...wanted } = accept(experimentInput, input, context.locale);
    const call = { viewerId: context.user.userId, mutation: 'createExperiment', key, input: wanted };
    const create = () =>
      transaction(context.em, (tx) =>
        once<Experiment, { experimentId: string }>(tx, call, {
          work: () => this.add(context, tx, wanted),
          reference: ({ id }) => ({ experimentId: id }),
          recall: ({ experimentId }) => tx.findOneOrFail(Experiment, { id: experimentId }),
        }),
      );
    return refusing({ experiments_name_unique: ['EXPERIMENT_NAME_TAKEN', 'name'] }, create);
  }

  /** Starts it, or goes on after a pause. @throws Refusal NOT_FOUND, EXPERIMENT_STATUS, EXPERIMENTS_OVERLAP */
  start(context: RequestContext, input: unknown): Promise<Experiment> {
    const { experimentId } = accept(experimentMove, input, context.locale);
    const refusals = { experiments_ranges_apart: OVERLAPS, experiments_units_alike: OVERLAPS };
    return refusing(refusals, () => this.move(context, experimentId, 'RUNNING'));
  }

  /** @throws Refusal NOT_FOUND, EXPERIMENT_STATUS */
  pause(context: RequestContext, input: unknown): Promise<Experiment> {
    const { experimentId } = accept(experimentMove, input, context.locale);
    return this.move(context, experimentId, 'PAUSED');
  }

  /**
   * Lets another share of its units take part from now on. Whoever is in stays, with their variant.
   *
   * @throws Refusal INVALID_INPUT, NOT_FOUND, EXPERIMENT_STATUS, EXPERIMENT_RAMP_SHRINKS
   */
  ramp(context: RequestContext, input: unknown): Promise<Experiment> {
    const { experimentId, ...wanted } = accept(experimentRamp, input, context.locale);
    return transaction(context.em, async (tx) => {
      const experiment = await lockExperiment(tx, experimentId);
      if (!experiment) throw new Refusal<RecommendationErrorCode>('NOT_FOUND', ['input', 'experimentId']);
      const { ramp: before, rampFrom, pausedAt, completedAt } = experiment;
      if (!rampFrom || completedAt) {
        throw new Refusal<RecommendationErrorCode>('EXPERIMENT_STATUS', ['input', 'experimentId']);
      }
      const ramp = rampTo({ ramp: before, rampFrom }, pausedAt ?? new Date(), wanted);
      if (!ramp) throw new Refusal<RecommendationErrorCode>('EXPERIMENT_RAMP_SHRINKS', ['input', 'share']);
      experiment.ramp = ramp;
      const action = 'recommendations.experiment.ramp';
      recordStaffAction(tx, context, { action, resource: 'Experiment', resourceId: experimentId, fields: ['ramp'] });
      afterCommit(() => this.running.tellChanged());
      return experiment;
    });
  }

  /** @throws Refusal NOT_FOUND, EXPERIMENT_STATUS */
  complete(context: RequestContext, input: unknown): Promise<Experiment> {
    const { experimentId, winner } = accept(experimentEnd, input, context.locale);
    return this.move(context, experimentId, 'COMPLETED', winner ?? null);
  }

  private move(
    context: RequestContext,
    experimentId: string,
    to: ExperimentStatus,
    winner: string | null = null,
  ): Promise<Experiment> {
    return transaction(context.em, async (tx) => {
      const experiment = await lockExperiment(tx, experimentId);
      if (!experiment) throw new Refusal<RecommendationErrorCode>('NOT_FOUND', ['input', 'experimentId']);
      if (winner !== null && (await tx.count(ExperimentVariant, { experimentId, key: winner })) === 0) {
        throw new Refusal<RecommendationErrorCode>('NOT_FOUND', ['input', 'winner']);
      }
      if (!moveExperiment(tx, experiment, to, { at: new Date(), winner })) {
        throw new Refusal<RecommendationErrorCode>('EXPERIMENT_STATUS', ['input', 'experimentId']);
      }
      const action = ACTIONS[to];
      recordStaffAction(tx, context, { action, resource: 'Experiment', resourceId: experiment.id, fields: ['status'] });
      afterCommit(() => this.running.tellChanged());
      return experiment;
    });
  }

  private async add(context: RequestContext, tx: EntityManager, wanted: Wanted): Promise<Experiment> {
    const { variants, metrics, ...rest } = wanted;
    await assertModelsExist(tx, variants);
    const id = newId();
    const experiment = tx.create(Experiment, {
      ...rest,
      ...{ id, status: 'DRAFT', ownerId: context.user.userId, createdAt: new Date() },
    });
    for (const [index, variant] of variants.entries()) {
      tx.create(ExperimentVariant, { ...variant, id: newId(), experimentId: id, position: index + 1 });
    }
    for (const [index, metric] of metrics.entries()) {
      tx.create(ExperimentMetric, { ...metric, id: newId(), experimentId: id, position: index + 1 });
    }
    const action = 'recommendations.experiment.create';
    recordStaffAction(tx, context, { action, resource: 'Experiment', resourceId: id });
    await tx.flush();
    return experiment;
  }
}

const ACTIONS = {
  DRAFT: 'recommendations.experiment.create',
  RUNNING: 'recommendations.experiment.start',
  PAUSED: 'recommendations.experiment.pause',
  COMPLETED: 'recommendations.experiment.complete',
} as const satisfies Record<ExperimentStatus, string>;

async function assertModelsExist(tx: EntityManager, variants: Wanted['variants']): Promise<void> {
  const ids = [...new Set(variants.flatMap(({ payload }) => payload.rankingModelId ?? []))];
  if (ids.length > 0 && (await tx.count(RankingModel, { id: { $in: ids } })) < ids.length) {
    throw new Refusal<RecommendationErrorCode>('NOT_FOUND', ['input', 'variants']);
  }
}
