import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { sql } from 'kysely';
import { modelPromoted } from '../events.js';
import { RankingModel } from './ranking-model.entity.js';
import { importanceOf } from './ranking-model.js';
import type { TrainedRanker } from './train-ranker.js';
import { metricsOf } from './training-metrics.js';

/** Who lets a model rank, and when. */
export interface Promotion {
  /** The account; null for the job. */
  by: string | null;
  at: Date;
}

/** What is known of a training beside its result. */
export interface TrainingOrigin extends Omit<Promotion, 'by'> {
  /** Of the model to be. */
  id: string;
  /** The model that it was compared with. */
  comparedWithId: string;
}

/**
 * Waits until nobody else changes which model runs, to the end of the transaction.
 *
 * @returns the model that runs; null when none does
 */
export async function lockRunning(tx: EntityManager): Promise<RankingModel | null> {
  await sql`select pg_advisory_xact_lock(hashtextextended('recommendations.ranking_models', 0))`.execute(
    tx.getKysely(),
  );
  return tx.findOne(RankingModel, { status: 'RUNNING' });
}

/**
 * Keeps a model that was trained. It runs from now on if it is better than the one that it was compared with, and that
 * one still runs: of two trainings at once the second is not let in unseen.
 */
export async function keepTrained(
  tx: EntityManager,
  trained: Extract<TrainedRanker, { kind: 'TRAINED' }>,
  { id, comparedWithId, at }: TrainingOrigin,
): Promise<RankingModel> {
  const running = await lockRunning(tx);
  const [newest] = await tx.find(RankingModel, {}, { orderBy: { version: 'desc' }, limit: 1, fields: ['version'] });
  const model = tx.create(RankingModel, {
    id,
    version: (newest?.version ?? 0) + 1,
    source: 'TRAINED',
    status: 'REJECTED',
    content: trained.content,
    importance: importanceOf(trained.content),
    dataFrom: new Date(trained.dataFrom),
    dataTo: new Date(trained.dataTo),
    metrics: metricsOf(trained),
    comparedWithId,
    createdAt: at,
    promotedAt: null,
    promotedBy: null,
    formerId: null,
  });
  await tx.flush();
  if (trained.isBetter && running?.id === comparedWithId) await promote(tx, model, running, { by: null, at });
  return model;
}

/** Lets a model run in place of the one that does. Call it with the lock of {@link lockRunning}. */
export async function promote(
  tx: EntityManager,
  model: RankingModel,
  running: RankingModel | null,
  { by, at }: Promotion,
): Promise<void> {
  await putInPlace(tx, model, running, { by, at });
  model.formerId = running?.id ?? null;
  await tx.flush();
}

/** Lets the model run again that ran before; what ran before that one stays known, so that one can go further back. */
export async function rollBack(
  tx: EntityManager,
  former: RankingModel,
  running: RankingModel,
  promotion: Promotion,
): Promise<void> {
  await putInPlace(tx, former, running, promotion);
  await tx.flush();
}

async function putInPlace(
  tx: EntityManager,
  model: RankingModel,
  running: RankingModel | null,
  { by, at }: Promotion,
): Promise<void> {
  if (running) {
    running.status = 'RETIRED';
    // Before the other begins: the index allows one.
    await tx.flush();
  }
  model.status = 'RUNNING';
  model.promotedAt = at;
  model.promotedBy = by;
  recordEvent(tx, modelPromoted.create({ subject: model.id, data: { formerId: running?.id ?? null } }));
}
