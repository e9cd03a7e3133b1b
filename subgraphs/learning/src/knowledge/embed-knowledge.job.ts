import type { EntityManager } from '@mikro-orm/postgresql';
import type { AiClient } from '@tutorgraph/kit/ai/ai-client';
import { EMBEDDING_DIMENSIONS } from '@tutorgraph/kit/ai/local-embedder';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { sql } from 'kysely';
import { z } from 'zod';
import { embeddedText, localKnowledge } from './knowledge-embedder.js';
import { storeVectors } from './knowledge-index.js';
import { addPublishedLessons } from './published-lessons.js';

const AT_ONCE = 64;

/** What gives chunks their vectors. */
export type EmbedKnowledgeJob = ReturnType<typeof embedKnowledgeJob>;

type Embed = (texts: readonly string[]) => Promise<number[][]>;

interface Unembedded {
  id: string;
  heading: string;
  text: string;
}

/**
 * Brings published lessons in, and gives chunks the vectors that they lack: of the local model, and of the provider's while there is one. When no chunk lacks one,
 * the model is ready and questions are compared by it from then on; until then by the one before.
 */
export function embedKnowledgeJob(em: EntityManager, ai: AiClient) {
  return defineJob({
    name: 'embed-knowledge',
    description:
      'Gives parts of the knowledge base the vectors that they lack, and has a model used once all have its.',
    payload: z.object({}),
    cron: '23 * * * *',
    timeoutSeconds: 15 * 60,
    handler: async (_payload, { signal }) => {
      const { embedder } = await localKnowledge();
      await addPublishedLessons(em);
      await embedLocally(em);
      if (ai.hasProvider) await embedAll(em, ai.embeddingModel, (texts) => embedByProvider(ai, texts, signal));
      await forgetModels(em, [embedder.model, ai.embeddingModel]);
    },
  });
}

/** Gives chunks the vectors of the local model that they lack. It takes no more than a moment. */
export async function embedLocally(em: EntityManager): Promise<void> {
  const { embedder } = await localKnowledge();
  await embedAll(em, embedder.model, async (texts) => embedder.embed(texts));
}

async function embedByProvider(ai: AiClient, texts: readonly string[], signal: AbortSignal): Promise<number[][]> {
  const { value, model } = await ai.background.embed(texts, signal);
  if (value.some(({ length }) => length !== EMBEDDING_DIMENSIONS)) {
    throw new Error(
      `${model} makes vectors of another length than ${EMBEDDING_DIMENSIONS}; name a model that makes these`,
    );
  }
  return value;
}

async function embedAll(em: EntityManager, model: string, embed: Embed): Promise<void> {
  for (;;) {
    const chunks = await unembedded(em, model);
    if (chunks.length === 0) break;
    const vectors = await embed(chunks.map(embeddedText));
    await transaction(em, (tx) =>
      storeVectors(
        tx,
        model,
        chunks.map(({ id }, index) => ({ chunkId: id, vector: vectors[index] ?? [] })),
      ),
    );
  }
  await em
    .fork()
    .execute('insert into learning.knowledge_models (model, ready_at) values (?, ?) on conflict do nothing', [
      model,
      new Date(),
    ]);
}

async function unembedded(em: EntityManager, model: string): Promise<Unembedded[]> {
  const { rows } = await sql<Unembedded>`
    select c.id, c.heading, c.text from learning.knowledge_chunks c
     where not exists (select from learning.knowledge_embeddings v where v.chunk_id = c.id and v.model = ${model})
     order by c.id limit ${AT_ONCE}`.execute(em.fork().getKysely());
  return rows;
}

/** Vectors that nothing is compared by any more. A process of an older release then searches by words alone. */
async function forgetModels(em: EntityManager, kept: readonly string[]): Promise<void> {
  await transaction(em, async (tx) => {
    const db = tx.getKysely();
    await sql`delete from learning.knowledge_models where model <> all (${[...kept]}::text[])`.execute(db);
    await sql`delete from learning.knowledge_embeddings where model <> all (${[...kept]}::text[])`.execute(db);
  });
}
