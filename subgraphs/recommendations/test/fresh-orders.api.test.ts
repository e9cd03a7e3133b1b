import { afterAll, beforeAll, expect, test } from 'vitest';
import { FreshOrder } from '../src/fresh-orders/fresh-order.entity.ts';
import { OutcomesMarket } from './outcomes-market.ts';

const WATCH = 'subscription ($orderId: ID!) { recommendationsChanged(orderId: $orderId) { order { id } } }';
const CLOSE = 'mutation ($input: CloseOrderInput!) { closeOrder(input: $input) { userErrors { code } } }';
const STEP = { timeout: 20_000, interval: 50 };

let market: OutcomesMarket;

beforeAll(async () => {
  market = await OutcomesMarket.open();
});
afterAll(() => market?.close());

test('an order that is posted is looked at soon, again when somebody offers its subject, and told of until it closes', async () => {
  const subjectId = await market.subject();
  const student = await market.graph.person('STUDENT');
  const orderId = await market.order(student, subjectId);
  const find = () => market.em.findOne(FreshOrder, { orderId });
  await expect.poll(find, STEP).toMatchObject({ top: null, dueAt: expect.any(Date) });
  await market.em.nativeUpdate(FreshOrder, { orderId }, { dueAt: null });
  const tutor = await market.tutor();
  const rate = { amountMinor: 2_500, currency: 'EUR' };
  await market.made('addOffering', { subjectId, levels: ['EXAM'], hourlyRate: rate }, tutor, 'offering');
  await expect.poll(find, STEP).toMatchObject({ dueAt: expect.any(Date) });
  const messages = await market.graph.subscribe('recommendations', WATCH, { orderId }, student);
  expect((await messages.next()).value).toEqual({ data: { recommendationsChanged: { order: null } } });
  await market.graph.run('marketplace', CLOSE, { input: { orderId } }, student);
  expect(await messages.next()).toMatchObject({ done: true });
  expect(await find()).toBeNull();
});
