import type { EntityManager } from '@mikro-orm/postgresql';
import { LatentEmbedder } from '@tutorgraph/kit/ai/latent-embedder';
import { EMBEDDING_DIMENSIONS, LocalEmbedder } from '@tutorgraph/kit/ai/local-embedder';
import { sql } from 'kysely';
import { SYNONYMS } from './synonyms/synonyms.js';

/** What makes vectors in this process. */
export interface LocalModel {
  /** What its vectors are stored under. */
  readonly model: string;
  readonly dimensions: number;
  /** One vector a text, in the texts' order; zeros for a text without words. Some thousand texts a second. */
  embed(texts: readonly string[]): number[][];
}

/** Fitted models that one process keeps: the one that is used and the one that is being made. */
const MOST_KEPT = 2;

/** Models of this process: one that knows no catalogue, and those that were fitted on it. */
export class LocalModels {
  private readonly fitted = new Map<string, Promise<LocalModel | null>>();
  private untaught: LocalModel | undefined;

  /** What is used until a model has been fitted: words and synonyms, all words as rare as each other. */
  get unfitted(): LocalModel {
    this.untaught ??= unfittedModel();
    return this.untaught;
  }

  /**
   * The model of this name.
   *
   * @returns null when this release would make other vectors than those that are stored under the name
   */
  of(em: EntityManager, id: string): Promise<LocalModel | null> {
    if (id === this.unfitted.model) return Promise.resolve(this.unfitted);
    const known = this.fitted.get(id);
    if (known) return known;
    const loading = load(em, id);
    this.fitted.set(id, loading);
    const [oldest] = this.fitted.keys();
    if (oldest !== undefined && this.fitted.size > MOST_KEPT) this.fitted.delete(oldest);
    // What could not be read may be the next time.
    loading.catch(() => this.fitted.delete(id));
    return loading;
  }
}

/** A fitted model, read from its content. @throws Error when it is of another release */
export function fittedModel(content: Uint8Array): LocalModel {
  return new LatentEmbedder(content, SYNONYMS);
}

function unfittedModel(): LocalModel {
  const words = new LocalEmbedder({ synonyms: SYNONYMS });
  return { model: words.model, dimensions: EMBEDDING_DIMENSIONS, embed: (texts) => words.embed(texts) };
}

async function load(em: EntityManager, id: string): Promise<LocalModel | null> {
  const { rows } = await sql<{ content: Buffer | null }>`
    select content from recommendations.embedding_models where id = ${id}`.execute(em.fork().getKysely());
  const content = rows[0]?.content;
  if (!content) return null;
  try {
    const model = fittedModel(content);
    return model.model === id ? model : null;
  } catch {
    return null;
  }
}
