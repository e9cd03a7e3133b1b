import { newId } from '@tutorgraph/kit/database/id';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EmbeddingModel } from '../src/embeddings/embedding.entity.ts';
import { markForEmbedding } from '../src/embeddings/mark-for-embedding.ts';
import { ExperimentExposure } from '../src/experiments/exposure.entity.ts';
import { Impression, Outcome, RankingRequest } from '../src/feedback/feedback.entity.ts';
import { addLesson, addTutor, roomEm, type TutorTraits } from './scene.ts';

const ASK = `query ($tutorId: ID!, $first: Int) { similarTutors(tutorId: $tutorId, first: $first) {
  requestId tutors { tutor { id } score } degraded } }`;

interface Similar {
  requestId: string;
  tutors: { tutor: { id: string }; score: number }[];
  degraded: boolean;
}

let graph: TestGraph;

beforeAll(async () => {
  graph = await startTestGraph(['accounts', 'recommendations']);
});
afterAll(() => graph.close());

async function similarTo(tutorId: string, first?: number, person?: TestPerson): Promise<Similar | null> {
  const { data, errors } = await graph.run('recommendations', ASK, { tutorId, first }, person);
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

describe('what somebody is shown', () => {
  const noted = (requestId: string) => roomEm(graph).findOne(RankingRequest, { id: requestId });
  /** A tutor with somebody like them. */
  const alike = async (traits: Partial<TutorTraits> = {}) => {
    const subjectId = newId();
    const tutorId = await add({ subjectId, ...traits });
    const others = [await add({ subjectId }), await add({ subjectId })];
    return { tutorId, others };
  };
  const ask = async (tutorId: string, person?: TestPerson, first?: number): Promise<Similar> => {
    const found = await similarTo(tutorId, first, person);
    if (!found) throw new Error('Nobody was found');
    return found;
  };

  test('is noted once within ten minutes, as a list of its own kind that no model ranked', async () => {
    const [student, { tutorId, others }] = [await graph.person('STUDENT'), await alike()];
    const { requestId, tutors } = await ask(tutorId, student);
    expect((await ask(tutorId, student, 1)).requestId).toBe(requestId);
    await expect.poll(() => noted(requestId)).not.toBeNull();
    expect(await noted(requestId)).toMatchObject({
      ...{ surface: 'SIMILAR', viewerId: student.userId, modelId: null, orderId: null, subjectId: null },
      ...{ variants: {}, degraded: false, candidateCount: 2 },
    });
    const impressions = await roomEm(graph).find(Impression, { requestId }, { orderBy: { position: 'asc' } });
    expect(impressions.map(({ tutorId: id, position }) => [id, position])).toEqual(
      tutors.map(({ tutor }, index) => [tutor.id, index + 1]),
    );
    expect(impressions).toHaveLength(others.length);
  });

  test('is noted with what compared texts, where any were', async () => {
    const { tutorId, others } = await alike();
    await transaction(roomEm(graph), (tx) => markForEmbedding(tx, 'TUTOR', [tutorId, ...others]));
    for (const name of ['build-embeddings', 'embed-changed']) {
      const job = graph.rooms.get('recommendations')?.parts.jobs?.find((one) => one.name === name);
      await job?.handler({}, { id: newId(), attempt: 1, signal: AbortSignal.timeout(60_000), logger: silentLogger });
    }
    const { requestId } = await ask(tutorId, await graph.person('STUDENT'));
    await expect.poll(() => noted(requestId)).not.toBeNull();
    const { id } = await roomEm(graph).findOneOrFail(EmbeddingModel, { state: 'ACTIVE' });
    expect((await noted(requestId))?.embeddingModel).toBe(id);
  });

  test('is noted with the variant that the viewer has, who does not meet the experiment by it', async () => {
    const [admin, student] = [await graph.person('ADMIN'), await graph.person('STUDENT')];
    const mutate = async (field: string, input: object) => {
      const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
      const query = `mutation ($input: ${type}!) { ${field}(input: $input) { experiment { id } } }`;
      const { data } = await graph.run('recommendations', query, { input }, admin);
      return (data[field] as { experiment: { id: string } }).experiment.id;
    };
    const experimentId = await mutate('createExperiment', {
      ...{ name: 'beside-lists', description: 'Is it told of lists beside those that it changes?' },
      variants: [
        { key: 'control', share: 1 },
        { key: 'bold', share: 9_999, payload: { explorationSlot: false } },
      ],
      metrics: [{ key: 'booked', kind: 'PROPORTION', role: 'PRIMARY' }],
    });
    await mutate('startExperiment', { experimentId });
    const { tutorId } = await alike();
    const { requestId } = await ask(tutorId, student);
    await expect.poll(() => noted(requestId)).not.toBeNull();
    expect((await noted(requestId))?.variants).toEqual({ [experimentId]: 'bold' });
    expect(await roomEm(graph).count(ExperimentExposure, { experimentId })).toBe(0);
    await mutate('completeExperiment', { experimentId });
  });

  test('can be opened out of that list, by whom it was shown to', async () => {
    const [student, { tutorId, others }] = [await graph.person('STUDENT'), await alike()];
    const { requestId } = await ask(tutorId, student);
    const input = { requestId, tutorId: others[0] };
    const { data } = await graph.run(
      'recommendations',
      'mutation ($input: RecordOpeningInput!) { recordOpening(input: $input) { recorded } }',
      { input },
      student,
    );
    expect(data['recordOpening']).toEqual({ recorded: true });
    expect(await roomEm(graph).findOne(Outcome, { requestId })).toMatchObject({
      ...{ kind: 'OPENED', tutorId: others[0], studentId: student.userId, modelId: null },
    });
  });

  test('is not noted of nobody, of staff, and of the tutor themselves', async () => {
    const teacher = await graph.person('TUTOR');
    const { tutorId } = await alike({ userId: teacher.userId });
    const asked = [
      await ask(tutorId),
      await ask(tutorId, await graph.person('ADMIN')),
      await ask(tutorId, teacher),
      await ask(tutorId, await graph.person('STUDENT')),
    ];
    const ids = asked.map(({ requestId }) => requestId);
    expect(new Set(ids).size).toBe(4);
    await expect.poll(() => noted(ids[3] ?? '')).not.toBeNull();
    expect(await roomEm(graph).count(RankingRequest, { id: ids })).toBe(1);
  });
});
