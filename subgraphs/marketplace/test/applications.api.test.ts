import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Market, NOBODY, type TestTutor } from './market.js';

let market: Market;
let student: TestPerson;
let tutor: TestTutor;
let subjectId: string;
const proposal = (orderId: string, change: object = {}) => ({
  orderId,
  message: 'I can help.',
  proposedRate: { amountMinor: 3_000, currency: 'EUR' },
  ...change,
});
const newOrder = (change: object = {}) => market.order(student, { subjectId, ...change });

beforeAll(async () => {
  market = await Market.open();
  [student, tutor, subjectId] = [await market.student(), await market.tutor(), await market.subject()];
});

afterAll(() => market.close());

describe('applyToOrder', () => {
  it('sends an application and counts it', async () => {
    const orderId = await newOrder();
    const { payload, refused } = await market.mutate('applyToOrder', proposal(orderId), tutor);
    expect(refused).toEqual([]);
    expect(payload).toMatchObject({
      application: {
        status: 'PENDING',
        message: 'I can help.',
        proposedRate: { amountMinor: 3_000, currency: 'EUR' },
        order: { id: orderId },
        tutor: { id: tutor.tutorId },
      },
    });
    const { data } = await market.run('query ($id: ID!) { order(id: $id) { applicationCount } }', { id: orderId });
    expect(data).toEqual({ order: { applicationCount: 1 } });
  });

  it('is possible once, also after withdrawing', async () => {
    const orderId = await newOrder();
    const applicationId = await market.application(tutor, orderId);
    expect((await market.mutate('applyToOrder', proposal(orderId), tutor)).refused).toEqual(['ALREADY_APPLIED']);
    await market.made('withdrawApplication', { applicationId }, tutor, 'application');
    expect((await market.mutate('applyToOrder', proposal(orderId), tutor)).refused).toEqual(['ALREADY_APPLIED']);
  });

  it('needs a profile, and one that can be found', async () => {
    const orderId = await newOrder();
    const stranger = await market.graph.person('TUTOR');
    expect((await market.mutate('applyToOrder', proposal(orderId), stranger)).refused).toEqual(['PROFILE_REQUIRED']);
    const hidden = await market.tutor();
    await market.made('hideTutorProfile', { hidden: true }, hidden, 'tutor');
    expect((await market.mutate('applyToOrder', proposal(orderId), hidden)).refused).toEqual(['PROFILE_HIDDEN']);
  });

  it('takes the currency of the budget, and any when there is none', async () => {
    const dollars = { proposedRate: { amountMinor: 3_000, currency: 'USD' } };
    const { userErrors } = await market.mutate('applyToOrder', proposal(await newOrder(), dollars), tutor);
    expect(userErrors).toMatchObject([{ code: 'CURRENCY_MISMATCH', message: 'The rate must be in EUR.' }]);
    const open = await newOrder({ budget: null });
    expect((await market.mutate('applyToOrder', proposal(open, dollars), tutor)).refused).toEqual([]);
  });

  it('is refused for an order that is closed', async () => {
    const orderId = await newOrder();
    await market.made('closeOrder', { orderId }, student, 'order');
    expect((await market.mutate('applyToOrder', proposal(orderId), tutor)).refused).toEqual(['ORDER_NOT_OPEN']);
  });

  it('is refused for one’s own order', async () => {
    const both = await market.graph.person('SUPER_ADMIN');
    await market.made(
      'createTutorProfile',
      { headline: 'Both', currency: 'EUR', languages: ['en'], formats: ['ONLINE'], experienceYears: 1 },
      both,
      'tutor',
    );
    const orderId = await market.order(both, { subjectId });
    expect((await market.mutate('applyToOrder', proposal(orderId), both)).refused).toEqual(['OWN_ORDER']);
  });

  it.each([
    ['an order that nobody knows', { orderId: NOBODY }, 'NOT_FOUND'],
    ['an order that is none', { orderId: 'x' }, 'NOT_FOUND'],
    ['no message', { message: ' ' }, 'INVALID_INPUT'],
    ['a message beyond all bounds', { message: 'x'.repeat(2_001) }, 'INVALID_INPUT'],
    ['a rate of nothing', { proposedRate: { amountMinor: 0, currency: 'EUR' } }, 'INVALID_INPUT'],
  ])('refuses %s', async (_what, change, code) => {
    expect((await market.mutate('applyToOrder', proposal(await newOrder(), change), tutor)).refused).toEqual([code]);
  });
});

describe('withdrawApplication', () => {
  it('withdraws once', async () => {
    const orderId = await newOrder();
    const applicationId = await market.application(tutor, orderId);
    const { payload } = await market.mutate('withdrawApplication', { applicationId }, tutor);
    expect(payload).toMatchObject({ application: { status: 'WITHDRAWN', decidedAt: expect.any(String) } });
    const again = await market.mutate('withdrawApplication', { applicationId }, tutor);
    expect(again.refused).toEqual(['APPLICATION_NOT_PENDING']);
    const { data } = await market.run('query ($id: ID!) { order(id: $id) { applicationCount } }', { id: orderId });
    expect(data).toEqual({ order: { applicationCount: 0 } });
  });

  it('is for the tutor who sent it', async () => {
    const root = await market.graph.person('SUPER_ADMIN');
    const applicationId = await market.application(tutor, await newOrder());
    expect((await market.mutate('withdrawApplication', { applicationId }, root)).refused).toEqual([
      'NOT_YOUR_APPLICATION',
    ]);
    const other = await market.tutor();
    expect((await market.mutate('withdrawApplication', { applicationId }, other)).refused).toEqual(['NOT_FOUND']);
  });
});

describe('declineApplication', () => {
  it('declines once, and the order stays open to others', async () => {
    const orderId = await newOrder();
    const applicationId = await market.application(tutor, orderId);
    const { payload } = await market.mutate('declineApplication', { applicationId }, student);
    expect(payload).toMatchObject({ application: { status: 'DECLINED', decidedAt: expect.any(String) } });
    const again = await market.mutate('declineApplication', { applicationId }, student);
    expect(again.refused).toEqual(['APPLICATION_NOT_PENDING']);
    await market.application(await market.tutor(), orderId);
  });
});

describe('chooseApplication', () => {
  it('matches the order, passes over the others, and books at the rate that was proposed', async () => {
    const orderId = await newOrder();
    const [loser, early] = [await market.tutor(), await market.tutor()];
    const chosen = await market.application(tutor, orderId, 3_210);
    const passed = await market.application(loser, orderId);
    const withdrawn = await market.application(early, orderId);
    await market.made('withdrawApplication', { applicationId: withdrawn }, early, 'application');
    const { payload } = await market.mutate('chooseApplication', { applicationId: chosen }, student);
    expect(payload).toMatchObject({
      application: { id: chosen, status: 'CHOSEN' },
      order: { id: orderId, status: 'MATCHED', closedAt: expect.any(String) },
      booking: {
        status: 'UNSCHEDULED',
        startsAt: null,
        endsAt: null,
        price: { amountMinor: 3_210, currency: 'EUR' },
        tutor: { id: tutor.tutorId },
        student: { id: student.userId },
      },
    });
    const rows = await market.sql<{ id: string; status: string }>(
      'select id, status from marketplace.applications where order_id = ?',
      [orderId],
    );
    expect(new Map(rows.map(({ id, status }) => [id, status]))).toEqual(
      new Map([
        [chosen, 'CHOSEN'],
        [passed, 'NOT_CHOSEN'],
        [withdrawn, 'WITHDRAWN'],
      ]),
    );
  });

  it('is refused when it is repeated, for another application, and after closing', async () => {
    const orderId = await newOrder();
    const first = await market.application(tutor, orderId);
    const second = await market.application(await market.tutor(), orderId);
    await market.made('chooseApplication', { applicationId: first }, student, 'booking');
    for (const applicationId of [first, second]) {
      const { payload, refused } = await market.mutate('chooseApplication', { applicationId }, student);
      expect(refused).toEqual(['ALREADY_CHOSEN']);
      expect(payload).toMatchObject({ application: null, order: null, booking: null });
    }
    const closed = await newOrder();
    const applicationId = await market.application(tutor, closed);
    await market.made('closeOrder', { orderId: closed }, student, 'order');
    expect((await market.mutate('chooseApplication', { applicationId }, student)).refused).toEqual(['ORDER_NOT_OPEN']);
  });

  it('is refused for an application that was declined or withdrawn', async () => {
    const declined = await market.application(tutor, await newOrder());
    await market.made('declineApplication', { applicationId: declined }, student, 'application');
    const withdrawn = await market.application(tutor, await newOrder());
    await market.made('withdrawApplication', { applicationId: withdrawn }, tutor, 'application');
    for (const applicationId of [declined, withdrawn]) {
      const { refused } = await market.mutate('chooseApplication', { applicationId }, student);
      expect(refused).toEqual(['APPLICATION_NOT_PENDING']);
    }
  });
});

describe.each(['chooseApplication', 'declineApplication'])('%s', (field) => {
  it('is for the student who posted the order', async () => {
    const applicationId = await market.application(tutor, await newOrder());
    const root = await market.graph.person('SUPER_ADMIN');
    expect((await market.mutate(field, { applicationId }, root)).refused).toEqual(['NOT_YOUR_ORDER']);
    expect((await market.mutate(field, { applicationId }, await market.student())).refused).toEqual(['NOT_FOUND']);
  });
});

describe.each(['withdrawApplication', 'chooseApplication', 'declineApplication'])('%s', (field) => {
  it('does not find what is not there, nor takes an id beyond all bounds', async () => {
    const person = field === 'withdrawApplication' ? tutor : student;
    const refused = async (applicationId: string) => (await market.mutate(field, { applicationId }, person)).refused;
    expect(await refused(NOBODY)).toEqual(['NOT_FOUND']);
    expect(await refused('x')).toEqual(['NOT_FOUND']);
    expect(await refused('x'.repeat(101))).toEqual(['INVALID_INPUT']);
  });
});

describe.each(['applyToOrder', 'withdrawApplication', 'chooseApplication', 'declineApplication'])('%s', (field) => {
  const forStudents = ['chooseApplication', 'declineApplication'].includes(field);
  const valid = field === 'applyToOrder' ? proposal(NOBODY) : { applicationId: NOBODY };

  it.each(['CURATOR', 'SUPERVISOR', 'HR', 'ADMIN', forStudents ? 'TUTOR' : 'STUDENT'] as const)(
    'is forbidden to %s',
    async (role) => {
      expect((await market.mutate(field, valid, await market.graph.person(role))).codes).toEqual(['FORBIDDEN']);
    },
  );

  it('is not for somebody who is not signed in, and refuses input of another shape', async () => {
    expect((await market.mutate(field, valid)).codes).toEqual(['UNAUTHENTICATED']);
    expect((await market.mutate(field, {}, forStudents ? student : tutor)).codes).toEqual(['BAD_USER_INPUT']);
  });
});

describe('an application', () => {
  const APPLICATION = 'query ($id: ID!) { application(id: $id) { id order { id } tutor { id } } }';
  const seen = async (id: string, person?: TestPerson) =>
    (await market.run(APPLICATION, { id }, person)).data['application'];

  it('is for the student, the tutor and staff', async () => {
    const orderId = await newOrder();
    const id = await market.application(tutor, orderId);
    const whole = { id, order: { id: orderId }, tutor: { id: tutor.tutorId } };
    expect(await seen(id, student)).toEqual(whole);
    expect(await seen(id, tutor)).toEqual(whole);
    expect(await seen(id, await market.graph.person('SUPERVISOR'))).toEqual(whole);
    for (const person of [await market.student(), await market.tutor(), await market.graph.person('HR')]) {
      expect(await seen(id, person)).toBeNull();
    }
    expect((await market.run(APPLICATION, { id })).codes).toEqual(['UNAUTHENTICATED']);
    expect(await seen('x', student)).toBeNull();
  });

  it('shows below its order to the same people only', async () => {
    const orderId = await newOrder();
    const other = await market.tutor();
    const [own, others] = [await market.application(tutor, orderId), await market.application(other, orderId)];
    const BELOW = `query ($id: ID!) { order(id: $id) {
      applications { totalCount edges { node { id } } } myApplication { id } chosenApplication { id } } }`;
    const below = async (person?: TestPerson) => {
      const { data } = await market.run(BELOW, { id: orderId }, person);
      const { applications, myApplication } = data['order'] as {
        applications: { totalCount: number; edges: { node: { id: string } }[] };
        myApplication: { id: string } | null;
      };
      expect(applications.totalCount).toBe(applications.edges.length);
      return { ids: applications.edges.map(({ node }) => node.id), mine: myApplication?.id };
    };
    expect(await below(student)).toEqual({ ids: [others, own], mine: undefined });
    expect(await below(tutor)).toEqual({ ids: [own], mine: own });
    expect(await below(other)).toEqual({ ids: [others], mine: others });
    expect(await below(await market.graph.person('ADMIN'))).toEqual({ ids: [others, own], mine: undefined });
    for (const person of [undefined, await market.student(), await market.tutor(), await market.graph.person('HR')]) {
      expect(await below(person)).toEqual({ ids: [], mine: undefined });
    }
  });

  it('that was chosen shows to the student, staff and the tutor who was', async () => {
    const orderId = await newOrder();
    const loser = await market.tutor();
    const applicationId = await market.application(tutor, orderId);
    await market.application(loser, orderId);
    await market.made('chooseApplication', { applicationId }, student, 'booking');
    const CHOSEN = 'query ($id: ID!) { order(id: $id) { chosenApplication { id } } }';
    const chosen = async (person: TestPerson) => (await market.run(CHOSEN, { id: orderId }, person)).data;
    for (const person of [student, tutor, await market.graph.person('CURATOR')]) {
      expect(await chosen(person)).toEqual({ order: { chosenApplication: { id: applicationId } } });
    }
    expect(await chosen(loser)).toEqual({ order: { chosenApplication: null } });
  });

  it('of one’s own is listed, the newest first', async () => {
    const own = await market.tutor();
    const first = await market.application(own, await newOrder());
    const second = await market.application(own, await newOrder());
    await market.made('withdrawApplication', { applicationId: first }, own, 'application');
    const MINE = `query ($filter: MyApplicationsFilter) {
      myApplications(filter: $filter) { totalCount edges { node { id } } } }`;
    expect(await market.ids(MINE, 'myApplications', {}, own)).toEqual([second, first]);
    expect(await market.ids(MINE, 'myApplications', { filter: { status: 'PENDING' } }, own)).toEqual([second]);
    expect(await market.ids(MINE, 'myApplications', {}, student)).toEqual([]);
    expect((await market.run(MINE)).codes).toEqual(['UNAUTHENTICATED']);
  });
});
