import { newId } from '@tutorgraph/kit/database/id';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { runSql } from '@tutorgraph/kit/testing/run-sql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MarketTutor } from '../src/market/market.entity.ts';
import { addOrder, addTutor, roomEm } from './scene.ts';

const ASK = `query ($orderId: ID!) { recommendedTutors(orderId: $orderId) {
  degraded degradedReasons modelVersion edges { node { tutor { id } reasons { code } } } } }`;

let graph: TestGraph;
let student: TestPerson;
let orderId: string;
let tutorIds: string[];

beforeEach(async () => {
  graph = await startTestGraph(['accounts', 'recommendations']);
  student = await graph.person('STUDENT');
  const subjectId = newId();
  tutorIds = await Promise.all([1, 2, 3].map((popularity) => addTutor(roomEm(graph), { subjectId, popularity })));
  orderId = await addOrder(roomEm(graph), { subjectId, studentId: student.userId });
});
afterEach(() => graph.close());

async function recommended() {
  const { data } = await graph.run('recommendations', ASK, { orderId }, student);
  return data['recommendedTutors'] as {
    degraded: boolean;
    degradedReasons: string[];
    modelVersion: number;
    edges: { node: { tutor: { id: string }; reasons: object[] } }[];
  };
}

/** All tutors are there, with reasons, and the list says without what it was made. */
async function expectAllWithout(...parts: string[]): Promise<void> {
  const list = await recommended();
  expect(list.edges.map(({ node }) => node.tutor.id).sort()).toEqual([...tutorIds].sort());
  expect(list.edges.every(({ node }) => node.reasons.length > 0)).toBe(true);
  expect([list.degraded, list.degradedReasons]).toEqual([parts.length > 0, parts]);
}

test.each([
  ['cannot be read', `update recommendations.ranking_models set content = '{"kind": "BROKEN"}'`],
  ['are all gone', 'delete from recommendations.ranking_models'],
  ['cannot be asked for', 'drop table recommendations.ranking_models cascade'],
])('ranking models that %s are replaced by weights chosen by hand', async (_, breakIt) => {
  await runSql(graph.databaseUrl, breakIt);
  await expectAllWithout('MODEL');
});

test.each([
  ['vectors', 'drop table recommendations.tutor_vectors cascade'],
  ['a model of embeddings', 'delete from recommendations.embedding_models'],
  ['what reads vectors', 'drop extension vector cascade'],
])('without %s texts are not compared, and there is a list nevertheless', async (_, breakIt) => {
  await runSql(graph.databaseUrl, breakIt);
  await expectAllWithout('TEXTS');
});

test('without what other students chose there is a list nevertheless', async () => {
  await runSql(graph.databaseUrl, 'alter table recommendations.bookings rename column starts_at to began_at');
  await expectAllWithout('SIMILAR_STUDENTS');
});

describe('what is like a list says so, too:', () => {
  const ask = async <Answer>(query: string, variables: object, person = student): Promise<Answer> => {
    const { data, errors } = await graph.run('recommendations', query, variables, person);
    expect(errors).toBeUndefined();
    return Object.values(data)[0] as Answer;
  };
  const similar = () =>
    ask<{ degraded: boolean; tutors: object[] }>(
      'query ($tutorId: ID!) { similarTutors(tutorId: $tutorId) { degraded tutors { score } } }',
      { tutorId: tutorIds[0] },
    );
  const orders = (person: TestPerson) =>
    ask<{ degraded: boolean; totalCount: number }>('{ recommendedOrders { degraded totalCount } }', {}, person);
  const match = async () => {
    const query = `query ($of: [_Any!]!, $orderId: ID!) { _entities(representations: $of) {
      ... on Tutor { matchFor(orderId: $orderId) { score degraded } } } }`;
    const of = [{ __typename: 'Tutor', id: tutorIds[0] }];
    const [found] = await ask<{ matchFor: { score: number; degraded: boolean } }[]>(query, { of, orderId });
    return found?.matchFor;
  };
  const teacher = async () => {
    const person = await graph.person('TUTOR');
    await roomEm(graph).nativeUpdate(MarketTutor, { id: tutorIds[0] }, { userId: person.userId });
    return person;
  };

  test.each([
    ['texts', 'drop extension vector cascade'],
    ['lessons of others', 'alter table recommendations.bookings rename column starts_at to began_at'],
  ])('tutors who are like another, without %s', async (_, breakIt) => {
    expect(await similar()).toMatchObject({ degraded: false, tutors: [{}, {}] });
    await runSql(graph.databaseUrl, breakIt);
    expect(await similar()).toMatchObject({ degraded: true, tutors: [{}, {}] });
  });

  test.each([
    ['texts', 'drop extension vector cascade'],
    ['a model that can be read', `update recommendations.ranking_models set content = '{"kind": "BROKEN"}'`],
  ])('orders to answer and how well somebody fits, without %s', async (_, breakIt) => {
    const person = await teacher();
    await runSql(graph.databaseUrl, breakIt);
    expect(await orders(person)).toEqual({ degraded: true, totalCount: 1 });
    expect(await match()).toEqual({ degraded: true, score: expect.any(Number) });
  });

  test('orders to answer and how well somebody fits are whole otherwise', async () => {
    expect(await orders(await teacher())).toEqual({ degraded: false, totalCount: 1 });
    expect(await match()).toMatchObject({ degraded: false });
  });
});

test('without experiments everybody has what is usual', async () => {
  await runSql(graph.databaseUrl, 'drop table recommendations.experiments cascade');
  await expectAllWithout('EXPERIMENTS');
});

test('a list that was made without something is made again for the next who asks', async () => {
  await runSql(graph.databaseUrl, 'alter table recommendations.bookings rename column starts_at to began_at');
  await expectAllWithout('SIMILAR_STUDENTS');
  await runSql(graph.databaseUrl, 'alter table recommendations.bookings rename column began_at to starts_at');
  await expectAllWithout();
});

test('without the room’s own tables there is no list, and no guess', async () => {
  await runSql(graph.databaseUrl, 'alter table recommendations.offers rename to hidden_offers');
  expect(await recommended()).toBeNull();
});
