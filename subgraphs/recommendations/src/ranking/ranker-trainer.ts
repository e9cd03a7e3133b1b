import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { OUTCOME_DAYS } from './grades.rules.js';
import { readLoggedLists } from './logged-lists.repository.js';
import { keepTrained } from './promotion.js';
import { RankingModel, type RankingModel as RankingModelRow } from './ranking-model.entity.js';
import { runTraining } from './run-training.js';
import type { RunningModel } from './running-model.js';
import type { TrainedRanker } from './train-ranker.js';

/** One training. */
export interface Training {
  /** Of the model to be; the same again is not trained twice. */
  modelId: string;
  at: Date;
  signal: AbortSignal;
  /** Told the share that is done. */
  onProgress?(share: number): void;
}

/** What came of it: the model with its metrics, or what there was too little of; null when it was done before. */
export type TrainingResult =
  | Extract<TrainedRanker, { kind: 'TOO_LITTLE' }>
  | { kind: 'TRAINED'; model: RankingModelRow }
  | null;

const DAY_MS = 24 * 60 * 60 * 1000;
/** What was shown earlier was another market. */
const HISTORY_DAYS = 180;
const MOST_LISTS = 12_000;

/** Trains on what people here were shown and did, and lets the new model run if it is for certain better. */
export class RankerTrainer {
  constructor(
    private readonly em: EntityManager,
    private readonly models: RunningModel,
    private readonly leastLists: number,
  ) {}

  /** @throws whatever the database or the thread throws; the reason of the signal */
  async train({ modelId, at, signal, onProgress }: Training): Promise<TrainingResult> {
    const em = this.em.fork();
    if ((await em.count(RankingModel, { id: modelId })) > 0) return null;
    const running = await this.models.current(em);
    const to = new Date(at.getTime() - OUTCOME_DAYS * DAY_MS);
    const from = new Date(to.getTime() - HISTORY_DAYS * DAY_MS);
    const lists = await readLoggedLists(em, { from, to, most: MOST_LISTS });
    const options = { running: running.content, leastLists: this.leastLists, ...(onProgress && { onProgress }) };
    const trained = await runTraining({ lists }, options, signal);
    if (trained.kind === 'TOO_LITTLE') return trained;
    const origin = { id: modelId, comparedWithId: running.id, at };
    const model = await transaction(this.em, (tx) => keepTrained(tx, trained, origin));
    if (model.status === 'RUNNING') this.models.changed();
    return { kind: 'TRAINED', model };
  }
}
