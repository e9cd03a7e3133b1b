import { newId } from '@tutorgraph/kit/database/id';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addApplication, addOrder, addTutor, roomEm } from './scene.ts';

const MATCH = 'score chanceOfSuccess compatibility { subject price schedule style level } reasons { code text value }';
const TUTORS = `query ($of: [_Any!]!, $orderId: ID!) { _entities(representations: $of) { ... on Tutor { matchFor(orderId: $orderId) { ${MATCH} } } } }`;
const APPLICATIONS =
  'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Application { id matchScore } } }';

let graph: TestGraph;

beforeAll(async () => {
  graph = await startTestGraph(['accounts', 'recommendations']);
});
afterAll(() => graph.close());

interface Match {
  score: number;
  chanceOfSuccess: number;
  compatibility: Record<string, number | null>;
  reasons: { code: string; text: string; value: number | null }[];
}

async function matches(
  person: TestPerson | undefined,
  tutorIds: readonly string[],
  orderId: string,
): Promise<(Match | null)[]> {
  const of = tutorIds.map((id) => ({ __typename: 'Tutor', id }));
  const { data, errors } = await graph.run('recommendations', TUTORS, { of, orderId }, person);
  expect(errors).toBeUndefined();
  return (data['_entities'] as { matchFor: Match | null }[]).map(({ matchFor }) => matchFor);
}

async function scores(person: TestPerson | undefined, ids: readonly string[]): Promise<(number | null)[]> {
  const of = ids.map((id) => ({ __typename: 'Application', id }));
  const { data, errors } = await graph.run('recommendations', APPLICATIONS, { of }, person);
  expect(errors).toBeUndefined();
  return (data['_entities'] as { matchScore: number | null }[]).map(({ matchScore }) => matchScore);
}

async function scene() {
  const [student, other, staff] = [
    await graph.person('STUDENT'),
    await graph.person('STUDENT'),
    await graph.person('ADMIN'),
  ];
  const subjectId = newId();
  const orderId = await addOrder(roomEm(graph), {
    ...{ studentId: student.userId, subjectId, budgetMinor: 2_000, currency: 'EUR' },
  });
  return { student, other, staff, subjectId, orderId };
}

describe('how well a tutor fits an order', () => {
  test('is told to its student, the better the better', async () => {
    const { student, subjectId, orderId } = await scene();
    const good = await addTutor(roomEm(graph), { subjectId, rating: 4.9, reviewCount: 40, rateMinor: 1_800 });
    const bad = await addTutor(roomEm(graph), { subjectId, rating: 3.1, reviewCount: 40, rateMinor: 4_000 });
    const [first, second] = await matches(student, [good, bad], orderId);
    expect(first?.score).toBeGreaterThan(second?.score ?? 100);
    expect(first?.chanceOfSuccess).toBeGreaterThan(second?.chanceOfSuccess ?? 1);
    expect(first?.compatibility).toMatchObject({ price: 1, level: 1, schedule: null });
    expect(second?.compatibility['price']).toBe(0);
    expect(first?.reasons.length).toBeGreaterThan(0);
    expect(first?.reasons.map(({ text }) => text).filter((text) => text === '')).toEqual([]);
  });

  test('is the figure that the recommendations for the order have', async () => {
    const { student, subjectId, orderId } = await scene();
    const tutors = await Promise.all(
      [1_500, 2_000, 2_100].map((rateMinor) => addTutor(roomEm(graph), { subjectId, rateMinor })),
    );
    const LIST =
      'query ($orderId: ID!) { recommendedTutors(orderId: $orderId) { edges { node { tutor { id } score } } } }';
    const { data } = await graph.run('recommendations', LIST, { orderId }, student);
    const { edges } = data['recommendedTutors'] as { edges: { node: { tutor: { id: string }; score: number } }[] };
    const listed = new Map(edges.map(({ node }) => [node.tutor.id, node.score]));
    const told = await matches(student, tutors, orderId);
    expect(told.map((match) => match?.score)).toEqual(tutors.map((id) => listed.get(id)));
  });

  test('is told to nobody else, staff and the tutor included', async () => {
    const { other, staff, subjectId, orderId } = await scene();
    const owner = await graph.person('TUTOR');
    const tutorId = await addTutor(roomEm(graph), { subjectId, userId: owner.userId });
    for (const person of [other, staff, owner, undefined]) {
      expect(await matches(person, [tutorId], orderId)).toEqual([null]);
    }
  });

  test('is not told of whom it is not known', async () => {
    const { student, subjectId, orderId } = await scene();
    const elsewhere = await addTutor(roomEm(graph), { subjectId: newId() });
    const hidden = await addTutor(roomEm(graph), { subjectId, hidden: true });
    expect(await matches(student, [elsewhere, hidden, newId(), 'nobody'], orderId)).toEqual([null, null, null, null]);
    const known = await addTutor(roomEm(graph), { subjectId });
    expect(await matches(student, [known], newId())).toEqual([null]);
    expect(await matches(student, [known], 'nothing')).toEqual([null]);
  });

  test('is asked by as many statements for a hundred tutors as for one', async () => {
    const { student, subjectId, orderId } = await scene();
    const tutors = await Promise.all(Array.from({ length: 100 }, () => addTutor(roomEm(graph), { subjectId })));
    await matches(student, tutors.slice(0, 1), orderId);
    const few = await withStatements(() => matches(student, tutors.slice(0, 1), orderId));
    const many = await withStatements(() => matches(student, tutors, orderId));
    expect(many.result.filter((match) => match === null)).toEqual([]);
    expect(many.statements).toHaveLength(few.statements.length);
    expect(few.statements.length).toBeLessThanOrEqual(4);
  });
});

describe('how well an application fits', () => {
  test("is told to the order's student and to the tutor, and to nobody else", async () => {
    const { student, other, staff, subjectId, orderId } = await scene();
    const owner = await graph.person('TUTOR');
    const tutorId = await addTutor(roomEm(graph), { subjectId, userId: owner.userId });
    const id = await addApplication(roomEm(graph), { orderId, tutorId, status: 'PENDING' });
    const [match] = await matches(student, [tutorId], orderId);
    expect(await scores(student, [id])).toEqual([match?.score]);
    expect(await scores(owner, [id])).toEqual([match?.score]);
    const rival = await graph.person('TUTOR');
    await addTutor(roomEm(graph), { subjectId, userId: rival.userId });
    for (const person of [other, staff, rival, undefined]) expect(await scores(person, [id])).toEqual([null]);
    expect(await scores(student, [newId(), 'nothing'])).toEqual([null, null]);
  });

  test('is asked by as many statements for many orders of a tutor as for one', async () => {
    const owner = await graph.person('TUTOR');
    const subjectId = newId();
    const tutorId = await addTutor(roomEm(graph), { subjectId, userId: owner.userId });
    const ids = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const orderId = await addOrder(roomEm(graph), { studentId: newId(), subjectId });
        return addApplication(roomEm(graph), { orderId, tutorId, status: 'PENDING' });
      }),
    );
    await scores(owner, ids.slice(0, 1));
    const few = await withStatements(() => scores(owner, ids.slice(0, 1)));
    const many = await withStatements(() => scores(owner, ids));
    expect(many.result.filter((score) => score === null)).toEqual([]);
    expect(many.statements).toHaveLength(few.statements.length);
    expect(few.statements.length).toBeLessThanOrEqual(5);
  });
});
