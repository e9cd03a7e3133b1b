import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { OUTCOME_DAYS } from '../ranking/grades.rules.js';
import { RankingModel } from '../ranking/ranking-model.entity.js';
import { type Days, dayOf, shifted } from './days.js';
import { exposuresOf } from './exposure.repository.js';
import { type Fairness, fairnessOf } from './fairness.rules.js';
import { shareOf } from './figures.rules.js';
import { ModelDay, ModelReference } from './health.entity.js';
import { driftOf, performanceOf } from './performance.rules.js';
import type {
  ModelCalibration,
  ModelDrift,
  ModelPerformanceDay,
  ModelPerformanceType,
  PlacePerformance,
} from './performance.types.js';

/** Figures of a model, and which one it is. */
export type ModelPerformance = ModelPerformanceType & { modelId: string };

/** Models by their ids, batched. */
export const modelsById = defineLoader<string, RankingModel | null>(
  async ({ em }, ids) => {
    const models = await em.find(RankingModel, { id: { $in: [...ids] } });
    return new Map(models.map((model) => [model.id, model]));
  },
  { absent: () => null },
);

/** How well ranking models do. */
export class PerformanceService {
  /** Figures of a model, or of the one that runs; null when there is none. */
  async performance(context: RequestContext, days: Days, modelId: string | null): Promise<ModelPerformance | null> {
    const { em } = context;
    const id = modelId === null ? await runningModel(em) : modelId;
    if (id === null || !isId(id) || !(await context.loader(modelsById).load(id))) return null;
    const found = await em.find(
      ModelDay,
      { modelId: id, day: { $gte: days.from, $lte: days.to } },
      { orderBy: { day: 'asc' } },
    );
    const reference = await em.findOne(ModelReference, { modelId: id });
    return { modelId: id, ...days, ...toFigures(found, reference, new Date()) };
  }

  /** Who was shown how much. */
  async fairness(context: RequestContext, days: Days): Promise<Fairness> {
    return fairnessOf(await exposuresOf(context.em, days));
  }
}

async function runningModel(em: EntityManager): Promise<string | null> {
  return (await em.findOne(RankingModel, { status: 'RUNNING' }, { fields: ['id'] }))?.id ?? null;
}

function toFigures(found: readonly ModelDay[], reference: ModelReference | null, now: Date) {
  const { places, chances, calibrationError, coverage, gini, ...figures } = performanceOf(found);
  return {
    ...figures,
    settledUntil: shifted(dayOf(now), -OUTCOME_DAYS - 1),
    places: places.map(
      ({ shown, opened, succeeded }, index): PlacePerformance => ({
        place: index + 1,
        opened: shareOf(opened, shown),
        succeeded: shareOf(succeeded, shown),
      }),
    ),
    coverage: coverage && { tutors: coverage, gini },
    calibration: {
      error: calibrationError,
      bins: chances.map(({ count, chances: told, succeeded }) => ({
        count,
        told: count === 0 ? null : told / count,
        real: shareOf(succeeded, count),
      })),
    } satisfies ModelCalibration,
    drift: toDrift(found, reference),
    days: found.map((day) => toDay(day, reference)),
  };
}

function toDrift(days: readonly ModelDay[], reference: ModelReference | null): ModelDrift | null {
  if (!reference || days.length === 0) return null;
  const { score, features } = driftOf(days, reference);
  return { score, features: [...features], isTraining: reference.isTraining };
}

function toDay(day: ModelDay, reference: ModelReference | null): ModelPerformanceDay {
  const { lists, ndcg, clickThrough, bookingConversion, coverage } = performanceOf([day]);
  const drift = reference ? (driftOf([day], reference).features[0]?.index ?? null) : null;
  return { day: day.day, lists, ndcg, clickThrough, bookingConversion, coverage, drift };
}
