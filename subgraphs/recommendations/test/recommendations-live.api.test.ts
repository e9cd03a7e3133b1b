import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import type { ExecutionResult } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { modelPromoted } from '../src/events.ts';
import { FreshOrder } from '../src/fresh-orders/fresh-order.entity.ts';
import { FreshOrders } from '../src/fresh-orders/fresh-orders.ts';
import { noteFreshOrders } from '../src/fresh-orders/note-fresh-orders.ts';
import { MarketOrder, MarketTutor } from '../src/market/market.entity.ts';
import { RunningModel } from '../src/ranking/running-model.ts';
import { Recommender } from '../src/results/recommend.ts';
import { SubjectUsual } from '../src/results/subject-usual.ts';
import { addOrder, addTutor, roomEm } from './scene.ts';

const WATCH = `subscription ($orderId: ID!, $after: String) {
  recommendationsChanged(orderId: $orderId, after: $after) { cursor order { id } } }`;

interface Message {
  cursor: string;
  order: { id: string } | null;
}

let graph: TestGraph;
let freshOrders: FreshOrders;

beforeAll(async () => {
  graph = await startTestGraph(['accounts', 'recommendations']);
  const models = new RunningModel({
    signals: { listen: () => () => {}, send: () => {}, close: async () => {} },
    logger: silentLogger,
  });
  const recommender = new Recommender({ models, texts: null, usual: new SubjectUsual(), logger: silentLogger });
  freshOrders = new FreshOrders(roomEm(graph), recommender, { dropOrder: async () => {} }, silentLogger);
});
afterAll(() => graph.close());

/** What somebody hears. */
class Listener {
  constructor(private readonly messages: AsyncIterator<ExecutionResult>) {}

  /** @returns undefined at the end; throws the first error */
  async next(): Promise<Message | undefined> {
    const { value, done } = await this.messages.next();
    if (done) return undefined;
    if (value.errors) throw value.errors[0];
    return value.data?.['recommendationsChanged'] as Message;
  }

  async close(): Promise<void> {
    await this.messages.return?.();
  }
}

async function watch(person: TestPerson, orderId: string, after: string | null = null): Promise<Listener> {
  return new Listener(await graph.subscribe('recommendations', WATCH, { orderId, after }, person));
}

/** An order with twelve tutors, whose top is known. */
async function scene(order: Partial<MarketOrder> = {}) {
  const student = await graph.person('STUDENT');
  const subjectId = newId();
  const orderId = await addOrder(roomEm(graph), { studentId: student.userId, subjectId, ...order });
  const tutors = await Promise.all(Array.from({ length: 12 }, () => addTutor(roomEm(graph), { subjectId })));
  await changed({ orderIds: [orderId] });
  await refresh();
  return { student, subjectId, orderId, tutors };
}

/** The market changes. */
function changed(what: { tutorIds?: string[]; orderIds?: string[] }): Promise<void> {
  return transaction(roomEm(graph), (tx) => noteFreshOrders(tx, { tutorIds: [], orderIds: [], ...what }));
}

/** The time that several changes are waited for is over, and the job runs. */
async function refresh(): Promise<void> {
  await roomEm(graph).nativeUpdate(FreshOrder, { dueAt: { $ne: null } }, { dueAt: new Date(0) });
  await freshOrders.refresh(1_000, new AbortController().signal);
}

/** Another tutor who is better than all. */
async function addBest(subjectId: string): Promise<string> {
  const best = await addTutor(roomEm(graph), { subjectId, rating: 5, reviewCount: 80, experienceYears: 20 });
  await changed({ tutorIds: [best] });
  await refresh();
  return best;
}

async function end(orderId: string): Promise<void> {
  await roomEm(graph).nativeUpdate(MarketOrder, { id: orderId }, { status: 'MATCHED' });
  await changed({ orderIds: [orderId] });
}

describe('changed recommendations', () => {
  test('are told when another tutor is among the first ten, once', async () => {
    const { student, subjectId, orderId } = await scene();
    const listener = await watch(student, orderId);
    expect(await listener.next()).toEqual({ cursor: expect.any(String), order: null });
    await addBest(subjectId);
    await refresh();
    expect(await listener.next()).toEqual({ cursor: expect.any(String), order: { id: orderId } });
    await end(orderId);
    expect(await listener.next()).toBeUndefined();
  });

  test('are there when whoever heard of them asks again, though the list of before was kept', async () => {
    const { student, subjectId, orderId } = await scene();
    const ask = async () => {
      const query =
        'query ($orderId: ID!) { recommendedTutors(orderId: $orderId) { edges { node { tutor { id } } } } }';
      const { data } = await graph.run('recommendations', query, { orderId }, student);
      const { edges } = data['recommendedTutors'] as { edges: { node: { tutor: { id: string } } }[] };
      return edges.map(({ node }) => node.tutor.id);
    };
    const before = await ask();
    const best = await addTutor(roomEm(graph), { subjectId, rating: 5, reviewCount: 80, experienceYears: 20 });
    expect(await ask()).toEqual(before);
    await changed({ tutorIds: [best] });
    await roomEm(graph).nativeUpdate(FreshOrder, { orderId }, { dueAt: new Date(0) });
    const job = graph.rooms.get('recommendations')?.parts.jobs?.find(({ name }) => name === 'refresh-fresh-orders');
    await job?.handler({}, { id: newId(), attempt: 1, signal: AbortSignal.timeout(30_000), logger: silentLogger });
    expect(await ask()).toContain(best);
  });

  test('are not told when the same stay at the top, or something else changes', async () => {
    const { student, subjectId, orderId, tutors } = await scene();
    const listener = await watch(student, orderId);
    await listener.next();
    await changed({ tutorIds: [tutors[0] ?? ''] });
    await refresh();
    await addBest(newId());
    const worst = await addTutor(roomEm(graph), { subjectId, rating: 2, reviewCount: 60, experienceYears: 0 });
    await changed({ tutorIds: [worst] });
    await refresh();
    await end(orderId);
    expect(await listener.next()).toBeUndefined();
  });

  test('are told again behind a cursor, without a gap', async () => {
    const { student, subjectId, orderId } = await scene();
    const first = await watch(student, orderId);
    const begun = await first.next();
    await first.close();
    await addBest(subjectId);
    const second = await watch(student, orderId, begun?.cursor);
    expect(await second.next()).toMatchObject({ order: null });
    expect(await second.next()).toMatchObject({ order: { id: orderId } });
    await second.close();
  });

  test('end with the order, and begin no more behind it', async () => {
    const { student, orderId } = await scene();
    await end(orderId);
    const listener = await watch(student, orderId);
    expect(await listener.next()).toMatchObject({ order: null });
    expect(await listener.next()).toBeUndefined();
    expect(await roomEm(graph).count(FreshOrder, { orderId })).toBe(0);
  });

  test('end when the order is not fresh any longer', async () => {
    const almost = new Date(Date.now() - 14 * 86_400_000 + 3_000);
    const { student, orderId } = await scene({ createdAt: almost });
    const listener = await watch(student, orderId);
    await listener.next();
    expect(await listener.next()).toBeUndefined();
    await changed({ orderIds: [orderId] });
    await refresh();
    expect(await roomEm(graph).count(FreshOrder, { orderId, dueAt: { $ne: null } })).toBe(0);
  });

  test('are told to the student and to staff only; who loses the right hears nothing more', async () => {
    const { student, subjectId, orderId } = await scene();
    for (const person of [await graph.person('STUDENT'), await graph.person('TUTOR')]) {
      await expect(watch(person, orderId)).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    }
    await expect(watch(student, newId())).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    const staff = await watch(await graph.person('SUPERVISOR'), orderId);
    const listener = await watch(student, orderId);
    await Promise.all([staff.next(), listener.next()]);
    await roomEm(graph).nativeUpdate(MarketOrder, { id: orderId }, { studentId: newId() });
    await addBest(subjectId);
    expect(await staff.next()).toMatchObject({ order: { id: orderId } });
    await expect(listener.next()).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    await staff.close();
  });
});

describe('what is due', () => {
  const dueAt = async (orderId: string) => (await roomEm(graph).findOneOrFail(FreshOrder, { orderId })).dueAt ?? null;

  test('is waited with, so that several changes are looked at once', async () => {
    const { orderId, tutors } = await scene();
    expect(await dueAt(orderId)).toBeNull();
    await changed({ tutorIds: tutors.slice(0, 1) });
    const first = await dueAt(orderId);
    expect(first?.getTime()).toBeGreaterThan(Date.now() + 10_000);
    await changed({ tutorIds: tutors.slice(1, 2) });
    expect(await dueAt(orderId)).toEqual(first);
  });

  test('is looked at again when a list could not be finished, or something happens meanwhile', async () => {
    const { orderId, tutors } = await scene();
    await changed({ tutorIds: tutors.slice(0, 1) });
    await roomEm(graph).nativeUpdate(FreshOrder, { orderId }, { dueAt: new Date(0) });
    const stopped = new AbortController();
    stopped.abort();
    await expect(freshOrders.refresh(1_000, stopped.signal)).rejects.toThrow();
    const leased = await dueAt(orderId);
    expect(leased?.getTime()).toBeGreaterThan(Date.now() + 60_000);
    await changed({ tutorIds: tutors.slice(1, 2) });
    expect((await dueAt(orderId))?.getTime()).toBeLessThan(leased?.getTime() ?? 0);
  });

  test('is all that is fresh when another model ranks', async () => {
    const { orderId } = await scene();
    const event = modelPromoted.create({ subject: newId(), data: { formerId: null } });
    await transaction(roomEm(graph), async (tx) => recordEvent(tx, event));
    await expect.poll(() => dueAt(orderId), { timeout: 20_000 }).not.toBeNull();
  });

  test('of a tutor who hides is every order that they could answer', async () => {
    const { orderId, tutors } = await scene();
    const [hidden = ''] = tutors;
    await roomEm(graph).nativeUpdate(MarketTutor, { id: hidden }, { hidden: true });
    await changed({ tutorIds: [hidden] });
    expect(await dueAt(orderId)).not.toBeNull();
  });
});
