import { newId } from '@tutorgraph/kit/database/id';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { runSql } from '@tutorgraph/kit/testing/run-sql';
import { afterEach, beforeEach, expect, test } from 'vitest';
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
