import type { EntityManager } from '@mikro-orm/postgresql';
import type { AiClient } from '@tutorgraph/kit/ai/ai-client';
import { EMBEDDING_DIMENSIONS } from '@tutorgraph/kit/ai/local-embedder';
import { KnowledgeModel } from '../knowledge/knowledge.entity.js';
import type { KnowledgeLanguage } from '../knowledge/knowledge.rules.js';
import { localKnowledge } from '../knowledge/knowledge-embedder.js';
import { findPassages, type Passage } from '../knowledge/retrieval.js';
import { fitting } from './fit.rules.js';

/** What is looked for. */
export interface Searched {
  question: string;
  /** The question before it in the same conversation: a short one may be about the same. */
  before: string | undefined;
  language: KnowledgeLanguage;
  userId: string;
  signal: AbortSignal;
}

/** Finds what a question can be answered from. */
export class QuestionSearch {
  constructor(
    private readonly em: EntityManager,
    private readonly ai: AiClient,
  ) {}

  /** Passages that fit, the best first; none when nothing does. The provider has 700 ms in all, then local vectors do. */
  async find({ question, before, language, userId, signal }: Searched): Promise<Passage[]> {
    const texts = before ? [question, `${before} ${question}`] : [question];
    const embedded = await this.vectors(texts, signal);
    for (const [index, text] of texts.entries()) {
      const values = embedded?.vectors[index];
      const vector = embedded && values ? { model: embedded.model, values } : null;
      const found = await findPassages(this.em.fork(), { question: text, language, vector, userId });
      const passages = fitting(text, found, embedded?.model);
      if (passages.length > 0) return passages;
    }
    return [];
  }

  /** Vectors of a model that all of the knowledge base has; null while there is none. */
  private async vectors(texts: readonly string[], signal: AbortSignal): Promise<Embedded | null> {
    const { embedder } = await localKnowledge();
    const models = await this.em.fork().find(KnowledgeModel, {});
    const ready = new Set(models.map(({ model }) => model));
    const locally = () => embedder.embed(texts);
    let answer = { value: locally(), model: embedder.model };
    if (this.ai.hasProvider && ready.has(this.ai.embeddingModel)) {
      answer = await this.ai.embed(texts, { fallback: { model: embedder.model, answer: locally }, signal });
    }
    const isComparable = ready.has(answer.model) && answer.value.every(({ length }) => length === EMBEDDING_DIMENSIONS);
    return isComparable ? { model: answer.model, vectors: answer.value } : null;
  }
}

interface Embedded {
  model: string;
  vectors: number[][];
}
