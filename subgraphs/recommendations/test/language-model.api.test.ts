import { newId } from '@tutorgraph/kit/database/id';
import { testDatabase } from '@tutorgraph/kit/testing/database';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { hangs, OpenAiServer, refuses, says, type Treatment } from '@tutorgraph/kit/testing/openai-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addOrder, addTutor, roomEm } from './scene.ts';

const ASK = `query ($orderId: ID!) { recommendedTutors(orderId: $orderId) {
  degradedReasons edges { node { tutor { id } } } } }`;

const server = new OpenAiServer();
let graph: TestGraph;

beforeAll(async () => {
  await server.listen();
  server.will(refuses(500));
  const settings = { OPENAI_API_KEY: 'key', OPENAI_BASE_URL: server.url };
  graph = await startTestGraph(['accounts', 'recommendations'], testDatabase, settings);
});
afterAll(async () => {
  await server.close();
  await graph.close();
});

/** Answers questions so; embeddings have an outage of their own. */
function willAnswer(treatment: Treatment): void {
  server.will((response, body, request) =>
    (request.url?.endsWith('/chat/completions') ? treatment : refuses(500))(response, body, request),
  );
}

/** Three tutors of whom the model would have the last one first. @returns those who are listed, and what failed */
async function recommended() {
  const student = await graph.person('STUDENT');
  const subjectId = newId();
  const orderId = await addOrder(roomEm(graph), { studentId: student.userId, subjectId, description: newId() });
  const tutors: string[] = [];
  for (const rating of [4.9, 4.7, 4.5]) {
    tutors.push(await addTutor(roomEm(graph), { subjectId, rating, reviewCount: 50 }));
  }
  const ask = async () => {
    const { data } = await graph.run('recommendations', ASK, { orderId }, student);
    const list = data['recommendedTutors'] as {
      degradedReasons: string[];
      edges: { node: { tutor: { id: string } } }[];
    };
    const places = list.edges.map(({ node }) => tutors.indexOf(node.tutor.id));
    return { places, failed: list.degradedReasons.filter((part) => part === 'LANGUAGE_MODEL') };
  };
  return { ask };
}

test('a model that answers moves tutors, and nothing is said of it', async () => {
  willAnswer(says(JSON.stringify({ order: ['T3', 'T1', 'T2'] })));
  const { ask } = await recommended();
  expect(await ask()).toEqual({ places: [0, 2, 1], failed: [] });
});

test.each([
  ['does not answer', hangs],
  ['answers nonsense', says('{"order":["T1"]}')],
  ['fails', refuses(503)],
])('a model that %s leaves the list as it was, which says so', async (_, treatment) => {
  willAnswer(treatment);
  const { ask } = await recommended();
  expect(await ask()).toEqual({ places: [0, 1, 2], failed: ['LANGUAGE_MODEL'] });
});
