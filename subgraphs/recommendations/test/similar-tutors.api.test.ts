import { newId } from '@tutorgraph/kit/database/id';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addLesson, addTutor, roomEm, type TutorTraits } from './scene.ts';

const ASK = `query ($tutorId: ID!, $first: Int) { similarTutors(tutorId: $tutorId, first: $first) {
  tutors { tutor { id } score } degraded } }`;

interface Similar {
  tutors: { tutor: { id: string }; score: number }[];
  degraded: boolean;
}

let graph: TestGraph;

beforeAll(async () => {
  graph = await startTestGraph(['recommendations']);
});
afterAll(() => graph.close());

async function similarTo(tutorId: string, first?: number): Promise<Similar | null> {
  const { data, errors } = await graph.run('recommendations', ASK, { tutorId, first });
  expect(errors).toBeUndefined();
  return data['similarTutors'] as Similar | null;
}

function add(traits: TutorTraits): Promise<string> {
  return addTutor(roomEm(graph), traits);
}

test('whom the same students learned with, and who teaches the same for as much, come first', async () => {
  const subjectId = newId();
  const tutorId = await add({ subjectId, rateMinor: 2_000 });
  const far = await add({ subjectId, rateMinor: 6_000, levels: ['ADULT'], rating: 3.5, reviewCount: 30 });
  const near = await add({ subjectId, rateMinor: 2_100 });
  const shared = await add({ subjectId, rateMinor: 2_100 });
  for (let count = 0; count < 5; count++) {
    const studentId = newId();
    for (const taught of [tutorId, shared]) await addLesson(roomEm(graph), { studentId, tutorId: taught, subjectId });
  }
  const found = await similarTo(tutorId);
  expect(found?.tutors.map(({ tutor }) => tutor.id)).toEqual([shared, near, far]);
  expect(found?.degraded).toBe(false);
  for (const { score } of found?.tutors ?? []) expect(score).toBeGreaterThan(0);
});

test('none of another subject or language, nobody hidden, and not the tutor', async () => {
  const subjectId = newId();
  const tutorId = await add({ subjectId, languages: ['ru'] });
  await add({ subjectId: newId(), languages: ['ru'] });
  await add({ subjectId, languages: ['en'] });
  await add({ subjectId, languages: ['ru'], hidden: true });
  const like = await add({ subjectId, languages: ['ru', 'en'] });
  expect((await similarTo(tutorId))?.tutors.map(({ tutor }) => tutor.id)).toEqual([like]);
});

test('nothing is told of who is not there or hidden, and bounds are kept', async () => {
  const hidden = await add({ subjectId: newId(), hidden: true });
  for (const id of [hidden, newId(), 'nobody']) expect(await similarTo(id)).toBeNull();
  const tutorId = await add({ subjectId: newId() });
  for (const first of [0, 21]) {
    expect((await graph.run('recommendations', ASK, { tutorId, first })).codes).toEqual(['BAD_USER_INPUT']);
  }
});

test('many are asked for by as many statements as one', async () => {
  const subjectId = newId();
  const tutorId = await add({ subjectId });
  await add({ subjectId });
  const few = await withStatements(() => similarTo(tutorId));
  await Promise.all(Array.from({ length: 40 }, () => add({ subjectId })));
  const many = await withStatements(() => similarTo(tutorId, 20));
  expect(many.result?.tutors).toHaveLength(20);
  expect(many.statements).toHaveLength(few.statements.length);
});
