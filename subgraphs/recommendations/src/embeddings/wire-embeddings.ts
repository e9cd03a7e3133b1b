import type { RoomTools } from '@tutorgraph/kit/room/room';
import type { RecommendationsPart } from '../core.js';
import { buildEmbeddingsJob } from './build-embeddings.job.js';
import { embedChangedJob } from './embed-changed.job.js';
import { LocalModels } from './local-models.js';
import { ModelBuilder } from './model-builder.js';
import { TextEmbedders } from './text-embedders.js';
import { WishVectors } from './wish-vectors.js';

/** The embeddings, and what other parts need of them. */
export interface EmbeddingsPart extends RecommendationsPart {
  /** Wishes as vectors. */
  wishVectors: WishVectors;
}

/** Wires what makes vectors of texts. */
export function createEmbeddings({ orm, ai, logger, metrics }: RoomTools): EmbeddingsPart {
  const locals = new LocalModels();
  const embedders = new TextEmbedders(ai, locals);
  const builder = new ModelBuilder({ orm, ai, locals, embedders, logger });
  return {
    resolvers: [],
    jobs: [embedChangedJob(orm.em, embedders), buildEmbeddingsJob(builder)],
    prepare: () => builder.begin(),
    wishVectors: new WishVectors(ai, locals, logger, metrics),
  };
}
