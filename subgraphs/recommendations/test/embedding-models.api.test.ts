import type { MikroORM } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import { OpenAiServer, refuses, type Treatment } from '@tutorgraph/kit/testing/openai-server';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { settleDue } from '../src/embeddings/due-embeddings.ts';
import { purgeCache } from '../src/embeddings/embedding-cache.ts';
import { activate, beginBuilding, liveModels } from '../src/embeddings/embedding-models.ts';
import { LocalModels } from '../src/embeddings/local-models.ts';
import { MarketOrder } from '../src/market/market.entity.ts';
import {
  addProfile,
  changeProfile,
  embedsInto,
  emptyDatabase,
  modelsOf,
  openEmbeddingDatabase,
  startReplica,
  vectorCount,
} from './embedding-scene.ts';
import { addOrder } from './scene.ts';

const LOCAL = new LocalModels().unfitted.model;

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
/** Texts that the provider was asked to embed, those that only try whether it answers aside. */
function askedFor(): string[] {
  return server.requests.flatMap(({ body }) => body['input'] as string[]).filter((text) => text !== 'tutor');
}
const refusing =
  (word: string): Treatment =>
  (response, body, request) => {
    const isRefused = JSON.stringify(body['input']).includes(word);
    return (isRefused ? refuses(400) : embedsInto(8))(response, body, request);
  };

describe('a change of the model', () => {
  test('shows when all vectors of the next one are there, and not before', async () => {
    const replica = await startReplica(orm, server);
    const ids = [await addProfile(orm, newId(), 'Chess'), await addProfile(orm, newId(), 'Piano')];
    await replica.embedChanged();
    expect(await modelsOf(orm)).toEqual({ [LOCAL]: 'ACTIVE' });
    server.will(embedsInto(8), refuses(503));
    await expect(replica.build()).rejects.toThrow('No answer from the AI provider');
    expect(await modelsOf(orm)).toEqual({ [LOCAL]: 'ACTIVE', 'small:8': 'BUILDING' });
    expect((await replica.wishVectors.of(em(), { orderId: null, text: 'Chess' }))?.model).toBe(LOCAL);
    server.will(embedsInto(8));
    await replica.build();
    expect(await modelsOf(orm)).toEqual({ [LOCAL]: 'RETIRED', 'small:8': 'ACTIVE' });
    expect(await vectorCount(orm, 'small:8')).toBe(ids.length);
    expect((await replica.wishVectors.of(em(), { orderId: null, text: 'Chess' }))?.model).toBe('small:8');
  });

  test('that is cut off goes on where it was', async () => {
    const replica = await startReplica(orm, server);
    const subjectId = newId();
    for (let count = 0; count < 70; count++) await addProfile(orm, subjectId, `Profile ${count}`);
    const giveUp = new AbortController();
    server.will(embedsInto(8), embedsInto(8), (response, body, request) => {
      giveUp.abort(new Error('The process ends'));
      return embedsInto(8)(response, body, request);
    });
    await expect(replica.build(giveUp.signal)).rejects.toThrow();
    expect(await vectorCount(orm, 'small:8')).toBe(64);
    server.will(embedsInto(8));
    await replica.build();
    expect(askedFor()).toHaveLength(6);
    expect(await modelsOf(orm)).toMatchObject({ 'small:8': 'ACTIVE' });
  });

  test('by two processes at once ends as one by itself would', async () => {
    const [one, other] = [await startReplica(orm, server), await startReplica(orm, server)];
    const subjectId = newId();
    for (let count = 0; count < 30; count++) await addProfile(orm, subjectId, `Profile ${count}`);
    await Promise.all([one.build(), other.build()]);
    // Whoever found the index being made by the other leaves the rest to the next run.
    await one.build();
    expect(await modelsOf(orm)).toEqual({ [LOCAL]: 'RETIRED', 'small:8': 'ACTIVE' });
    expect(await vectorCount(orm, 'small:8')).toBe(30);
  });

  test('does not lose what changes meanwhile', async () => {
    const replica = await startReplica(orm, server);
    const id = await addProfile(orm, newId(), 'Chess');
    await replica.embedChanged();
    await beginBuilding(orm.em, { id: 'small:8', source: 'PROVIDER', dimensions: 8 });
    expect(await activate(orm.em, 'small:8')).toBe(false);
    await changeProfile(orm, id, 'Piano');
    const due = [{ kind: 'TUTOR' as const, id, mark: 1 }];
    await replica.build();
    // Whoever embedded the change for the former model does not take it for done.
    expect(await settleDue(orm.em, LOCAL, due)).toBe(false);
    expect(await em().execute('select id from recommendations.due_embeddings')).toEqual([{ id }]);
    await replica.embedChanged();
    expect(await em().execute('select id from recommendations.due_embeddings')).toEqual([]);
  });

  test('to one whose vectors have another length, under the same name, makes all of them anew', async () => {
    const replica = await startReplica(orm, server);
    await addProfile(orm, newId(), 'Chess');
    await replica.build();
    server.will(embedsInto(12));
    await addProfile(orm, newId(), 'Piano');
    await expect(replica.embedChanged()).rejects.toThrow('small:8 gave vectors of 12 dimensions instead of 8');
    const wish = await replica.wishVectors.read(em(), { orderId: null, text: 'Guitar' });
    expect(wish).toEqual({ vector: null, failure: 'EMBEDDINGS_UNAVAILABLE' });
    await replica.build();
    expect(await modelsOf(orm)).toEqual({ [LOCAL]: 'RETIRED', 'small:8': 'RETIRED', 'small:12': 'ACTIVE' });
    expect(await vectorCount(orm, 'small:12')).toBe(2);
  });

  test('back to this process follows when there is no provider any more', async () => {
    const provided = await startReplica(orm, server);
    await addProfile(orm, newId(), 'Chess');
    await provided.build();
    const alone = await startReplica(orm);
    const wish = await alone.wishVectors.read(em(), { orderId: null, text: 'Chess' });
    expect(wish).toEqual({ vector: null, failure: 'EMBEDDINGS_UNAVAILABLE' });
    await alone.build();
    expect(await modelsOf(orm)).toEqual({ [LOCAL]: 'ACTIVE', 'small:8': 'RETIRED' });
    expect((await alone.wishVectors.of(em(), { orderId: null, text: 'Chess' }))?.model).toBe(LOCAL);
  });

  test('leaves nothing of the former one after a while', async () => {
    const replica = await startReplica(orm, server);
    await addProfile(orm, newId(), 'Chess');
    await replica.build();
    expect(await vectorCount(orm, LOCAL)).toBe(1);
    await em().execute(
      `update recommendations.embedding_models set retired_at = now() - interval '1 hour' where state = 'RETIRED'`,
    );
    await replica.build();
    expect(await modelsOf(orm)).toEqual({ 'small:8': 'ACTIVE' });
    expect(await vectorCount(orm, LOCAL)).toBe(0);
    const indexes = await em().execute('select from pg_indexes where indexdef like ?', [`%${LOCAL}%`]);
    expect(indexes).toEqual([]);
  });

  test('is one change: the database refuses two models that are compared', async () => {
    await startReplica(orm);
    const second = em().execute(`
      insert into recommendations.embedding_models (id, source, dimensions, state, created_at) values ('x', 'LOCAL', 4, 'ACTIVE', now())`);
    await expect(second).rejects.toThrow('embedding_models_one_each');
    expect((await liveModels(em())).map(({ id }) => id)).toEqual([LOCAL]);
  });
});

describe('a provider', () => {
  test('that does not answer leaves what is due for the next run', async () => {
    const replica = await startReplica(orm, server);
    await replica.build();
    await addProfile(orm, newId(), 'Chess');
    server.will(refuses(503));
    await expect(replica.embedChanged()).rejects.toThrow('No answer from the AI provider');
    server.will(embedsInto(8));
    await replica.embedChanged();
    expect(await vectorCount(orm, 'small:8')).toBe(1);
  });

  test('that refuses one text gives the others their vectors', async () => {
    const replica = await startReplica(orm, server);
    await replica.build();
    for (const headline of ['Chess', 'forbidden', 'Piano', 'Guitar', 'Violin'])
      await addProfile(orm, newId(), headline);
    server.will(refusing('forbidden'));
    await replica.embedChanged();
    expect(
      await em().execute(
        'select count(*)::int as made, count(vector)::int as vectors from recommendations.tutor_vectors where model = ?',
        ['small:8'],
      ),
    ).toEqual([{ made: 5, vectors: 4 }]);
  });

  test('that refuses everybody is not taken for one that refuses texts', async () => {
    const replica = await startReplica(orm, server);
    await replica.build();
    await addProfile(orm, newId(), 'Chess');
    server.will(refuses(401));
    await expect(replica.embedChanged()).rejects.toThrow('No answer from the AI provider');
    expect(await vectorCount(orm, 'small:8')).toBe(0);
  });
});

describe('wishes', () => {
  const source = async (replica: Awaited<ReturnType<typeof startReplica>>, from: string) => {
    const { values } = await replica.metrics
      .counter({ name: 'recommendation_wish_vectors_total', help: '', labelNames: ['from'] })
      .get();
    return values.find(({ labels }) => labels.from === from)?.value ?? 0;
  };

  test('of the same text are asked of the provider once, whoever looks', async () => {
    const [one, other] = [await startReplica(orm, server), await startReplica(orm, server)];
    await one.build();
    server.will(embedsInto(8));
    const wish = { orderId: null, text: 'Chess for my son' };
    await Promise.all([one.wishVectors.of(em(), wish), one.wishVectors.of(em(), wish)]);
    const again = await other.wishVectors.of(em(), wish);
    expect(again?.vector).toHaveLength(8);
    expect(server.requests).toHaveLength(1);
    expect(await source(one, 'provider')).toBe(1);
    expect(await source(other, 'cache')).toBe(1);
  });

  test('that nobody looked for in a week are forgotten, and the oldest of too many', async () => {
    const replica = await startReplica(orm, server);
    await replica.build();
    for (const text of ['a', 'b', 'c', 'd']) await replica.wishVectors.of(em(), { orderId: null, text });
    await em().execute(`update recommendations.cached_embeddings set used_at = used_at - interval '8 days'
      where ctid = (select min(ctid) from recommendations.cached_embeddings)`);
    expect(await purgeCache(em())).toBe(1);
    expect(await purgeCache(em(), 2)).toBe(1);
  });

  test('of an order have its stored vector, and that of another text once it has one', async () => {
    const replica = await startReplica(orm, server);
    await replica.build();
    const orderId = await addOrder(orm.em, { studentId: newId(), subjectId: newId(), title: 'Chess' });
    const chess = await replica.wishVectors.of(em(), { orderId, text: 'Chess' });
    server.will(embedsInto(8));
    const stored = await replica.wishVectors.of(em(), { orderId, text: 'Chess' });
    expect(stored?.vector.map((value) => value.toFixed(2))).toEqual(chess?.vector.map((value) => value.toFixed(2)));
    expect(server.requests).toEqual([]);
    await em().nativeUpdate(MarketOrder, { id: orderId }, { title: 'Piano' });
    expect(await replica.wishVectors.of(em(), { orderId, text: 'Piano' })).not.toEqual(chess);
    expect(await source(replica, 'store')).toBe(1);
    await em().nativeUpdate(MarketOrder, { id: orderId }, { status: 'CLOSED' });
    await replica.build();
    expect(await em().execute('select from recommendations.order_vectors')).toEqual([]);
  });

  test('go without comparison when the provider does not answer in time, and say so', async () => {
    const replica = await startReplica(orm, server);
    await replica.build();
    server.will(() => {});
    const read = await replica.wishVectors.read(em(), { orderId: null, text: 'Chess' });
    expect(read).toEqual({ vector: null, failure: 'EMBEDDINGS_UNAVAILABLE' });
  });

  test('without words have no vector, and nothing has failed', async () => {
    const replica = await startReplica(orm);
    for (const text of ['', '  \n', '?! …']) {
      expect(await replica.wishVectors.read(em(), { orderId: null, text })).toEqual({ vector: null, failure: null });
    }
  });

  test('before there is any model are told not to be ready', async () => {
    const replica = await startReplica(orm);
    await em().execute('delete from recommendations.embedding_models');
    const read = await replica.wishVectors.read(em(), { orderId: null, text: 'Chess' });
    expect(read).toEqual({ vector: null, failure: 'EMBEDDINGS_NOT_READY' });
  });
});

describe.runIf(isRealPostgres())('races', () => {
  test('a text that changes while its vector is made does not keep the vector of what it was', async () => {
    const replica = await startReplica(orm, server);
    await replica.build();
    const id = await addProfile(orm, newId(), 'Chess');
    server.will(async (response, body, request) => {
      await changeProfile(orm, id, 'Piano');
      server.will(embedsInto(8));
      return embedsInto(8)(response, body, request);
    });
    await replica.embedChanged();
    const { rows } = await sql<{ fresh: boolean }>`
      select v.text_hash = md5('1' || t.headline) as fresh
        from recommendations.tutors t join recommendations.tutor_vectors v on v.tutor_id = t.id`.execute(
      em().getKysely(),
    );
    expect(rows).toEqual([{ fresh: true }]);
    expect(await em().execute('select from recommendations.due_embeddings')).toEqual([]);
  });
});
