import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Market, NOBODY, ORDER } from './market.js';

let market: Market;
let student: TestPerson;
let subjectId: string;
const LIST = `query ($filter: OrderFilter, $first: Int, $after: String) {
  orders(filter: $filter, first: $first, after: $after) {
    totalCount edges { node { id } } pageInfo { hasNextPage endCursor }
  }
}`;

beforeAll(async () => {
  market = await Market.open();
  student = await market.student();
  subjectId = await market.subject('Algebra');
});

afterAll(() => market.close());

describe('postOrder', () => {
  it('posts an open order', async () => {
    const { payload, refused } = await market.mutate('postOrder', { ...ORDER, subjectId }, student);
    expect(refused).toEqual([]);
    expect(payload).toMatchObject({
      order: {
        title: 'Algebra before the exam',
        status: 'OPEN',
        budget: { amountMinor: 3_500, currency: 'EUR' },
        student: { id: student.userId },
        applicationCount: 0,
      },
    });
  });

  it('makes another order when it is repeated', async () => {
    expect(await market.order(student, { subjectId })).not.toBe(await market.order(student, { subjectId }));
  });

  it.each([
    ['a subject that is none', { subjectId: 'x' }, 'NOT_FOUND'],
    ['a subject that nobody knows', { subjectId: NOBODY }, 'NOT_FOUND'],
    ['lessons in person without a city', { format: 'IN_PERSON' }, 'CITY_REQUIRED'],
    ['a title that is too short', { title: ' a ' }, 'INVALID_INPUT'],
    ['a title beyond all bounds', { title: 'x'.repeat(151) }, 'INVALID_INPUT'],
    ['a title that no database holds', { title: 'Alge\0bra' }, 'INVALID_INPUT'],
    ['a description beyond all bounds', { description: 'x'.repeat(5_001) }, 'INVALID_INPUT'],
    ['a budget of nothing', { budget: { amountMinor: 0, currency: 'EUR' } }, 'INVALID_INPUT'],
  ])('refuses %s', async (_what, change, code) => {
    const { payload, refused } = await market.mutate('postOrder', { ...ORDER, subjectId, ...change }, student);
    expect(payload).toMatchObject({ order: null });
    expect(refused).toEqual([code]);
  });

  it('refuses an archived subject', async () => {
    const archived = await market.subject();
    await market.made('archiveSubject', { subjectId: archived }, await market.graph.person('HR'), 'subject');
    const { refused } = await market.mutate('postOrder', { ...ORDER, subjectId: archived }, student);
    expect(refused).toEqual(['SUBJECT_ARCHIVED']);
  });

  it('says what is wrong in Russian to whoever asks in Russian', async () => {
    const russian = await market.graph.person('STUDENT', { locale: 'ru' });
    const input = { ...ORDER, subjectId, format: 'IN_PERSON' };
    const { userErrors } = await market.mutate('postOrder', input, russian);
    expect(userErrors).toMatchObject([{ message: 'Для очных занятий нужен город.', field: ['input', 'city'] }]);
  });

  it('refuses input of another shape', async () => {
    const malformed = { ...ORDER, subjectId, level: 'KINDERGARTEN' };
    expect((await market.mutate('postOrder', malformed, student)).codes).toEqual(['BAD_USER_INPUT']);
  });
});

describe('updateOrder', () => {
  it('changes what is given, clears what is null, and keeps the rest', async () => {
    const orderId = await market.order(student, { subjectId, city: 'Riga' });
    const change = { orderId, title: 'Geometry', city: null, budget: null };
    const { payload } = await market.mutate('updateOrder', change, student);
    expect(payload).toMatchObject({
      order: { id: orderId, title: 'Geometry', city: null, budget: null, goal: 'A good mark', level: 'EXAM' },
    });
    expect((await market.mutate('updateOrder', change, student)).payload).toEqual(payload);
  });

  it.each([
    ['a title that is too short', { title: 'x' }, 'INVALID_INPUT'],
    ['lessons in person without a city', { format: 'IN_PERSON' }, 'CITY_REQUIRED'],
    ['a subject that nobody knows', { subjectId: NOBODY }, 'NOT_FOUND'],
  ])('refuses %s', async (_what, change, code) => {
    const orderId = await market.order(student, { subjectId });
    expect((await market.mutate('updateOrder', { orderId, ...change }, student)).refused).toEqual([code]);
  });

  it('refuses an archived subject', async () => {
    const archived = await market.subject();
    await market.made('archiveSubject', { subjectId: archived }, await market.graph.person('ADMIN'), 'subject');
    const orderId = await market.order(student, { subjectId });
    const { refused } = await market.mutate('updateOrder', { orderId, subjectId: archived }, student);
    expect(refused).toEqual(['SUBJECT_ARCHIVED']);
  });

  it('is refused for an order that is not open', async () => {
    const orderId = await market.order(student, { subjectId });
    await market.made('closeOrder', { orderId }, student, 'order');
    expect((await market.mutate('updateOrder', { orderId, title: 'Too late' }, student)).refused).toEqual([
      'ORDER_NOT_OPEN',
    ]);
  });
});

describe('closeOrder', () => {
  it('closes an open order and passes over who was waiting', async () => {
    const orderId = await market.order(student, { subjectId });
    await market.application(await market.tutor(), orderId);
    const { payload } = await market.mutate('closeOrder', { orderId }, student);
    expect(payload).toMatchObject({
      order: {
        status: 'CLOSED',
        closedAt: expect.any(String),
        applications: { edges: [{ node: { status: 'NOT_CHOSEN' } }] },
      },
    });
    expect((await market.mutate('closeOrder', { orderId }, student)).refused).toEqual(['ORDER_NOT_OPEN']);
  });
});

describe('deleteOrder', () => {
  it('deletes an order to which nobody has applied', async () => {
    const orderId = await market.order(student, { subjectId });
    const { payload } = await market.mutate('deleteOrder', { orderId }, student);
    expect(payload).toMatchObject({ deletedOrderId: orderId });
    expect((await market.mutate('deleteOrder', { orderId }, student)).refused).toEqual(['NOT_FOUND']);
  });

  it('is refused once somebody has applied, withdrawn or not', async () => {
    const orderId = await market.order(student, { subjectId });
    const tutor = await market.tutor();
    const applicationId = await market.application(tutor, orderId);
    expect((await market.mutate('deleteOrder', { orderId }, student)).refused).toEqual(['HAS_APPLICATIONS']);
    await market.made('withdrawApplication', { applicationId }, tutor, 'application');
    expect((await market.mutate('deleteOrder', { orderId }, student)).refused).toEqual(['HAS_APPLICATIONS']);
  });
});

describe.each(['updateOrder', 'closeOrder', 'deleteOrder'])('%s', (field) => {
  it('is for the student who posted the order', async () => {
    const orderId = await market.order(student, { subjectId });
    expect((await market.mutate(field, { orderId }, await market.student())).refused).toEqual(['NOT_YOUR_ORDER']);
  });

  it('does not find an order that the viewer may not see, nor one that is none', async () => {
    const orderId = await market.order(student, { subjectId });
    await market.made('closeOrder', { orderId }, student, 'order');
    expect((await market.mutate(field, { orderId }, await market.student())).refused).toEqual(['NOT_FOUND']);
    expect((await market.mutate(field, { orderId: NOBODY }, student)).refused).toEqual(['NOT_FOUND']);
    expect((await market.mutate(field, { orderId: 'x' }, student)).refused).toEqual(['NOT_FOUND']);
    expect((await market.mutate(field, { orderId: 'x'.repeat(101) }, student)).refused).toEqual(['INVALID_INPUT']);
  });

  it('refuses input of another shape', async () => {
    expect((await market.mutate(field, {}, student)).codes).toEqual(['BAD_USER_INPUT']);
  });
});

describe.each(['postOrder', 'updateOrder', 'closeOrder', 'deleteOrder'])('%s', (field) => {
  const valid = () => (field === 'postOrder' ? { ...ORDER, subjectId } : { orderId: NOBODY });

  it.each(['TUTOR', 'CURATOR', 'SUPERVISOR', 'HR', 'ADMIN'] as const)('is forbidden to %s', async (role) => {
    expect((await market.mutate(field, valid(), await market.graph.person(role))).codes).toEqual(['FORBIDDEN']);
  });

  it('is not for somebody who is not signed in', async () => {
    expect((await market.mutate(field, valid())).codes).toEqual(['UNAUTHENTICATED']);
  });
});

describe('an order', () => {
  const ORDER_BY_ID = 'query ($id: ID!) { order(id: $id) { id status student { id } applications { totalCount } } }';

  it('is public while it is open, without personal data', async () => {
    const id = await market.order(student, { subjectId });
    const stranger = { order: { id, status: 'OPEN', student: null, applications: { totalCount: 0 } } };
    expect((await market.run(ORDER_BY_ID, { id })).data).toEqual(stranger);
    expect((await market.run(ORDER_BY_ID, { id }, await market.tutor())).data).toEqual(stranger);
    expect((await market.run(ORDER_BY_ID, { id }, await market.student())).data).toEqual(stranger);
    const own = { order: { ...stranger.order, student: { id: student.userId } } };
    expect((await market.run(ORDER_BY_ID, { id }, student)).data).toEqual(own);
    expect((await market.run(ORDER_BY_ID, { id }, await market.graph.person('CURATOR'))).data).toEqual(own);
    expect((await market.run(ORDER_BY_ID, { id }, await market.graph.person('HR'))).data).toEqual(stranger);
  });

  it('is afterwards for the student, tutors who applied, and staff; the chosen tutor sees the student', async () => {
    const id = await market.order(student, { subjectId });
    const [chosen, other] = [await market.tutor(), await market.tutor()];
    const applicationId = await market.application(chosen, id);
    await market.application(other, id);
    await market.made('chooseApplication', { applicationId }, student, 'order');
    const seenBy = async (person?: TestPerson) => (await market.run(ORDER_BY_ID, { id }, person)).data['order'];
    expect(await seenBy()).toBeNull();
    expect(await seenBy(await market.student())).toBeNull();
    expect(await seenBy(await market.tutor())).toBeNull();
    expect(await seenBy(other)).toMatchObject({ student: null, applications: { totalCount: 1 } });
    expect(await seenBy(chosen)).toMatchObject({ student: { id: student.userId }, applications: { totalCount: 1 } });
    expect(await seenBy(student)).toMatchObject({ student: { id: student.userId }, applications: { totalCount: 2 } });
    const staff = await market.graph.person('SUPERVISOR');
    expect(await seenBy(staff)).toMatchObject({ student: { id: student.userId }, applications: { totalCount: 2 } });
  });

  it('that is none is null', async () => {
    expect((await market.run(ORDER_BY_ID, { id: 'x' })).data).toEqual({ order: null });
    expect((await market.run(ORDER_BY_ID, { id: NOBODY })).data).toEqual({ order: null });
  });
});

describe('orders', () => {
  it('come page by page, each once, the newest first', async () => {
    const own = await market.subject();
    const made: string[] = [];
    for (let index = 0; index < 5; index++) made.unshift(await market.order(student, { subjectId: own }));
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const variables = { filter: { subjectId: own }, first: 2, after };
      const { data } = await market.run(LIST, variables);
      const { orders } = data as {
        orders: { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
      };
      seen.push(...orders.edges.map(({ node }) => node.id));
      after = orders.pageInfo.hasNextPage ? orders.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toEqual(made);
  });

  it('are found by what is asked for', async () => {
    const own = await market.subject();
    const money = (amountMinor: number) => ({ budget: { amountMinor, currency: 'EUR' } });
    const cheap = await market.order(student, { subjectId: own, ...money(1_000), level: 'ADULT' });
    const dear = await market.order(student, {
      subjectId: own,
      ...money(9_000),
      title: 'Подготовка к экзамену',
      format: 'IN_PERSON',
      city: 'Riga',
    });
    const found = (filter: object) => market.ids(LIST, 'orders', { filter: { subjectId: own, ...filter } });
    expect(await found({})).toEqual([dear, cheap]);
    expect(await found({ level: 'ADULT' })).toEqual([cheap]);
    expect(await found({ format: 'IN_PERSON' })).toEqual([dear]);
    expect(await found({ city: ' rIGA ' })).toEqual([dear]);
    expect(await found({ text: 'экзамен' })).toEqual([dear]);
    expect(await found({ text: 'algebr' })).toEqual([cheap]);
    expect(await found({ text: '%' })).toEqual([dear, cheap]);
    await market.offering(await market.tutor({ headline: 'Подготовка: любой экзамен' }), own);
    expect(await found({ text: 'екзамен' }), 'a typing error').toEqual([dear]);
    expect(await found({ text: 'gjlujnjdrf' }), 'the other layout').toEqual([dear]);
    expect(await found({ currency: 'EUR', budgetFrom: 2_000 })).toEqual([dear]);
    expect(await found({ currency: 'EUR', budgetTo: 2_000 })).toEqual([cheap]);
    expect(await found({ currency: 'USD' })).toEqual([]);
    expect(await found({ subjectId: 'x' })).toEqual([]);
  });

  it('that are not open are for staff', async () => {
    const own = await market.subject();
    const orderId = await market.order(student, { subjectId: own });
    await market.made('closeOrder', { orderId }, student, 'order');
    const filter = { subjectId: own, status: 'CLOSED' };
    expect((await market.run(LIST, { filter })).codes).toEqual(['UNAUTHENTICATED']);
    expect((await market.run(LIST, { filter }, student)).codes).toEqual(['FORBIDDEN']);
    expect(await market.ids(LIST, 'orders', { filter }, await market.graph.person('ADMIN'))).toEqual([orderId]);
    expect(await market.ids(LIST, 'orders', { filter: { subjectId: own } })).toEqual([]);
  });

  it('refuse bounds without a currency, and texts and pages beyond all bounds', async () => {
    for (const variables of [
      { filter: { budgetTo: 5 } },
      { filter: { text: 'x'.repeat(101) } },
      { filter: { city: '\0' } },
      { first: 101 },
    ]) {
      expect((await market.run(LIST, variables)).codes).toEqual(['BAD_USER_INPUT']);
    }
  });

  it('of one’s own are listed with all that are over', async () => {
    const owner = await market.student();
    const open = await market.order(owner, { subjectId });
    const closed = await market.order(owner, { subjectId });
    await market.made('closeOrder', { orderId: closed }, owner, 'order');
    const MINE = 'query ($filter: MyOrdersFilter) { myOrders(filter: $filter) { edges { node { id } } } }';
    expect(await market.ids(MINE, 'myOrders', {}, owner)).toEqual([closed, open]);
    expect(await market.ids(MINE, 'myOrders', { filter: { status: 'OPEN' } }, owner)).toEqual([open]);
    expect(await market.ids(MINE, 'myOrders', {}, await market.tutor())).toEqual([]);
    expect((await market.run(MINE)).codes).toEqual(['UNAUTHENTICATED']);
  });
});
