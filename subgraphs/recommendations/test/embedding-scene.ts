import { fileURLToPath } from 'node:url';
import type { MikroORM } from '@mikro-orm/postgresql';
import { type AiClient, createAiClient } from '@tutorgraph/kit/ai/ai-client';
import { createOrm, migrate } from '@tutorgraph/kit/database/orm';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { type TestDatabase, testDatabase } from '@tutorgraph/kit/testing/database';
import { answers, type OpenAiServer, type Treatment } from '@tutorgraph/kit/testing/openai-server';
import { sql } from 'kysely';
import { database } from '../src/database.ts';
import { embedChanged } from '../src/embeddings/embed-changed.job.ts';
import { LocalModels } from '../src/embeddings/local-models.ts';
import { markForEmbedding } from '../src/embeddings/mark-for-embedding.ts';
import { ModelBuilder } from '../src/embeddings/model-builder.ts';
import { TextEmbedders } from '../src/embeddings/text-embedders.ts';
import { WishVectors } from '../src/embeddings/wish-vectors.ts';
import { MarketTutor } from '../src/market/market.entity.ts';
import { addTutor } from './scene.ts';

/** A database of this room alone: its own jobs do not run, so that a test decides when they do. */
export async function openEmbeddingDatabase(): Promise<{ orm: MikroORM; close(): Promise<void> }> {
  const created: TestDatabase = await testDatabase({
    cacheKey: [fileURLToPath(database.migrations)],
    migrate: async (url) => {
      const orm = await createOrm(database, { url });
      await migrate(orm, database.room);
      await orm.close();
    },
  });
  const orm = await createOrm(database, { url: created.url });
  return {
    orm,
    close: async () => {
      await orm.close();
      await created.close();
    },
  };
}

/** Forgets all tutors, orders and models. */
export async function emptyDatabase(orm: MikroORM): Promise<void> {
  await orm.em
    .fork()
    .execute(
      'truncate recommendations.tutors, recommendations.orders, recommendations.embedding_models, recommendations.due_embeddings cascade',
    );
}

/** A process of the room, as far as embeddings go. */
export interface Replica {
  ai: AiClient;
  builder: ModelBuilder;
  wishVectors: WishVectors;
  metrics: Metrics;
  /** One run of the job that embeds what has changed. */
  embedChanged(): Promise<void>;
  /** One run of the job that builds models. */
  build(signal?: AbortSignal): Promise<void>;
}

/** Starts a process; with a provider when there is a server. */
export async function startReplica(orm: MikroORM, server?: OpenAiServer, embeddings = 'small'): Promise<Replica> {
  const metrics = new Metrics();
  const quick = { budgetMs: 3_000, maxAttempts: 2, firstPauseMs: 5 };
  const ai = await createAiClient({
    ...(server && { apiKey: 'key', baseUrl: server.url }),
    models: { embeddings },
    logger: silentLogger,
    metrics,
    background: quick,
  });
  const locals = new LocalModels();
  const embedders = new TextEmbedders(ai, locals);
  const builder = new ModelBuilder({ orm, ai, locals, embedders, logger: silentLogger });
  await builder.begin();
  return {
    ai,
    builder,
    metrics,
    wishVectors: new WishVectors(ai, locals, silentLogger, metrics),
    embedChanged: () => embedChanged(orm.em, embedders, AbortSignal.timeout(60_000)),
    build: (signal = AbortSignal.timeout(120_000)) => builder.run(signal),
  };
}

/** A tutor with a profile, due to be embedded. @returns the tutor's id */
export async function addProfile(
  orm: MikroORM,
  subjectId: string,
  headline: string,
  biography: string | null = null,
): Promise<string> {
  const id = await addTutor(orm.em, { subjectId });
  await changeProfile(orm, id, headline, biography);
  return id;
}

/** Writes a profile anew, as a consumer of events does. */
export function changeProfile(
  orm: MikroORM,
  id: string,
  headline: string,
  biography: string | null = null,
): Promise<void> {
  return transaction(orm.em, async (tx) => {
    await tx.nativeUpdate(MarketTutor, { id }, { headline, biography, changedAt: new Date() });
    await markForEmbedding(tx, 'TUTOR', [id]);
  });
}

/** The models by their states. */
export async function modelsOf(orm: MikroORM): Promise<Record<string, string>> {
  const { rows } = await sql<{ id: string; state: string }>`
    select id, state from recommendations.embedding_models order by id`.execute(orm.em.fork().getKysely());
  return Object.fromEntries(rows.map(({ id, state }) => [id, state]));
}

/** How many tutors have a vector of a model. */
export async function vectorCount(orm: MikroORM, model: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from recommendations.tutor_vectors where model = ${model}`.execute(
    orm.em.fork().getKysely(),
  );
  return rows[0]?.count ?? 0;
}

/** Embeds as a provider does: texts that begin with the same letter are alike. */
export function embedsInto(dimensions: number): Treatment {
  return (response, { input }) => {
    const texts = (Array.isArray(input) ? input : []).map(String);
    const data = texts.map((text, index) => {
      const embedding = Array.from({ length: dimensions }, (_, at) =>
        at === (text.codePointAt(0) ?? 0) % dimensions ? 1 : 0.1,
      );
      return { object: 'embedding', index, embedding };
    });
    return answers({ object: 'list', data, model: 'm', usage: {} })(response, {}, response.req);
  };
}
