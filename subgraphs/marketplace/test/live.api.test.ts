import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Market, NOBODY, type TestTutor } from './market.js';

let market: Market;
let student: TestPerson;
let tutor: TestTutor;
let subjectId: string;
const open: Watch[] = [];
const RECEIVED = `subscription ($orderId: ID!, $after: String) {
  applicationReceived(orderId: $orderId, after: $after) { cursor application { id message tutor { displayName } } } }`;
const ORDER_CHANGED = `subscription ($orderId: ID!, $after: String) {
  orderChanged(orderId: $orderId, after: $after) { cursor deleted order { id status title } } }`;
const OWN_CHANGED = `subscription ($after: String) {
  applicationChanged(after: $after) { cursor application { id status order { status } } } }`;

interface Message {
  cursor: string;
  [payload: string]: unknown;
}

/** A subscription's messages, one at a time. */
class Watch {
  constructor(
    private readonly field: string,
    private readonly messages: AsyncIterator<{ data?: Record<string, unknown> | null }>,
  ) {
    open.push(this);
  }

  async next(): Promise<Message | undefined> {
    const { value, done } = await this.messages.next();
    return done ? undefined : (value.data?.[this.field] as Message);
  }

  async end(): Promise<void> {
    await this.messages.return?.();
  }
}

async function watch(field: string, query: string, variables: object, person?: TestPerson): Promise<Watch> {
  return new Watch(field, await market.graph.subscribe('marketplace', query, variables, person));
}

/** A subscription that has begun: its first message is there. */
async function begin(field: string, query: string, variables: object, person: TestPerson) {
  const watching = await watch(field, query, variables, person);
  const first = await watching.next();
  return { watching, cursor: first?.cursor ?? '', first };
}

beforeAll(async () => {
  market = await Market.open();
  [student, tutor, subjectId] = [await market.student(), await market.tutor(), await market.subject()];
});

afterEach(async () => {
  for (const watching of open.splice(0)) await watching.end();
});

afterAll(() => market.close());

describe('applicationReceived', () => {
  it('begins with a cursor only and then tells of each application as it arrives', async () => {
    const orderId = await market.order(student, { subjectId });
    const { watching, first } = await begin('applicationReceived', RECEIVED, { orderId }, student);
    expect(first).toEqual({ cursor: expect.any(String), application: null });
    await market.order(student, { subjectId });
    for (const sender of [tutor, await market.tutor()]) {
      const id = await market.application(sender, orderId);
      const message = await watching.next();
      expect(message).toEqual({
        cursor: expect.any(String),
        application: { id, message: 'I can help.', tutor: { displayName: 'Tanya T.' } },
      });
    }
  });

  it('goes on behind a cursor without a gap or a repeat', async () => {
    const orderId = await market.order(student, { subjectId });
    const { watching, cursor } = await begin('applicationReceived', RECEIVED, { orderId }, student);
    const first = await market.application(tutor, orderId);
    const seen = await watching.next();
    expect(seen).toMatchObject({ application: { id: first } });
    await watching.end();
    const missed = await market.application(await market.tutor(), orderId);
    const behindFirst = await begin('applicationReceived', RECEIVED, { orderId, after: seen?.cursor }, student);
    expect(behindFirst.first).toMatchObject({ cursor: seen?.cursor, application: null });
    expect(await behindFirst.watching.next()).toMatchObject({ application: { id: missed } });
    const whole = await begin('applicationReceived', RECEIVED, { orderId, after: cursor }, student);
    expect(await whole.watching.next()).toMatchObject({ application: { id: first } });
    expect(await whole.watching.next()).toMatchObject({ application: { id: missed } });
  });

  it('refuses a cursor that no subscription gave', async () => {
    const orderId = await market.order(student, { subjectId });
    await expect(watch('applicationReceived', RECEIVED, { orderId, after: 'x' }, student)).rejects.toMatchObject({
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });
});

describe('orderChanged', () => {
  it('tells of changes, whoever makes them', async () => {
    const orderId = await market.order(student, { subjectId });
    const { watching } = await begin('orderChanged', ORDER_CHANGED, { orderId }, student);
    await market.made('updateOrder', { orderId, title: 'Geometry' }, student, 'order');
    expect(await watching.next()).toMatchObject({ deleted: false, order: { title: 'Geometry', status: 'OPEN' } });
    const applicationId = await market.application(tutor, orderId);
    await market.made('chooseApplication', { applicationId }, student, 'booking');
    expect(await watching.next()).toMatchObject({ order: { id: orderId, status: 'MATCHED' } });
  });

  it('tells staff of any order', async () => {
    const orderId = await market.order(student, { subjectId });
    const staff = await market.graph.person('CURATOR');
    const { watching } = await begin('orderChanged', ORDER_CHANGED, { orderId }, staff);
    await market.made('closeOrder', { orderId }, student, 'order');
    expect(await watching.next()).toMatchObject({ order: { status: 'CLOSED' } });
  });

  it('ends with the deletion of the order', async () => {
    const orderId = await market.order(student, { subjectId });
    const { watching } = await begin('orderChanged', ORDER_CHANGED, { orderId }, student);
    await market.mutate('deleteOrder', { orderId }, student);
    expect(await watching.next()).toMatchObject({ deleted: true, order: null });
    expect(await watching.next()).toBeUndefined();
  });
});

describe('applicationChanged', () => {
  it('tells a tutor of every change of their own applications and of no others', async () => {
    const own = await market.tutor();
    const { watching } = await begin('applicationChanged', OWN_CHANGED, {}, own);
    const orderId = await market.order(student, { subjectId });
    const id = await market.application(own, orderId);
    expect(await watching.next()).toMatchObject({ application: { id, status: 'PENDING' } });
    const others = await market.application(await market.tutor(), orderId);
    await market.made('declineApplication', { applicationId: others }, student, 'application');
    await market.made('chooseApplication', { applicationId: id }, student, 'booking');
    expect(await watching.next()).toMatchObject({
      application: { id, status: 'CHOSEN', order: { status: 'MATCHED' } },
    });
  });

  it('tells whoever was passed over', async () => {
    const loser = await market.tutor();
    const orderId = await market.order(student, { subjectId });
    const id = await market.application(loser, orderId);
    const { watching } = await begin('applicationChanged', OWN_CHANGED, {}, loser);
    const applicationId = await market.application(tutor, orderId);
    await market.made('chooseApplication', { applicationId }, student, 'booking');
    expect(await watching.next()).toMatchObject({ application: { id, status: 'NOT_CHOSEN' } });
  });
});

describe('who may watch', () => {
  const refusal = (code: string) => expect.objectContaining({ extensions: expect.objectContaining({ code }) });

  it.each([
    ['applicationReceived', RECEIVED],
    ['orderChanged', ORDER_CHANGED],
  ])('%s is decided by whose order it is', async (field, query) => {
    const orderId = await market.order(student, { subjectId });
    for (const person of [await market.student(), tutor, await market.graph.person('HR')]) {
      await expect(watch(field, query, { orderId }, person)).rejects.toEqual(refusal('FORBIDDEN'));
    }
    await expect(watch(field, query, { orderId: NOBODY }, student)).rejects.toEqual(refusal('FORBIDDEN'));
    await expect(watch(field, query, { orderId })).rejects.toEqual(refusal('UNAUTHENTICATED'));
  });

  it('applicationChanged is for tutors with a profile', async () => {
    const withoutProfile = await market.graph.person('TUTOR');
    for (const person of [withoutProfile, student, await market.graph.person('ADMIN')]) {
      await expect(watch('applicationChanged', OWN_CHANGED, {}, person)).rejects.toEqual(refusal('FORBIDDEN'));
    }
    await expect(watch('applicationChanged', OWN_CHANGED, {})).rejects.toEqual(refusal('UNAUTHENTICATED'));
  });

  it('is decided again at each event', async () => {
    const own = await market.student();
    const orderId = await market.order(own, { subjectId });
    const { watching } = await begin('orderChanged', ORDER_CHANGED, { orderId }, own);
    // Nothing in the marketplace hands an order on; were it so, whoever had it must not hear more.
    await market.sql('update marketplace.orders set student_id = ? where id = ?', [student.userId, orderId]);
    await market.made('updateOrder', { orderId, title: 'Not yours any longer' }, student, 'order');
    await expect(watching.next()).rejects.toEqual(refusal('FORBIDDEN'));
  });
});
