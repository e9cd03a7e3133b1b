import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Market, type TestTutor } from './market.js';

let market: Market;
let [maths, english, piano] = ['', '', ''];
let [newton, byron, chopin]: TestTutor[] = [];
const LIST = `query ($filter: TutorFilter, $orderBy: TutorOrder, $first: Int, $after: String, $last: Int, $before: String) {
  tutors(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount edges { node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;
const FACETS = `query ($filter: TutorFilter) { tutors(filter: $filter) { facets {
  exact subjects { count subject { id } } prices { from to count } cities { city count } languages { language count }
  formats { format count }
} } }`;

beforeAll(async () => {
  market = await Market.open();
  const admin = await market.graph.person('ADMIN');
  const subject = async (slug: string, nameEn: string, nameRu: string): Promise<string> =>
    (await market.made('createSubject', { slug, nameEn, nameRu }, admin, 'subject')).id;
  maths = await subject('maths', 'Mathematics', 'Математика');
  english = await subject('english', 'English', 'Английский язык');
  piano = await subject('piano', 'Piano', 'Фортепиано');
  newton = await market.tutor({ headline: 'Falling apples', city: 'Москва', formats: ['ONLINE', 'IN_PERSON'] });
  byron = await market.tutor({ headline: 'Poetry', biography: 'Mathematics bores me.', languages: ['en'] });
  chopin = await market.tutor({ headline: 'Ноктюрны', city: 'москва', languages: ['fr'] });
  await market.offering(newton, maths, 2_500);
  await market.offering(newton, piano, 1_200, { levels: ['ADULT'] });
  await market.offering(byron, english, 2_000);
  await market.offering(chopin, piano, 4_000);
  await rate(byron, 50, 10);
});

afterAll(() => market.close());

async function rate({ tutorId }: TestTutor, sum: number, count: number): Promise<void> {
  const statement = 'update marketplace.tutors set rating_sum = ?, review_count = ? where id = ?';
  await market.sql(statement, [sum, count, tutorId]);
}

const found = async (variables: object): Promise<(string | undefined)[]> => {
  const names = new Map([
    [newton?.tutorId, 'newton'],
    [byron?.tutorId, 'byron'],
    [chopin?.tutorId, 'chopin'],
  ]);
  return (await market.ids(LIST, 'tutors', variables)).map((id) => names.get(id));
};

describe('a text', () => {
  it('finds those whom it is about before those who mention it, however good they are', async () => {
    expect(await found({ filter: { text: 'mathematics' } })).toEqual(['newton', 'byron']);
    expect(await found({ filter: { text: 'mathematics' }, orderBy: 'RATING' })).toEqual(['byron', 'newton']);
  });

  it('comes page by page over both, forwards and backwards', async () => {
    const page = async (variables: object) => {
      const { data } = await market.run(LIST, { filter: { text: 'mathematics' }, ...variables });
      return data['tutors'] as {
        totalCount: number;
        edges: { node: { id: string } }[];
        pageInfo: Record<string, never>;
      };
    };
    const first = await page({ first: 1 });
    expect(first).toMatchObject({ totalCount: 2, edges: [{ node: { id: newton?.tutorId } }] });
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const second = await page({ first: 1, after: first.pageInfo['endCursor'] });
    expect(second).toMatchObject({ edges: [{ node: { id: byron?.tutorId } }], pageInfo: { hasNextPage: false } });
    const last = await page({ last: 1 });
    expect(last).toMatchObject({ edges: [{ node: { id: byron?.tutorId } }], pageInfo: { hasPreviousPage: true } });
    const before = await page({ last: 5, before: last.pageInfo['startCursor'] });
    expect(before).toMatchObject({ edges: [{ node: { id: newton?.tutorId } }], pageInfo: { hasPreviousPage: false } });
    const wrong = [{ after: '9.x' }, { after: 'x' }, { first: 1, last: 1 }, { last: 1, after: '0.x' }, { first: 101 }];
    for (const variables of wrong) {
      const { codes } = await market.run(LIST, { filter: { text: 'mathematics' }, ...variables });
      expect(codes).toEqual(['BAD_USER_INPUT']);
    }
  });

  it.each([
    ['матиматика', ['newton']],
    ['matematika', ['newton']],
    ['vfntvfnbrf', ['newton']],
    ['mathmatics', ['newton', 'byron']],
    ['englsh', ['byron']],
    ['fyukbqcrbq', ['byron']],
    ['angliyskiy', ['byron']],
    ['учитель математики', ['newton']],
    ['инглиш', ['byron']],
    ['матиматика москва', ['newton']],
    ['пианино масква', ['newton', 'chopin']],
    ['xylophone', []],
  ])('%s finds %s', async (text, expected) => {
    expect((await found({ filter: { text }, orderBy: 'EXPERIENCE' })).sort()).toEqual([...expected].sort());
  });

  it('that finds somebody finds nobody else by words that sound alike', async () => {
    const german = await market.tutor({ headline: 'Piana is what my grandmother called it' });
    expect(await market.ids(LIST, 'tutors', { filter: { text: 'piana' } })).toEqual([german.tutorId]);
    await market.made('hideTutorProfile', { hidden: true }, german, 'tutor');
  });
});

describe('relevance', () => {
  it('takes many good reviews for better than one perfect one', async () => {
    await rate(newton as TestTutor, 5, 1);
    await market.sql("update marketplace.tutors set created_at = now() - interval '1 year'");
    await rate(byron as TestTutor, 195, 40);
    expect(await found({ orderBy: 'RELEVANCE' })).toEqual(['byron', 'newton', 'chopin']);
    expect(await found({ orderBy: 'RATING' })).toEqual(['newton', 'byron', 'chopin']);
  });
});

describe('verified tutors', () => {
  it('are found as such until it is over, and stand before others like them', async () => {
    const set = async (time: string): Promise<void> => {
      await market.sql(`update marketplace.tutors set verified_until = ${time} where id = ?`, [chopin?.tutorId]);
    };
    await rate(newton as TestTutor, 0, 0);
    const by = () => found({ filter: { verified: true } });
    await set("now() + interval '1 year'");
    expect(await by()).toEqual(['chopin']);
    expect(await found({ orderBy: 'RELEVANCE', filter: { city: 'Москва' } })).toEqual(['chopin', 'newton']);
    await set("now() - interval '1 hour'");
    expect(await by()).toEqual([]);
    expect(await found({ filter: { verified: false } })).toHaveLength(3);
  });
});

describe('several subjects and languages', () => {
  it('are any of them', async () => {
    const by = (filter: object) => found({ filter, orderBy: 'PRICE_LOW' });
    expect(await by({ subjectIds: [maths, english] })).toEqual(['byron', 'newton']);
    expect(await by({ subjectIds: [maths, piano] })).toEqual(['newton', 'chopin']);
    expect(await by({ subjectIds: [maths, piano], level: 'EXAM' })).toEqual(['newton', 'chopin']);
    expect(await by({ subjectIds: [maths], subjectId: english })).toEqual([]);
    expect(await by({ subjectIds: [], languages: ['fr', 'lv'] })).toEqual(['chopin']);
    const codes = async (filter: object) => (await market.run(LIST, { filter })).codes;
    expect(await codes({ subjectIds: Array.from({ length: 21 }, () => maths) })).toEqual(['BAD_USER_INPUT']);
  });
});

describe('facets', () => {
  const facets = async (filter: object): Promise<unknown> => {
    const { data } = await market.run(FACETS, { filter });
    return (data['tutors'] as { facets: unknown }).facets;
  };

  it('count what is found', async () => {
    expect(await facets({ currency: 'EUR' })).toEqual({
      exact: true,
      subjects: [
        { count: 2, subject: { id: piano } },
        { count: 1, subject: { id: maths } },
        { count: 1, subject: { id: english } },
      ],
      prices: [
        { from: 1_000, to: 1_499, count: 1 },
        { from: 2_000, to: 2_999, count: 2 },
        { from: 3_000, to: 4_999, count: 1 },
      ],
      cities: [{ city: 'москва', count: 2 }],
      languages: [
        { language: 'en', count: 2 },
        { language: 'fr', count: 1 },
        { language: 'ru', count: 1 },
      ],
      formats: [
        { format: 'ONLINE', count: 3 },
        { format: 'IN_PERSON', count: 1 },
      ],
    });
  });

  it('count each without regard to its own filter', async () => {
    const filter = { currency: 'EUR', subjectId: piano, priceTo: 2_000, languages: ['ru'] };
    expect(await facets(filter)).toEqual({
      exact: true,
      subjects: [{ count: 1, subject: { id: piano } }],
      prices: [{ from: 1_000, to: 1_499, count: 1 }],
      cities: [{ city: 'москва', count: 1 }],
      languages: [
        { language: 'en', count: 1 },
        { language: 'ru', count: 1 },
      ],
      formats: [
        { format: 'IN_PERSON', count: 1 },
        { format: 'ONLINE', count: 1 },
      ],
    });
    const none = { exact: true, subjects: [], prices: [], cities: [], languages: [], formats: [] };
    expect(await facets({ subjectId: 'x' })).toEqual(none);
  });
});

describe('what is found', () => {
  it('is as tutors, offerings and subjects are at that moment', async () => {
    const tutor = await market.tutor({ headline: 'Bagpipes' });
    const by = (text: string) => market.ids(LIST, 'tutors', { filter: { text } });
    const offeringId = await market.offering(tutor, maths, 9_000);
    expect(await by('bagpipes mathematics')).toEqual([tutor.tutorId]);
    const hourlyRate = { amountMinor: 90_000, currency: 'EUR' };
    await market.made('updateOffering', { offeringId, hourlyRate }, tutor, 'offering');
    const dear = { currency: 'EUR', priceFrom: 80_000 };
    expect(await market.ids(LIST, 'tutors', { filter: dear })).toEqual([tutor.tutorId]);
    await market.made('withdrawOffering', { offeringId }, tutor, 'tutor');
    expect(await market.ids(LIST, 'tutors', { filter: dear })).toEqual([]);
    expect(await by('bagpipes mathematics')).toEqual([]);
    await market.made('updateTutorProfile', { headline: 'Flutes' }, tutor, 'tutor');
    expect(await by('flutes')).toEqual([tutor.tutorId]);
    const admin = await market.graph.person('ADMIN');
    await market.offering(tutor, english);
    await market.made('updateSubject', { subjectId: english, nameEn: 'Anglo-Saxon' }, admin, 'subject');
    expect(await by('flutes saxon')).toEqual([tutor.tutorId]);
  });
});
