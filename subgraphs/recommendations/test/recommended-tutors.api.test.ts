import { newId } from '@tutorgraph/kit/database/id';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MarketOrder, MarketTutor } from '../src/market/market.entity.ts';
import { RankingModel } from '../src/ranking/ranking-model.entity.ts';
import { addApplication, addOrder, addTutor, roomEm, type TutorTraits } from './scene.ts';

const PAGE = `pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount requestId modelVersion degraded
  degradedReasons relaxed userErrors { code field message }
  edges { cursor node { tutor { id } score chanceOfSuccess explored sponsored reasons { code text value }
    compatibility { subject price schedule style level } } }`;
const FOR_ORDER = `query ($orderId: ID!, $first: Int, $after: String, $last: Int, $before: String) {
  recommendedTutors(orderId: $orderId, first: $first, after: $after, last: $last, before: $before) { ${PAGE} } }`;
const FOR_WISH = `query ($input: WishInput!, $first: Int) { recommendedTutorsFor(input: $input, first: $first) { ${PAGE} } }`;

interface Page {
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  totalCount: number;
  requestId: string;
  modelVersion: number;
  degraded: boolean;
  degradedReasons: string[];
  relaxed: string[];
  userErrors: { code: string; field: string[] | null; message: string }[];
  edges: {
    cursor: string;
    node: {
      tutor: { id: string };
      score: number;
      chanceOfSuccess: number;
      explored: boolean;
      sponsored: boolean;
      reasons: { code: string; text: string; value: number | null }[];
      compatibility: Record<string, number | null>;
    };
  }[];
}

let graph: TestGraph;

beforeAll(async () => {
  graph = await startTestGraph(['accounts', 'recommendations']);
});
afterAll(() => graph.close());

async function forOrder(person: TestPerson | undefined, variables: object): Promise<Page | null> {
  const { data } = await graph.run('recommendations', FOR_ORDER, variables, person);
  return (data['recommendedTutors'] ?? null) as Page | null;
}

async function ofOrder(person: TestPerson, variables: object): Promise<Page> {
  const page = await forOrder(person, variables);
  if (!page) throw new Error('Nothing was recommended');
  return page;
}

async function forWish(person: TestPerson, input: object): Promise<Page> {
  const { data, errors } = await graph.run('recommendations', FOR_WISH, { input }, person);
  if (!data['recommendedTutorsFor']) throw new Error(JSON.stringify(errors));
  return data['recommendedTutorsFor'] as Page;
}

function tutorsOf({ edges }: Page): string[] {
  return edges.map(({ node }) => node.tutor.id);
}

function addMany(count: number, traits: TutorTraits): Promise<string[]> {
  return Promise.all(Array.from({ length: count }, () => addTutor(roomEm(graph), traits)));
}

/** A student with an order in a subject of its own, for which there are so many tutors. */
async function makeOrder(tutors: number, traits: Partial<TutorTraits> = {}, order: Partial<MarketOrder> = {}) {
  const student = await graph.person('STUDENT');
  const subjectId = newId();
  const tutorIds = await addMany(tutors, { subjectId, ...traits });
  const orderId = await addOrder(roomEm(graph), { subjectId, studentId: student.userId, ...order });
  return { student, subjectId, tutorIds, orderId };
}

describe('recommended tutors of an order', () => {
  test('its student is told who fits, how well, and why, in their language', async () => {
    const { student, orderId } = await makeOrder(
      1,
      { rating: 4.9, reviewCount: 40, studentCount: 50, returningCount: 46, rateMinor: 1_800 },
      { budgetMinor: 2_000, currency: 'EUR' },
    );
    const { version } = await roomEm(graph).findOneOrFail(RankingModel, { status: 'RUNNING' });
    const page = await ofOrder(student, { orderId });
    const node = page.edges[0]?.node;
    expect(node).toMatchObject({ explored: false, sponsored: false, compatibility: { price: 1, level: 1 } });
    expect(node?.score).toBeGreaterThan(0);
    expect(node?.chanceOfSuccess).toBeGreaterThan(0);
    expect(node?.reasons).toHaveLength(3);
    expect(node?.reasons).toContainEqual({ code: 'STUDENTS_RETURN', text: '92 % of students come back', value: 92 });
    const russian = await graph.issuer.signIn('STUDENT', { userId: student.userId, locale: 'ru' });
    const texts = (await ofOrder(russian, { orderId })).edges[0]?.node.reasons.map(({ text }) => text);
    expect(texts).toContain('92 % учеников возвращаются');
    expect(page).toMatchObject({
      degraded: false,
      degradedReasons: [],
      modelVersion: version,
      userErrors: [],
      totalCount: 1,
    });
  });

  test('staff see them; other students, tutors and strangers do not, nor anything of an order that is none', async () => {
    const { orderId, tutorIds } = await makeOrder(1);
    expect(tutorsOf(await ofOrder(await graph.person('SUPERVISOR'), { orderId }))).toEqual(tutorIds);
    for (const role of ['STUDENT', 'TUTOR', 'CURATOR'] as const) {
      expect(await forOrder(await graph.person(role), { orderId })).toBeNull();
    }
    expect((await graph.run('recommendations', FOR_ORDER, { orderId })).codes).toEqual(['UNAUTHENTICATED']);
    const admin = await graph.person('ADMIN');
    expect(await forOrder(admin, { orderId: newId() })).toBeNull();
    expect(await forOrder(admin, { orderId: "'; drop table recommendations.orders" })).toBeNull();
  });

  test('pages follow one another in one list, whatever has changed since it was begun', async () => {
    const { student, orderId, subjectId, tutorIds } = await makeOrder(12);
    const first = await ofOrder(student, { orderId, first: 5 });
    await addTutor(roomEm(graph), { subjectId, rating: 5, reviewCount: 900 });
    await roomEm(graph).nativeUpdate(
      MarketTutor,
      { id: tutorIds[3] ?? '' },
      { changedAt: new Date(Date.now() + 60_000) },
    );
    const second = await ofOrder(student, { orderId, first: 5, after: first.pageInfo.endCursor });
    const third = await ofOrder(student, { orderId, first: 5, after: second.pageInfo.endCursor });
    expect([...tutorsOf(first), ...tutorsOf(second), ...tutorsOf(third)].sort()).toEqual([...tutorIds].sort());
    expect(third.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const back = await ofOrder(student, { orderId, last: 5, before: third.pageInfo.startCursor });
    expect(tutorsOf(back)).toEqual(tutorsOf(second));
    expect(new Set([first.requestId, second.requestId, third.requestId]).size).toBe(1);
  });

  test('a cursor of somebody else’s list opens nothing of it', async () => {
    const [own, other] = [await makeOrder(3), await makeOrder(3)];
    const { pageInfo } = await ofOrder(other.student, { orderId: other.orderId, first: 1 });
    const page = await ofOrder(own.student, { orderId: own.orderId, after: pageInfo.startCursor });
    expect(own.tutorIds).toEqual(expect.arrayContaining(tutorsOf(page)));
  });

  test('a list is computed anew when its order or one of its tutors has changed, and not before', async () => {
    const { student, orderId, subjectId, tutorIds } = await makeOrder(3, { rating: 4, reviewCount: 10 });
    const before = await ofOrder(student, { orderId });
    const late = await addTutor(roomEm(graph), { subjectId });
    expect(tutorsOf(await ofOrder(student, { orderId }))).toEqual(tutorsOf(before));
    await roomEm(graph).nativeUpdate(MarketTutor, { id: tutorIds[0] ?? '' }, { changedAt: new Date() });
    expect(tutorsOf(await ofOrder(student, { orderId }))).toContain(late);
    const later = await addTutor(roomEm(graph), { subjectId });
    await roomEm(graph).nativeUpdate(MarketOrder, { id: orderId }, { title: 'Something else by now' });
    expect(tutorsOf(await ofOrder(student, { orderId }))).toContain(later);
  });

  test('a list is computed anew when another model compares texts', async () => {
    const { student, orderId, subjectId } = await makeOrder(3);
    await ofOrder(student, { orderId });
    const late = await addTutor(roomEm(graph), { subjectId });
    const compareBy = (id: string) =>
      roomEm(graph).transactional(async (tx) => {
        await tx.execute(`update recommendations.embedding_models set state = 'RETIRED' where state = 'ACTIVE'`);
        await tx.execute(
          `insert into recommendations.embedding_models (id, source, dimensions, state, created_at, active_at)
           values (?, 'LOCAL', 256, 'ACTIVE', now(), now()) on conflict (id) do update set state = 'ACTIVE'`,
          [id],
        );
      });
    const [{ id: former }] = await roomEm(graph).execute<[{ id: string }]>(
      `select id from recommendations.embedding_models where state = 'ACTIVE'`,
    );
    await compareBy('test/another@1');
    try {
      expect(tutorsOf(await ofOrder(student, { orderId }))).toContain(late);
    } finally {
      await compareBy(former);
    }
  });

  test('who hides, is erased or is declined is gone from a list at once', async () => {
    const { student, orderId, tutorIds } = await makeOrder(5);
    expect((await ofOrder(student, { orderId })).totalCount).toBe(5);
    const [hidden = '', erased = '', declined = '', ...others] = tutorIds;
    await roomEm(graph).nativeUpdate(MarketTutor, { id: hidden }, { hidden: true });
    await roomEm(graph).nativeDelete(MarketTutor, { id: erased });
    await addApplication(roomEm(graph), { orderId, tutorId: declined, status: 'DECLINED' });
    const page = await ofOrder(student, { orderId });
    expect(tutorsOf(page).sort()).toEqual([...others].sort());
    expect(page.totalCount).toBe(2);
  });

  test('what the student is shown is noted once, and what staff look at is not', async () => {
    const { student, orderId } = await makeOrder(3);
    const { requestId } = await ofOrder(student, { orderId, first: 2 });
    await ofOrder(student, { orderId, first: 2 });
    await ofOrder(await graph.person('ADMIN'), { orderId });
    const count = () =>
      roomEm(graph).execute('select count(*)::int as shown from recommendations.impressions where request_id = ?', [
        requestId,
      ]);
    await expect.poll(count).toEqual([{ shown: 2 }]);
    const requests = await roomEm(graph).execute('select id from recommendations.ranking_requests where order_id = ?', [
      orderId,
    ]);
    expect(requests).toEqual([{ id: requestId }]);
  });

  test.each([{ first: 101 }, { first: -1 }, { after: 'x'.repeat(10_000) }, { first: 1, last: 1 }])(
    'a page that cannot be is refused: %o',
    async (page) => {
      const { student, orderId } = await makeOrder(1);
      const { codes } = await graph.run('recommendations', FOR_ORDER, { orderId, ...page }, student);
      expect(codes).toEqual(['BAD_USER_INPUT']);
    },
  );

  test('the number of statements is the same for 5 tutors and for 50, at first and from what is kept', async () => {
    const counts = [];
    for (const tutors of [25, 75]) {
      const { student, orderId } = await makeOrder(tutors, { rating: 4.5, reviewCount: 5 });
      for (const first of [5, 50]) {
        const { statements } = await withStatements(() => ofOrder(student, { orderId, first }));
        counts.push(statements.filter((sql) => !/experiments|ranking_models/.test(sql)).length);
      }
    }
    expect(counts[0]).toBe(counts[2]);
    expect([counts[1], counts[3]]).toEqual([2, 2]);
  });
});

describe('recommended tutors before there is an order', () => {
  const WISH = { level: 'EXAM', format: 'ONLINE' };

  test('a wish is answered as an order is, by all that it says', async () => {
    const student = await graph.person('STUDENT');
    const subjectId = newId();
    const evening = Array.from({ length: 168 }, (_, hour) => (hour === 15 || hour === 16 ? '1' : '0')).join('');
    const fitting = await addMany(20, { subjectId, hours: evening, languages: ['ru'], rateMinor: 1_500 });
    await addTutor(roomEm(graph), { subjectId, languages: ['en'] });
    await addTutor(roomEm(graph), { subjectId, languages: ['ru'], rateMinor: 9_000 });
    const page = await forWish(student, {
      ...WISH,
      subjectId,
      languages: ['RU'],
      budget: { to: { amountMinor: 1_500, currency: 'EUR' } },
      schedule: { timeZone: 'Europe/Moscow', hours: [{ weekday: 1, from: 18, to: 20 }] },
      style: 'PATIENT',
      urgency: 'NOW',
      goal: 'Сдать ЕГЭ',
    });
    expect(tutorsOf(page).sort()).toEqual([...fitting].sort());
    expect(page.edges[0]?.node.compatibility).toMatchObject({ price: 1, schedule: 1, level: 1, style: null });
    expect(page.relaxed).toEqual([]);
  });

  test('what was given up because too few fulfil it is said', async () => {
    const subjectId = newId();
    const tutorId = await addTutor(roomEm(graph), { subjectId, rateMinor: 9_000 });
    const budget = { to: { amountMinor: 1_000, currency: 'EUR' } };
    const page = await forWish(await graph.person('STUDENT'), { ...WISH, subjectId, budget });
    expect(tutorsOf(page)).toEqual([tutorId]);
    expect(page.relaxed).toEqual(['PRICE']);
  });

  test.each([
    ['no id', { subjectId: 'mathematics' }, ['input', 'subjectId']],
    ['no city in person', { format: 'IN_PERSON' }, ['input', 'city']],
    ['a budget the wrong way round', { budget: budget(2_000, 1_000) }, ['input', 'budget', 'from']],
    ['two currencies', { budget: budget(500, 1_000, 'USD') }, ['input', 'budget', 'from', 'currency']],
    ['a language that is none', { languages: ['russian'] }, ['input', 'languages', '0']],
    ['too many languages', { languages: Array(11).fill('ru') }, ['input', 'languages']],
    ['an endless goal', { goal: 'a'.repeat(2_001) }, ['input', 'goal']],
    ['an eighth day', { schedule: schedule(8, 1, 2) }, ['input', 'schedule', 'hours', '0', 'weekday']],
    ['hours backwards', { schedule: schedule(1, 9, 9) }, ['input', 'schedule', 'hours', '0', 'to']],
    [
      'too many spans',
      { schedule: { timeZone: 'UTC', hours: Array(22).fill(span(1, 1, 2)) } },
      ['input', 'schedule', 'hours'],
    ],
    ['a character that no text has', { goal: 'a\0b' }, ['input', 'goal']],
  ])('%s is told to the person', async (_, change, field) => {
    const page = await forWish(await graph.person('STUDENT'), { ...WISH, subjectId: newId(), ...change });
    expect(page.userErrors).toEqual([{ code: 'INVALID_INPUT', field, message: expect.any(String) }]);
    expect(page.edges).toEqual([]);
  });

  test('nobody who is not signed in is answered, and nobody too often', async () => {
    const input = { ...WISH, subjectId: newId() };
    expect((await graph.run('recommendations', FOR_WISH, { input })).codes).toEqual(['UNAUTHENTICATED']);
    const student = await graph.person('STUDENT');
    const asked = await Promise.all(
      Array.from({ length: 61 }, () => graph.run('recommendations', FOR_WISH, { input }, student)),
    );
    expect(asked.flatMap(({ codes }) => codes)).toEqual(['RATE_LIMITED']);
  });

  function budget(from: number, to: number, currency = 'EUR') {
    return { from: { amountMinor: from, currency }, to: { amountMinor: to, currency: 'EUR' } };
  }

  function span(weekday: number, from: number, to: number) {
    return { weekday, from, to };
  }

  function schedule(weekday: number, from: number, to: number) {
    return { timeZone: 'UTC', hours: [span(weekday, from, to)] };
  }
});
