import { randomUUID } from 'node:crypto';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Impression, OrderImpression, RankingRequest } from '../src/feedback/feedback.entity.js';
import { Feedback, type LoggedRequest, type ShownTutor } from '../src/feedback/feedback.js';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startTestGraph(['recommendations']);
});
afterAll(() => graph?.close());

const em = () => {
  const room = graph.rooms.get('recommendations');
  if (!room) throw new Error('The room was not started');
  return room.orm.em.fork();
};

function open() {
  const metrics = new Metrics();
  const read = async (line: string) => (await metrics.expose()).body.split('\n').filter((one) => one.startsWith(line));
  return { feedback: new Feedback(em(), metrics, silentLogger), read };
}

function request(more: Partial<LoggedRequest> = {}): LoggedRequest {
  return {
    surface: 'ORDER',
    orderId: randomUUID(),
    viewerId: randomUUID(),
    subjectId: randomUUID(),
    city: 'riga',
    modelId: randomUUID(),
    embeddingModel: null,
    variants: { one: 'b' },
    degraded: false,
    candidateCount: 3,
    list: 'a list',
    at: new Date('2026-10-10T10:01:00Z'),
    ...more,
  };
}

function tutor(position: number, more: Partial<ShownTutor> = {}): ShownTutor {
  return {
    tutorId: randomUUID(),
    position,
    score: 1 / position,
    chance: 0.5,
    features: [1, 2],
    explored: false,
    ...more,
  };
}

const impressions = (requestId: string) => em().find(Impression, { requestId }, { orderBy: { position: 'asc' } });

it('stores a list and its tutors as they were shown, what is not known included', async () => {
  const { feedback, read } = open();
  const asked = request();
  const id = feedback.log(asked, [
    tutor(1, { features: [0.5, Number.NaN, 1e300, 1e-300], explored: true }),
    tutor(2, { chance: null, score: -3 }),
  ]);
  await feedback.flush();
  const { list: _list, at, ...rest } = asked;
  expect(await em().findOneOrFail(RankingRequest, { id })).toMatchObject({ ...rest, id, createdAt: at });
  const [first, second] = await impressions(id);
  expect(first).toMatchObject({
    position: 1,
    explored: true,
    shownAt: at,
    features: [0.5, Number.NaN, Number.POSITIVE_INFINITY, 0],
  });
  expect(second).toMatchObject({ position: 2, explored: false, chance: null, score: -3 });
  expect(await read('recommendation_lists_total')).toEqual([
    'recommendation_lists_total{surface="ORDER",degraded="false"} 1',
  ]);
});

it('stores orders that a tutor is shown apart from tutors, under one list, and of nobody who was shown', async () => {
  const { feedback, read } = open();
  const asked = request({ surface: 'ORDERS', orderId: null });
  const [one, two] = [1, 2].map((position) => ({
    ...{ orderId: randomUUID(), position, score: 0.5 / position, chance: 1e-60 },
  }));
  if (!(one && two)) throw new Error('Two orders are needed');
  const id = feedback.logOrders(asked, [one]);
  expect(feedback.logOrders(asked, [one, two])).toBe(id);
  await feedback.flush();
  const stored = await em().find(OrderImpression, { requestId: id }, { orderBy: { position: 'asc' } });
  expect(stored).toMatchObject([
    { ...one, chance: 0, shownAt: asked.at },
    { ...two, chance: 0 },
  ]);
  expect(await impressions(id)).toEqual([]);
  expect(await read('recommendation_lists_total')).toEqual([
    'recommendation_lists_total{surface="ORDERS",degraded="false"} 2',
  ]);
});

it('stores any number of lists by two statements, on behalf of no request', async () => {
  const { statements } = await withStatements(async () => {
    const { feedback } = open();
    for (let index = 0; index < 50; index++) feedback.log(request(), [tutor(1), tutor(2), tutor(3)]);
    await feedback.flush();
  });
  expect(statements.filter((one) => /insert/.test(one))).toHaveLength(2);
  const { feedback } = open();
  const asking = await withStatements(async () => {
    feedback.log(request(), [tutor(1)]);
    await feedback.flush();
  });
  expect(asking.statements).toEqual([]);
});

it('takes the same list within ten minutes for one, to which further pages add their tutors', async () => {
  const { feedback } = open();
  const asked = request();
  const [one, two, three] = [tutor(1), tutor(2), tutor(3)];
  const ids = [
    feedback.log(asked, [one, two]),
    feedback.log({ ...asked, at: new Date('2026-10-10T10:09:00Z') }, [one, two]),
    feedback.log({ ...asked, at: new Date('2026-10-10T10:09:30Z') }, [two, three]),
  ];
  await feedback.flush();
  expect(new Set(ids).size).toBe(1);
  expect((await impressions(ids[0] ?? '')).map(({ tutorId }) => tutorId)).toEqual([
    one.tutorId,
    two.tutorId,
    three.tutorId,
  ]);
});

it.each([
  ['another viewer', { viewerId: randomUUID() }],
  ['another order', { orderId: randomUUID() }],
  ['another model', { modelId: randomUUID() }],
  ['another list', { list: 'another' }],
  ['a later time', { at: new Date('2026-10-10T10:12:00Z') }],
])('takes a list for %s for another one', async (_what, change) => {
  const { feedback } = open();
  const asked = request();
  expect(feedback.log(asked, [])).not.toBe(feedback.log({ ...asked, ...change }, []));
  await feedback.flush();
});

it('takes each list of nobody for one of its own', async () => {
  const { feedback } = open();
  const asked = request({ viewerId: null });
  const ids = [feedback.log(asked, [tutor(1)]), feedback.log(asked, [tutor(1)])];
  await feedback.flush();
  expect(await em().count(RankingRequest, { id: ids })).toBe(2);
});

it('stores one list once that many processes note at the same time', async () => {
  const processes = Array.from({ length: 6 }, () => open().feedback);
  const lists = Array.from({ length: 20 }, () => ({ asked: request(), shown: [tutor(1), tutor(2), tutor(3)] }));
  for (const [index, feedback] of processes.entries()) {
    const order = index % 2 === 0 ? lists : lists.toReversed();
    for (const { asked, shown } of order) feedback.log(asked, index % 2 === 0 ? shown : shown.toReversed());
  }
  await Promise.all(processes.map((feedback) => feedback.flush()));
  const viewerIds = lists.map(({ asked }) => asked.viewerId);
  const stored = await em().find(RankingRequest, { viewerId: { $in: viewerIds } });
  expect(stored).toHaveLength(20);
  expect(await em().count(Impression, { requestId: stored.map(({ id }) => id) })).toBe(60);
});

it('is stored a moment later without being told to', async () => {
  const { feedback } = open();
  const id = feedback.log(request(), [tutor(1)]);
  await expect.poll(() => em().count(Impression, { requestId: id }), { timeout: 10_000 }).toBe(1);
});

it('loses a list that the database refuses, counts it, and stores the others', async () => {
  const { feedback, read } = open();
  feedback.log(request({ city: 'a\u0000b' }), [tutor(1)]);
  const id = feedback.log(request(), [tutor(1)]);
  await feedback.flush();
  expect(await impressions(id)).toHaveLength(1);
  expect(await read('recommendation_lists_lost_total')).toEqual([
    'recommendation_lists_lost_total{reason="database"} 1',
  ]);
});

it('notes no more than it can hold, and counts what it does not', async () => {
  const { feedback, read } = open();
  for (let index = 0; index < 2_010; index++) feedback.log(request(), [tutor(1)]);
  await feedback.flush();
  expect(await read('recommendation_lists_lost_total')).toEqual(['recommendation_lists_lost_total{reason="full"} 10']);
});
