import { newId } from '@tutorgraph/kit/database/id';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Impression, OrderImpression, RankingRequest } from '../src/feedback/feedback.entity.ts';
import { answerOrder } from '../src/feedback/order-impression.repository.ts';
import { recommendationsPrivacy } from '../src/privacy/recommendations-privacy.ts';
import { RankingModel } from '../src/ranking/ranking-model.entity.ts';
import { addApplication, addOrder, addTutor, roomEm, type TutorTraits } from './scene.ts';

const ASK = `query ($first: Int, $after: String) { recommendedOrders(first: $first, after: $after) {
  edges { cursor node { order { id } score chanceOfSuccess waitingCount compatibility { price level schedule } } }
  pageInfo { hasNextPage hasPreviousPage endCursor } totalCount requestId degraded } }`;

interface Page {
  edges: {
    cursor: string;
    node: {
      order: { id: string };
      score: number;
      chanceOfSuccess: number;
      waitingCount: number;
      compatibility: Record<string, number | null>;
    };
  }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
  totalCount: number;
  requestId: string;
  degraded: boolean;
}

let graph: TestGraph;

beforeAll(async () => {
  graph = await startTestGraph(['recommendations']);
});
afterAll(() => graph.close());

async function ask(person: TestPerson | undefined, variables: object = {}): Promise<Page> {
  const { data, errors } = await graph.run('recommendations', ASK, variables, person);
  if (!data['recommendedOrders']) throw new Error(JSON.stringify(errors));
  return data['recommendedOrders'] as Page;
}

async function orderIds(person: TestPerson): Promise<string[]> {
  return (await ask(person)).edges.map(({ node }) => node.order.id);
}

/** Somebody who teaches a subject of their own. */
async function teacher(traits: Partial<TutorTraits> = {}) {
  const person = await graph.person('TUTOR');
  const subjectId = newId();
  const tutorId = await addTutor(roomEm(graph), { subjectId, userId: person.userId, ...traits });
  const order = (other: Partial<Parameters<typeof addOrder>[1]> = {}) =>
    addOrder(roomEm(graph), { studentId: newId(), subjectId, ...other });
  return { person, subjectId, tutorId, order };
}

test('those first that fit and that few have answered', async () => {
  const { person, order } = await teacher({ rateMinor: 2_000, hours: '1'.repeat(168) });
  const tooCheap = await order({ budgetMinor: 1_100, currency: 'EUR' });
  const contested = await order({ budgetMinor: 2_500, currency: 'EUR' });
  const fits = await order({ budgetMinor: 2_500, currency: 'EUR' });
  for (let count = 0; count < 4; count++) {
    await addApplication(roomEm(graph), { orderId: contested, tutorId: newId(), status: 'PENDING' });
  }
  const { edges, totalCount } = await ask(person);
  expect(edges.map(({ node }) => node.order.id)).toEqual([fits, contested, tooCheap]);
  expect(edges.map(({ node }) => node.waitingCount)).toEqual([0, 4, 0]);
  expect(edges[0]?.node.compatibility).toMatchObject({ price: 1, level: 1 });
  expect(totalCount).toBe(3);
});

test('the same score and chance as the order’s student is told of the tutor', async () => {
  const { person, tutorId, order } = await teacher({ rateMinor: 2_300, hours: '1'.repeat(168) });
  const student = await graph.person('STUDENT');
  const orderId = await order({ studentId: student.userId, budgetMinor: 2_500, currency: 'EUR' });
  const { data } = await graph.run(
    'recommendations',
    `query ($of: [_Any!]!, $orderId: ID!) { _entities(representations: $of) {
      ... on Tutor { matchFor(orderId: $orderId) { score chanceOfSuccess } } } }`,
    { of: [{ __typename: 'Tutor', id: tutorId }], orderId },
    student,
  );
  const [{ matchFor }] = data['_entities'] as [{ matchFor: { score: number; chanceOfSuccess: number } }];
  const { edges } = await ask(person);
  expect(edges[0]?.node).toMatchObject(matchFor);
  expect(matchFor.chanceOfSuccess * 1_000).toBeCloseTo(Math.round(matchFor.chanceOfSuccess * 1_000), 9);
});

test('not one’s own, answered, closed, old, of another level, subject or place', async () => {
  const { person, tutorId, order } = await teacher({ formats: ['ONLINE', 'IN_PERSON'], city: 'berlin' });
  const open = await order();
  await order({ studentId: person.userId });
  const answered = await order();
  await addApplication(roomEm(graph), { orderId: answered, tutorId, status: 'WITHDRAWN' });
  await order({ status: 'MATCHED' });
  await order({ status: 'CLOSED' });
  await order({ createdAt: new Date(Date.now() - 61 * 86_400_000) });
  await order({ level: 'PRIMARY_SCHOOL' });
  await order({ subjectId: newId() });
  await order({ format: 'IN_PERSON', city: 'london' });
  const near = await order({ format: 'IN_PERSON', city: 'berlin' });
  expect((await orderIds(person)).toSorted()).toEqual([open, near].toSorted());
});

test('none for who has no profile, or hides it; and nobody who is not signed in is told', async () => {
  expect((await ask(await graph.person('STUDENT'))).edges).toEqual([]);
  const { person, order } = await teacher({ hidden: true });
  await order();
  expect(await orderIds(person)).toEqual([]);
  const { codes } = await graph.run('recommendations', ASK);
  expect(codes).toEqual(['UNAUTHENTICATED']);
});

test('pages have every order once, also when another is posted in between', async () => {
  const { person, order } = await teacher();
  const orders = await Promise.all(
    Array.from({ length: 7 }, (_, index) => order({ budgetMinor: 1_500 + index * 200, currency: 'EUR' })),
  );
  const seen: string[] = [];
  let after: string | null = null;
  for (let page = 0; page < 3; page++) {
    const { edges, pageInfo }: Page = await ask(person, { first: 3, after });
    seen.push(...edges.map(({ node }) => node.order.id));
    expect(pageInfo).toMatchObject({ hasNextPage: page < 2, hasPreviousPage: page > 0 });
    after = pageInfo.endCursor;
    if (page === 0) await order({ budgetMinor: 9_000, currency: 'EUR', createdAt: new Date(Date.now() - 86_400_000) });
  }
  for (const id of orders) expect(seen.filter((one) => one === id)).toHaveLength(1);
});

test('a page size out of bounds and a foreign cursor are refused', async () => {
  const { person } = await teacher();
  for (const variables of [
    { first: 101 },
    { first: -1 },
    { after: 'x' },
    { after: Buffer.from('[1,2]').toString('base64url') },
  ]) {
    expect((await graph.run('recommendations', ASK, variables, person)).codes).toEqual(['BAD_USER_INPUT']);
  }
});

test('many orders are asked for by as many statements as one', async () => {
  const { person, order } = await teacher();
  await order();
  await ask(person);
  const few = await withStatements(() => ask(person));
  await Promise.all(Array.from({ length: 60 }, () => order()));
  const many = await withStatements(() => ask(person, { first: 100 }));
  expect(many.result.edges).toHaveLength(61);
  expect(many.statements).toHaveLength(few.statements.length);
  expect(few.statements.length).toBeLessThanOrEqual(6);
});

test('what a tutor is shown is noted as one list of orders, whatever page, with the model that ranked it', async () => {
  const { person, order } = await teacher();
  for (let count = 0; count < 3; count++) await order({ budgetMinor: 1_500 + count * 500, currency: 'EUR' });
  const first = await ask(person, { first: 2 });
  const second = await ask(person, { first: 2, after: first.pageInfo.endCursor });
  expect([second.requestId, first.degraded]).toEqual([first.requestId, false]);
  const { requestId } = first;
  const shown = () => roomEm(graph).find(OrderImpression, { requestId }, { orderBy: { position: 'asc' } });
  await expect.poll(async () => (await shown()).length).toBe(3);
  expect((await shown()).map(({ orderId, position }) => [orderId, position])).toEqual(
    [...first.edges, ...second.edges].map(({ node }, index) => [node.order.id, index + 1]),
  );
  const { id: modelId } = await roomEm(graph).findOneOrFail(RankingModel, { status: 'RUNNING' });
  expect(await roomEm(graph).findOneOrFail(RankingRequest, { id: requestId })).toMatchObject({
    ...{ surface: 'ORDERS', viewerId: person.userId, modelId, orderId: null, variants: {}, candidateCount: 3 },
  });
  expect(await roomEm(graph).count(Impression, { requestId })).toBe(0);
});

test('what a tutor was shown is told to them, is of nobody when they are erased, and nothing is noted of an empty list', async () => {
  const { person, order } = await teacher();
  const empty = await ask(person);
  const orderId = await order();
  const { requestId } = await ask(person);
  const lists = async () => (await recommendationsPrivacy.collect(roomEm(graph), person.userId)).sections;
  await expect.poll(lists).toMatchObject({
    recommendationLists: [{ surface: 'ORDERS', orderIds: [orderId], tutorIds: [] }],
  });
  expect(requestId).not.toBe(empty.requestId);
  await transaction(roomEm(graph), (tx) => recommendationsPrivacy.erase(tx, person.userId));
  expect(await lists()).toMatchObject({ recommendationLists: [] });
  expect(await roomEm(graph).findOneOrFail(RankingRequest, { id: requestId })).toMatchObject({ viewerId: null });
});

describe('an order that a tutor was shown', () => {
  const OPEN = `mutation ($input: RecordOpeningInput!) { recordOpening(input: $input) { recorded userErrors { code field } } }`;
  const open = async (person: TestPerson, input: object) =>
    (await graph.run('recommendations', OPEN, { input }, person)).data['recordOpening'];
  const shown = (requestId: string, orderId: string) =>
    roomEm(graph).findOneOrFail(OrderImpression, { requestId, orderId });
  const recorded = { recorded: true, userErrors: [] };
  const refused = (code: string, field: string[]) => ({ recorded: null, userErrors: [{ code, field }] });

  test('is opened out of that list by them only, and the first time counts', async () => {
    const { person, order } = await teacher();
    const orderId = await order();
    const { requestId } = await ask(person);
    expect(await open(person, { requestId, orderId })).toEqual(recorded);
    const { openedAt } = await shown(requestId, orderId);
    expect(openedAt).toBeInstanceOf(Date);
    expect(await open(person, { requestId, orderId })).toEqual(recorded);
    expect((await shown(requestId, orderId)).openedAt).toEqual(openedAt);
    const unknown = refused('NOT_FOUND', ['input', 'requestId']);
    expect(await open(await graph.person('TUTOR'), { requestId, orderId })).toEqual(unknown);
    expect(await open(person, { requestId, orderId: await order() })).toEqual(unknown);
    expect(await open(person, { requestId, orderId: 'no id' })).toEqual(unknown);
    for (const both of [{}, { orderId, tutorId: newId() }]) {
      expect(await open(person, { requestId, ...both })).toEqual(refused('INVALID_INPUT', ['input']));
    }
  });

  test('is answered to the credit of the list in which they saw it last before', async () => {
    const { person, tutorId, order } = await teacher();
    const orderId = await order();
    const at = (hours: number) => new Date(Date.now() - hours * 3_600_000);
    const seen = async (hours: number) => {
      const id = newId();
      await roomEm(graph).insert(RankingRequest, {
        ...{
          id,
          surface: 'ORDERS',
          viewerId: person.userId,
          orderId: null,
          subjectId: null,
          city: null,
          modelId: null,
        },
        ...{ embeddingModel: null, variants: {}, degraded: false, candidateCount: 1, createdAt: at(hours) },
      });
      const place = { position: 1, score: 1, chance: 0.5, shownAt: at(hours) };
      await roomEm(graph).insert(OrderImpression, { requestId: id, orderId, ...place });
      return id;
    };
    await seen(40 * 24);
    await seen(9);
    const wanted = await seen(5);
    await seen(1);
    const answer = (hours: number, who = tutorId) =>
      transaction(roomEm(graph), (tx) => answerOrder(tx, { orderId, tutorId: who, at: at(hours) }));
    expect(await answer(3, newId())).toBe(false);
    expect(await answer(9 * 24)).toBe(false);
    expect(await answer(3)).toBe(true);
    const answered = await roomEm(graph).find(OrderImpression, { orderId, answeredAt: { $ne: null } });
    expect(answered.map((one) => one.requestId)).toEqual([wanted]);
  });
});
