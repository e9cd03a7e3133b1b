import type { MikroORM } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { profileSearch } from '../src/embeddings/profile-search.ts';
import { findFitting } from '../src/results/fitting.repository.ts';
import { addProfile, emptyDatabase, openEmbeddingDatabase, type Replica, startReplica } from './embedding-scene.ts';

const HEADLINES = [
  'Единый государственный экзамен по математике',
  'Олимпиадная математика, призёры всероса',
  'Maths: I help kids to catch up',
  'Calculus and analysis for university students',
  'IELTS: writing and speaking',
  'Guitar and songs by the fire',
];

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

describe('who fulfils all that was asked', () => {
  test('is the same whether all are looked at or indexes find some of them', async () => {
    const [subjectId, other] = [newId(), newId()];
    for (const headline of HEADLINES) await addProfile(orm, subjectId, headline);
    const stranger = await addProfile(orm, other, 'Math and nothing else');
    await replica.embedChanged();
    const em = orm.em.fork();
    const vector = await replica.wishVectors.of(em, { orderId: null, text: 'математика к экзамену' });
    if (!vector) throw new Error('The wish has no vector');
    const query = {
      where: sql<boolean>`o.subject_id = ${subjectId}::uuid and not o.hidden`,
      limits: { text: 3, popular: 4, newcomers: 2 },
      since: new Date(0),
      compared: { texts: profileSearch(replica.wishVectors), vector },
    };
    const all = await findFitting(em, query);
    expect([all.near.length, all.popular.length, all.newcomers.length]).toEqual([3, 4, 2]);
    expect(all.popular).not.toContain(stranger);
    expect(all.near.map(({ similarity }) => similarity)).toEqual(
      all.near.map(({ similarity }) => similarity).sort((a, b) => b - a),
    );
    for (const lookedAt of [HEADLINES.length, HEADLINES.length - 1, 4]) {
      expect(await findFitting(em, { ...query, lookedAt })).toEqual(all);
    }
    expect(await findFitting(em, { ...query, compared: null })).toEqual({ ...all, near: [] });
  });
});
