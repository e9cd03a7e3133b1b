import type { MikroORM } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { OpenAiServer } from '@tutorgraph/kit/testing/openai-server';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { nearestToTutor, similaritiesOf } from '../src/embeddings/nearest.ts';
import { profileSearch } from '../src/embeddings/profile-search.ts';
import { COMMON_SCALE, onCommonScale } from '../src/embeddings/similarity-scale.ts';
import { findPairSimilarities, pairKey } from '../src/pairs/pair.repository.ts';
import type { SimilarityScale, WishVector } from '../src/results/texts.ts';
import { addProfile, embedsInto, emptyDatabase, openEmbeddingDatabase, startReplica } from './embedding-scene.ts';
import { addOrder } from './scene.ts';

let orm: MikroORM;
let close: () => Promise<void>;
const server = new OpenAiServer();

beforeAll(async () => {
  ({ orm, close } = await openEmbeddingDatabase());
  await server.listen();
});
afterAll(async () => {
  await server.close();
  await close();
});
beforeEach(async () => {
  await emptyDatabase(orm);
  server.will(embedsInto(8));
});

const em = () => orm.em.fork();

/** A catalogue whose profiles a provider has embedded: texts that begin with the same letter are alike. */
async function openCatalogue(profiles: number) {
  const replica = await startReplica(orm, server);
  const subjectId = newId();
  const tutorIds: string[] = [];
  for (let index = 0; index < profiles; index++) {
    tutorIds.push(await addProfile(orm, subjectId, `${String.fromCodePoint(65 + (index % 8))} ${index}`));
  }
  const orderId = await addOrder(orm.em, { studentId: newId(), subjectId, title: 'A tutor, please' });
  await replica.build();
  const wish = await replica.wishVectors.of(em(), { orderId, text: '' });
  if (!wish) throw new Error('The order has no vector');
  return { replica, tutorIds, orderId, subjectId, wish, texts: profileSearch(replica.wishVectors) };
}

/** Similarities as each part of the room comes by them, by tutor. */
async function similaritiesByWay(
  { texts, tutorIds, orderId, subjectId }: Awaited<ReturnType<typeof openCatalogue>>,
  wish: WishVector,
): Promise<Record<string, Map<string, number>>> {
  const near = { ...wish, limit: tutorIds.length };
  const where = sql<boolean>`o.subject_id = ${subjectId}`;
  const among = texts.nearestAmong(near, sql`select unnest(${tutorIds}::uuid[])`, sql<boolean>`true`);
  const { rows } = await sql<{ tutor_id: string; similarity: number }>`${among}`.execute(em().getKysely());
  const pairs = await findPairSimilarities(
    em(),
    tutorIds.map((tutorId) => ({ tutorId, orderId })),
  );
  const byIndex = await texts.nearest(em(), { ...near, where });
  return {
    'those asked about': await texts.similarities(em(), wish, tutorIds),
    'the nearest by the index': new Map(byIndex.map(({ tutorId, similarity }) => [tutorId, similarity])),
    'the nearest of those named': new Map(rows.map((row) => [row.tutor_id, row.similarity])),
    'pairs with an order': new Map(
      tutorIds.map((tutorId) => [tutorId, pairs.get(pairKey({ tutorId, orderId })) ?? Number.NaN]),
    ),
  };
}

describe('similarities', () => {
  test('of a model are told on the scale of all models, by whatever way they are found', async () => {
    const catalogue = await openCatalogue(64);
    const { wish, tutorIds } = catalogue;
    expect(wish.scale?.usual).toBeGreaterThan(0.25);
    const cosines = await similaritiesOf(em(), wish.model, wish.vector, tutorIds);
    for (const [way, similarities] of Object.entries(await similaritiesByWay(catalogue, wish))) {
      expect(similarities.size, way).toBeGreaterThan(50);
      for (const [tutorId, similarity] of similarities) {
        expect(similarity, way).toBeCloseTo(onCommonScale(cosines.get(tutorId) ?? Number.NaN, wish.scale), 6);
      }
    }
    const [first = '', ...others] = tutorIds;
    const alike = await nearestToTutor(em(), first, { where: sql<boolean>`true`, limit: others.length });
    expect(alike[0]?.similarity).toBeCloseTo(onCommonScale(1, wish.scale), 6);
    expect(alike.at(-1)?.similarity).toBeLessThan(COMMON_SCALE.usual);
  });

  test('of profiles picked blindly lie where those of any other model do', async () => {
    const { texts, tutorIds, wish } = await openCatalogue(64);
    const all: number[] = [];
    for (const tutorId of tutorIds) {
      const text = await sql<{ vector: string }>`
        select vector::text as vector from recommendations.tutor_vectors where model = ${wish.model} and tutor_id = ${tutorId}`.execute(
        em().getKysely(),
      );
      const vector: number[] = JSON.parse(text.rows[0]?.vector ?? '[]');
      const others = await texts.similarities(
        em(),
        { ...wish, vector },
        tutorIds.filter((id) => id !== tutorId),
      );
      all.push(...others.values());
    }
    const mean = all.reduce((sum, one) => sum + one, 0) / all.length;
    const spread = Math.sqrt(all.reduce((sum, one) => sum + (one - mean) ** 2, 0) / all.length);
    expect(mean).toBeCloseTo(COMMON_SCALE.usual, 1);
    expect(spread).toBeCloseTo(COMMON_SCALE.spread, 1);
  });

  test('of a model with few profiles are its cosines', async () => {
    const catalogue = await openCatalogue(10);
    const { wish, tutorIds } = catalogue;
    expect(wish.scale).toBeNull();
    const cosines = await similaritiesOf(em(), wish.model, wish.vector, tutorIds);
    for (const [way, similarities] of Object.entries(await similaritiesByWay(catalogue, wish))) {
      expect(similarities.size, way).toBe(10);
      for (const [tutorId, similarity] of similarities)
        expect(similarity, way).toBeCloseTo(cosines.get(tutorId) ?? 9, 6);
    }
  });

  test('of profiles that all say the same are cosines', async () => {
    const replica = await startReplica(orm, server);
    const subjectId = newId();
    for (let index = 0; index < 60; index++) await addProfile(orm, subjectId, 'Anything');
    await replica.build();
    expect((await replica.wishVectors.of(em(), { orderId: null, text: 'Chess' }))?.scale).toBeNull();
  });
});

test.each<[number, SimilarityScale | null, number]>([
  [0.3, null, 0.3],
  [0.12, COMMON_SCALE, 0.12],
  [0.5, { usual: 0.4, spread: 0.1 }, 0.21],
  [0.3, { usual: 0.4, spread: 0.1 }, 0.03],
  [0.02, { usual: 0.02, spread: 0.057 }, 0.12],
  [1, { usual: 0.02, spread: 0.05 }, 1],
  [-1, { usual: 0.4, spread: 0.1 }, -1],
])('a cosine of %d on the scale of %o is %d', (cosine, scale, similarity) => {
  expect(onCommonScale(cosine, scale)).toBeCloseTo(similarity, 9);
});
