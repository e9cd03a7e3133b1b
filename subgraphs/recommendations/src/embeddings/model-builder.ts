import type { MikroORM } from '@mikro-orm/postgresql';
import type { AiClient } from '@tutorgraph/kit/ai/ai-client';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import { purgeCache } from './embedding-cache.js';
import {
  abandonBuilding,
  activate,
  beginBuilding,
  beginWith,
  liveModels,
  type NewModel,
  outdatedModels,
  removeModel,
  type StoredModel,
} from './embedding-models.js';
import { fillVectors } from './fill-vectors.js';
import { fitModel, isFitDue } from './fit-model.js';
import type { LocalModels } from './local-models.js';
import { measureScale } from './similarity-scale.js';
import type { TextEmbedders } from './text-embedders.js';
import { dropVectorIndex, indexVectors } from './vector-index.js';
import { removeSomeVectors, removeUnwanted } from './vectors.repository.js';

/** Changes may come as quickly as vectors are made; after so many times the next run goes on. */
const MOST_PASSES = 5;

/** What {@link ModelBuilder} is built on. */
export interface BuilderParts {
  orm: MikroORM;
  ai: AiClient;
  locals: LocalModels;
  embedders: TextEmbedders;
  logger: Logger;
}

/**
 * Keeps the vectors of the model that is compared, and changes the model: to the provider's where there is one, else to one of this
 * process that is fitted on the catalogue. Another model's vectors are made and indexed beside those in use, and are used
 * once all are there. A run can be cut off anywhere; several at once do the same work twice at worst.
 */
export class ModelBuilder {
  constructor(private readonly parts: BuilderParts) {}

  /** Has something to compare with from the first start on. */
  async begin(): Promise<void> {
    const { orm, locals } = this.parts;
    const { model: id, dimensions } = locals.unfitted;
    await beginWith(orm.em.fork(), { id, source: 'LOCAL', dimensions });
  }

  /** One run. @throws AiUnavailableError when the provider does not answer; what was made until then stays */
  async run(signal: AbortSignal): Promise<void> {
    const { orm } = this.parts;
    await this.purge();
    const live = await liveModels(orm.em.fork());
    const active = live.find(({ state }) => state === 'ACTIVE');
    // First what is compared now: to make another model's vectors may take long. What fails there may be why another is wanted.
    const failure: unknown = active && (await this.keep(active, signal).catch((error: unknown) => error));
    signal.throwIfAborted();
    const wanted = await this.wanted(live, signal);
    if (wanted.id === active?.id) {
      await abandonBuilding(orm.em.fork(), wanted.id);
      if (failure) throw failure;
      return;
    }
    await beginBuilding(orm.em, wanted);
    await this.build(wanted, signal);
  }

  private async keep(active: StoredModel, signal: AbortSignal): Promise<void> {
    const { orm, embedders, logger } = this.parts;
    const embedder = await embedders.of(orm.em, active);
    if (embedder) {
      const filled = await fillVectors(orm.em, { model: active, embedder, signal });
      if (filled > 0)
        logger.info({ model: active.id, filled }, 'Texts were embedded whose vectors were missing or old');
    }
    await measureScale(orm.em.fork(), active);
    await indexVectors(orm, active);
  }

  /** What should be compared. A model that is being made already is gone on with. */
  private async wanted(live: readonly StoredModel[], signal: AbortSignal): Promise<NewModel> {
    const { orm, ai, embedders, locals } = this.parts;
    if (ai.hasProvider) return { ...(await embedders.provided(signal)), source: 'PROVIDER' };
    const own: StoredModel[] = [];
    for (const model of live) {
      if (model.source === 'LOCAL' && (await locals.of(orm.em, model.id))) own.push(model);
    }
    const newest = own.at(-1);
    const fitted = (await isFitDue(orm.em.fork(), newest)) ? await fitModel(orm.em.fork(), signal) : null;
    if (fitted) return fitted;
    const { model: id, dimensions } = locals.unfitted;
    return newest ?? { id, source: 'LOCAL', dimensions };
  }

  private async build(model: NewModel, signal: AbortSignal): Promise<void> {
    const { orm, embedders, logger } = this.parts;
    const embedder = await embedders.of(orm.em, model);
    if (!embedder)
      throw new Error(`Nothing here makes vectors of the model ${model.id}; look for an error before this one`);
    for (let pass = 0; pass < MOST_PASSES; pass++) {
      const filled = await fillVectors(orm.em, { model, embedder, signal });
      if (!(await indexVectors(orm, model))) return;
      await measureScale(orm.em.fork(), model);
      if (await activate(orm.em, model.id)) {
        logger.info({ model: model.id }, 'Profiles and orders are compared by another model from now on');
        return;
      }
      if (filled === 0) return;
    }
  }

  private async purge(): Promise<void> {
    const { orm } = this.parts;
    const em = orm.em.fork();
    await purgeCache(em);
    await removeUnwanted(em);
    for (const id of await outdatedModels(em)) {
      if (!(await dropVectorIndex(orm, id))) continue;
      while (await removeSomeVectors(em, id));
      await removeModel(em, id);
    }
  }
}
