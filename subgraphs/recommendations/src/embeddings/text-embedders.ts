import type { EntityManager } from '@mikro-orm/postgresql';
import type { AiClient } from '@tutorgraph/kit/ai/ai-client';
import { AiUnavailableError } from '@tutorgraph/kit/ai/failure';
import type { StoredModel } from './embedding-models.js';
import type { LocalModels } from './local-models.js';

/** Makes vectors for jobs. */
export interface TextEmbedder {
  /**
   * One vector a text, in the texts' order; empty for a text that the provider refuses.
   *
   * @throws AiUnavailableError when the provider does not answer
   */
  embed(texts: readonly string[], signal: AbortSignal): Promise<number[][]>;
}

/** A text that every provider takes: if it refuses this one too, it is not the texts that are wrong. */
const HARMLESS = 'tutor';

/** What makes the vectors of each model. */
export class TextEmbedders {
  constructor(
    private readonly ai: AiClient,
    private readonly locals: LocalModels,
  ) {}

  /** Null when the model's vectors cannot be made here any more: its provider or its release is another. */
  async of(em: EntityManager, { id, source }: Pick<StoredModel, 'id' | 'source'>): Promise<TextEmbedder | null> {
    if (source === 'LOCAL') {
      const local = await this.locals.of(em, id);
      return local && { embed: async (texts) => local.embed(texts) };
    }
    const isOurs = this.ai.hasProvider && id.startsWith(providerPrefix(this.ai));
    return isOurs ? { embed: (texts, signal) => this.askProvider(texts, signal) } : null;
  }

  /** The provider's model, under the name and with the length of the vectors that it gives now. @throws AiUnavailableError */
  async provided(signal: AbortSignal): Promise<{ id: string; dimensions: number }> {
    const [vector = []] = await this.askProvider([HARMLESS], signal);
    return { id: `${providerPrefix(this.ai)}${vector.length}`, dimensions: vector.length };
  }

  private async askProvider(texts: readonly string[], signal: AbortSignal): Promise<number[][]> {
    try {
      return (await this.ai.background.embed(texts, signal)).value;
    } catch (error) {
      if (!(error instanceof AiUnavailableError) || error.reason !== 'refused') throw error;
      return await this.withoutRefused(texts, signal, error);
    }
  }

  /** Halves what was refused until the text at fault is alone. */
  private async withoutRefused(texts: readonly string[], signal: AbortSignal, refused: Error): Promise<number[][]> {
    const [first] = texts;
    if (first === HARMLESS) throw refused;
    if (texts.length > 1) {
      const half = texts.length >> 1;
      const one = await this.askProvider(texts.slice(0, half), signal);
      return [...one, ...(await this.askProvider(texts.slice(half), signal))];
    }
    await this.ai.background.embed([HARMLESS], signal);
    return [[]];
  }
}

/** The name of a provider's model begins so; the length of its vectors follows. */
function providerPrefix(ai: AiClient): string {
  return `${ai.embeddingModel}:`;
}
