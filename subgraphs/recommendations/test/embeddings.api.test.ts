import type { MikroORM } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { beginBuilding } from '../src/embeddings/embedding-models.ts';
import { nearestToTutor, nearestTutors, similaritiesOf } from '../src/embeddings/nearest.ts';
import { dropVectorIndex, indexVectors } from '../src/embeddings/vector-index.ts';
import { MarketTutor } from '../src/market/market.entity.ts';
import {
  addProfile,
  changeProfile,
  emptyDatabase,
  modelsOf,
  openEmbeddingDatabase,
  type Replica,
  startReplica,
  vectorCount,
} from './embedding-scene.ts';

let orm: MikroORM;
let close: () => Promise<void>;
let replica: Replica;

beforeAll(async () => {
  ({ orm, close } = await openEmbeddingDatabase());
});
afterAll(() => close());
beforeEach(async () => {
  await emptyDatabase(orm);
  replica = await startReplica(orm);
});

const em = () => orm.em.fork();
const teaching = (subjectId: string) => sql<boolean>`o.subject_id = ${subjectId}::uuid and not o.hidden`;

async function found(text: string, subjectId: string, limit = 10): Promise<string[]> {
  const wish = await replica.wishVectors.of(em(), { orderId: null, text });
  if (!wish) return [];
  const near = await nearestTutors(em(), { ...wish, where: teaching(subjectId), limit });
  return near.map(({ tutorId }) => tutorId);
}

describe('profiles', () => {
  test.each([
    ['егэшка по матеше', 'Единый государственный экзамен по математике'],
    ['матан сессия горит', 'Calculus and analysis for university students'],
    ['айелтс 7.0', 'IELTS: writing and speaking'],
    ['speaking practice, I am shy', 'Разговорный клуб: снимаем языковой барьер'],
    ['хочу прогать на питоне', 'Coding in Python from scratch'],
    ['подтянуть матешу ребёнку', 'Maths: I help kids to catch up'],
    ['олимпеадная матиматика', 'Олимпиадная математика, призёры всероса'],
  ])('are found by «%s» in the other language, by slang, or with typos', async (wish, headline) => {
    const subjectId = newId();
    const right = await addProfile(orm, subjectId, headline);
    await addProfile(orm, subjectId, 'Гитара и укулеле: аккорды, песни у костра');
    await addProfile(orm, subjectId, 'Organic chemistry for future doctors');
    await addProfile(orm, subjectId, 'История искусств и музейные прогулки');
    await replica.embedChanged();
    expect((await found(wish, subjectId))[0]).toBe(right);
  });

  test('are embedded once, and again only when their text is another one', async () => {
    const subjectId = newId();
    const id = await addProfile(orm, subjectId, 'Piano for adults');
    await replica.embedChanged();
    const versionOf = async () =>
      (await em().execute('select xmin::text, ctid::text from recommendations.tutor_vectors'))[0];
    const before = await versionOf();
    await changeProfile(orm, id, 'Piano for adults');
    await replica.embedChanged();
    expect(await versionOf()).toEqual(before);
    await changeProfile(orm, id, 'Chess for children');
    await replica.embedChanged();
    expect(await versionOf()).not.toEqual(before);
    const wish = await replica.wishVectors.of(em(), { orderId: null, text: 'Chess for children' });
    const similar = await similaritiesOf(em(), wish?.model ?? '', wish?.vector ?? [], [id]);
    expect(similar.get(id)).toBeCloseTo(1, 2);
    expect(await em().execute('select from recommendations.due_embeddings')).toEqual([]);
  });

  test('that changed although nobody marked them are found by the job that builds', async () => {
    const id = await addProfile(orm, newId(), 'Piano for adults');
    await replica.embedChanged();
    await em().nativeUpdate(MarketTutor, { id }, { headline: 'Chess for children' });
    await replica.embedChanged();
    const before = await replica.wishVectors.of(em(), { orderId: null, text: 'Chess for children' });
    await replica.build();
    const similar = await similaritiesOf(em(), before?.model ?? '', before?.vector ?? [], [id]);
    expect(similar.get(id)).toBeCloseTo(1, 2);
  });

  test('without words have no vector, are not tried again and again, and hinder nobody', async () => {
    const subjectId = newId();
    await addProfile(orm, subjectId, '!!! ☺');
    const other = await addProfile(orm, subjectId, 'Chess for children');
    await replica.embedChanged();
    await replica.build();
    expect(
      await em().execute(
        'select count(*)::int as made, count(vector)::int as vectors from recommendations.tutor_vectors',
      ),
    ).toEqual([{ made: 2, vectors: 1 }]);
    expect(await found('chess', subjectId)).toEqual([other]);
  });

  test('of tutors who are erased are gone with all that is left of them', async () => {
    const subjectId = newId();
    const id = await addProfile(orm, subjectId, 'Chess for children');
    await replica.embedChanged();
    const again = await addProfile(orm, subjectId, 'Chess for adults');
    await em().nativeDelete(MarketTutor, { id: [id, again] });
    await replica.embedChanged();
    await replica.build();
    expect(await em().execute('select from recommendations.tutor_vectors')).toEqual([]);
    expect(await em().execute('select from recommendations.due_embeddings')).toEqual([]);
  });
});

describe('nearest neighbours', () => {
  test('are those to whom the filter applies, the nearest first, and not the tutor', async () => {
    const [subjectId, otherSubject] = [newId(), newId()];
    const own = await addProfile(orm, subjectId, 'IELTS speaking and writing');
    const near = await addProfile(orm, subjectId, 'IELTS writing');
    const far = await addProfile(orm, subjectId, 'Сольфеджио');
    await addProfile(orm, otherSubject, 'IELTS speaking and writing');
    await replica.embedChanged();
    const found = await nearestToTutor(em(), own, { where: teaching(subjectId), limit: 10 });
    expect(found.map(({ tutorId }) => tutorId)).toEqual([near, far]);
    expect(found[0]?.similarity).toBeGreaterThan(found[1]?.similarity ?? 1);
    expect(await nearestToTutor(em(), newId(), { where: teaching(subjectId), limit: 10 })).toEqual([]);
  });

  test('are found by the index where many offers fit, nearly all of those that are nearest', async () => {
    const subjectId = newId();
    await em().execute(manyTutors(subjectId, 4_200));
    const model = { id: 'made-up:16', source: 'PROVIDER', dimensions: 16 } as const;
    await beginBuilding(orm.em, model);
    await em().execute(`
      insert into recommendations.tutor_vectors (model, tutor_id, vector, text_hash)
      select 'made-up:16', t.id, (select array_agg((hashtext(t.id::text || d) % 1000)::real order by d) from generate_series(1, 16) d)::public.halfvec, ''
        from recommendations.tutors t`);
    expect(await indexVectors(orm, model)).toBe(true);
    await em().execute('analyze recommendations.tutor_vectors, recommendations.offers');
    const vector = Array.from({ length: 16 }, (_, at) => Math.sin(at + 1));
    const query = { model: model.id, vector, where: teaching(subjectId), limit: 50 };
    // A sum is not what the index has, so that all distances are computed.
    const exact = await em().execute<{ tutor_id: string }[]>(`
      select tutor_id from recommendations.tutor_vectors where model = 'made-up:16'
       order by (vector::public.halfvec(16) operator(public.<=>) '${JSON.stringify(vector)}'::public.halfvec(16)) + 0 limit 50`);
    const nearest = await nearestTutors(em(), query);
    const wanted = new Set(exact.map((row) => row.tutor_id));
    expect(nearest.filter(({ tutorId }) => wanted.has(tutorId)).length).toBeGreaterThanOrEqual(49);
    expect(nearest.map(({ similarity }) => similarity)).toEqual(
      nearest.map(({ similarity }) => similarity).sort((a, b) => b - a),
    );
    // Without its index a search takes longer, and finds the same.
    expect(await dropVectorIndex(orm, model.id)).toBe(true);
    expect((await nearestTutors(em(), query)).map(({ tutorId }) => tutorId)).toEqual(exact.map((row) => row.tutor_id));
  }, 60_000);
});

describe('a fitted model', () => {
  test('takes the place of the untaught one once there are enough tutors, and stays while they are the same', async () => {
    await em().execute(manyTutors(newId(), 150));
    await replica.build();
    const models = await modelsOf(orm);
    const [fitted = ''] = Object.keys(models).filter((id) => models[id] === 'ACTIVE');
    expect(fitted).toMatch(/^latent-1-/);
    expect(await vectorCount(orm, fitted)).toBe(150);
    await replica.build();
    const next = await startReplica(orm);
    await next.build();
    expect(await modelsOf(orm)).toEqual(models);
    expect((await next.wishVectors.of(em(), { orderId: null, text: 'word7 word8' }))?.model).toBe(fitted);
  }, 120_000);
});

/** Tutors with made-up words. */
function manyTutors(subjectId: string, count: number): string {
  return `
    with added as (
      insert into recommendations.tutors (id, user_id, hidden, currency, languages, formats, experience_years, premium, verified,
        headline, biography, created_at, changed_at, last_active_at)
      select gen_random_uuid(), gen_random_uuid(), false, 'EUR', '{en}', '{ONLINE}', 1, false, false,
        'word' || i % 17 || ' word' || i % 23, 'word' || i % 29 || ' word' || i % 31 || ' lesson', now(), now(), now()
        from generate_series(1, ${count}) i returning id
    )
    insert into recommendations.offers (tutor_id, subject_id, levels, rate_minor, currency, hidden, languages, formats, tutor_created_at)
    select id, '${subjectId}', '{EXAM}', 1000, 'EUR', false, '{en}', '{ONLINE}', now() from added`;
}
