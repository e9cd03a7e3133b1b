import type { EntityManager } from '@mikro-orm/postgresql';
import type { Signals } from '@tutorgraph/kit/signals/signals';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import { RankingModel } from './ranking-model.entity.js';
import { HAND_MADE, type ModelContent, rankingModelSchema } from './ranking-model.js';

/** A model that ranks, ready to be used. */
export interface LoadedModel {
  id: string;
  version: number;
  content: ModelContent;
  /** Could the stored model not be read, so that the hand-made one ranks in its place? */
  degraded: boolean;
}

const CHANNEL = 'ranking-model-promoted';
/** Signals may be lost: by then the latest, another model is noticed. */
const CHECK_AFTER_MS = 15_000;
/** Models of experiments that are kept in memory beside the one that runs. */
const MOST_NAMED = 8;

/**
 * The models that rank, kept in memory: reading and checking a megabyte of trees for each list would take longer than
 * ranking. All processes of the room let go of it at once when another model is promoted.
 */
export class RunningModel {
  readonly #signals: Signals;
  readonly #logger: Logger;
  readonly #named = new Map<string, LoadedModel>();
  #current: { model: LoadedModel; checkedAt: number } | undefined;
  /** How often it was let go of: what was read before must not be kept after. */
  #dropped = 0;

  constructor({ signals, logger }: { signals: Signals; logger: Logger }) {
    this.#signals = signals;
    this.#logger = logger;
    signals.listen(CHANNEL, () => this.#drop());
  }

  /** The model that ranks for everybody whom no experiment gives another. @throws Error when none was ever made */
  async current(em: EntityManager): Promise<LoadedModel> {
    const known = this.#current;
    if (known && Date.now() - known.checkedAt < CHECK_AFTER_MS) return known.model;
    const drops = this.#dropped;
    const row = await em.fork().findOne(RankingModel, { status: 'RUNNING' }, { fields: ['id'] });
    if (!row) throw new Error('No ranking model runs; start the room again, which makes the hand-made one');
    const model = known?.model.id === row.id ? known.model : await this.#load(em, row.id);
    if (!model) throw new Error(`The ranking model ${row.id} is gone; start the room again`);
    if (drops === this.#dropped) this.#current = { model, checkedAt: Date.now() };
    return model;
  }

  /** A model by its id, for an experiment; null when there is none. */
  async named(em: EntityManager, id: string): Promise<LoadedModel | null> {
    const kept = this.#current?.model.id === id ? this.#current.model : this.#named.get(id);
    if (kept) return kept;
    const model = await this.#load(em, id);
    if (!model) return null;
    const [oldest] = this.#named.keys();
    if (oldest && this.#named.size >= MOST_NAMED) this.#named.delete(oldest);
    this.#named.set(id, model);
    return model;
  }

  /** Tells all processes of the room that another model runs; call it after the commit. */
  changed(): void {
    this.#drop();
    this.#signals.send(CHANNEL, {});
  }

  #drop(): void {
    this.#current = undefined;
    this.#dropped++;
  }

  async #load(em: EntityManager, id: string): Promise<LoadedModel | null> {
    const row = await em.fork().findOne(RankingModel, { id }, { populate: ['content'] });
    if (!row) return null;
    const { version } = row;
    const parsed = rankingModelSchema.safeParse(row.content);
    if (parsed.success) return { id, version, content: parsed.data, degraded: false };
    this.#logger.error(
      { err: parsed.error, model: id, version },
      'A ranking model cannot be read; the hand-made ranks',
    );
    return { id, version, content: HAND_MADE, degraded: true };
  }
}
