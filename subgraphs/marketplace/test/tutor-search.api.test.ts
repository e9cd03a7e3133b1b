import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Market, type TestTutor } from './market.js';

let market: Market;
let anna: TestTutor;
let boris: TestTutor;
let clara: TestTutor;
let [chess, go, checkers] = ['', '', ''];
const LIST = `query ($filter: TutorFilter, $orderBy: TutorOrder, $first: Int, $after: String, $last: Int, $before: String) {
  tutors(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount edges { node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

beforeAll(async () => {
  market = await Market.open();
  [chess, go, checkers] = [await market.subject('Chess'), await market.subject('Go'), await market.subject('Checkers')];
  anna = await market.tutor({ experienceYears: 3, headline: 'Endgames with patience', languages: ['lv'] });
  boris = await market.tutor({
    experienceYears: 9,
    biography: 'Преподаю тактику и стратегию',
    city: 'Рига',
    formats: ['IN_PERSON'],
  });
  clara = await market.tutor({ experienceYears: 6, currency: 'USD' });
  await market.offering(anna, chess, 2_000);
  await market.offering(anna, go, 9_000, { levels: ['ADULT'] });
  await market.offering(boris, chess, 3_000, { levels: ['ADULT', 'EXAM'] });
  await market.offering(clara, go, 1_000, { hourlyRate: { amountMinor: 1_000, currency: 'USD' } });
  await market.sql('update marketplace.tutors set rating_sum = 9, review_count = 2 where id = ?', [anna.tutorId]);
  await market.sql('update marketplace.tutors set rating_sum = 3, review_count = 1 where id = ?', [clara.tutorId]);
});

afterAll(() => market.close());

const found = async (variables: object) => {
  const names = new Map([
    [anna.tutorId, 'anna'],
    [boris.tutorId, 'boris'],
    [clara.tutorId, 'clara'],
  ]);
  return (await market.ids(LIST, 'tutors', variables)).map((id) => names.get(id));
};

describe('tutors', () => {
  it.each([
    ['RATING', ['anna', 'clara', 'boris']],
    ['NEWEST', ['clara', 'boris', 'anna']],
    ['EXPERIENCE', ['boris', 'clara', 'anna']],
    ['PRICE_LOW', ['anna', 'boris', 'clara']],
    ['PRICE_HIGH', ['boris', 'anna', 'clara']],
  ])('come in the order %s', async (orderBy, expected) => {
    expect(await found({ orderBy })).toEqual(expected);
  });

  it.each(['RATING', 'NEWEST', 'EXPERIENCE', 'PRICE_LOW', 'PRICE_HIGH'])(
    'come page by page in the order %s, each once, forwards and backwards',
    async (orderBy) => {
      const whole = await market.ids(LIST, 'tutors', { orderBy });
      const walk = async (variables: (cursor: string | null) => object, next: 'endCursor' | 'startCursor') => {
        const seen: string[] = [];
        let cursor: string | null = null;
        for (;;) {
          const { data } = await market.run(LIST, { orderBy, ...variables(cursor) });
          const { edges, pageInfo } = data['tutors'] as {
            edges: { node: { id: string } }[];
            pageInfo: Record<string, string | null>;
          };
          if (edges.length === 0) return seen;
          seen.push(...edges.map(({ node }) => node.id));
          cursor = pageInfo[next] ?? null;
        }
      };
      expect(await walk((after) => ({ first: 1, after }), 'endCursor')).toEqual(whole);
      expect(await walk((before) => ({ last: 1, before }), 'startCursor')).toEqual([...whole].reverse());
    },
  );

  it('are found by what is asked for', async () => {
    const by = (filter: object) => found({ filter, orderBy: 'EXPERIENCE' });
    expect(await by({ text: 'patien endgame' })).toEqual(['anna']);
    expect(await by({ text: 'тактика' })).toEqual(['boris']);
    expect(await by({ text: 'che' })).toEqual(['boris', 'anna']);
    expect(await by({ text: '!!!' })).toEqual(['boris', 'clara', 'anna']);
    expect(await by({ subjectId: go })).toEqual(['clara', 'anna']);
    expect(await by({ subjectId: 'x' })).toEqual([]);
    expect(await by({ level: 'ADULT' })).toEqual(['boris', 'anna']);
    expect(await by({ city: 'РИГА' })).toEqual(['boris']);
    expect(await by({ format: 'ONLINE' })).toEqual(['clara', 'anna']);
    expect(await by({ language: 'lv' })).toEqual(['anna']);
    expect(await by({ ratingAtLeast: 3.5 })).toEqual(['anna']);
    expect(await by({ currency: 'USD' })).toEqual(['clara']);
    expect(await by({ currency: 'EUR', priceFrom: 2_500, priceTo: 4_000 })).toEqual(['boris']);
  });

  it('must fulfil subject, level and price in one offering', async () => {
    const filter = { subjectId: chess, currency: 'EUR', priceFrom: 5_000 };
    expect(await found({ filter })).toEqual([]);
    expect(await found({ filter: { subjectId: go, level: 'EXAM', currency: 'EUR' } })).toEqual([]);
    expect(await found({ filter: { subjectId: go, currency: 'EUR' }, orderBy: 'PRICE_LOW' })).toEqual(['anna']);
  });

  it('are found by the slug of a subject', async () => {
    const { data } = await market.run('{ subjects(filter: { text: "chess" }) { edges { node { slug } } } }');
    const { edges } = data['subjects'] as { edges: { node: { slug: string } }[] };
    const filter = { subjectSlug: edges[0]?.node.slug };
    expect(await found({ filter, orderBy: 'PRICE_LOW' })).toEqual(['anna', 'boris']);
    expect(await found({ filter: { subjectSlug: 'no-such-subject' } })).toEqual([]);
  });

  it('are not found by an archived subject, nor show it', async () => {
    const dora = await market.tutor({ headline: 'Draughts' });
    await market.offering(dora, checkers);
    await market.made('archiveSubject', { subjectId: checkers }, await market.graph.person('HR'), 'subject');
    expect(await found({ filter: { subjectId: checkers } })).toEqual([]);
    expect(await found({ filter: { text: 'checkers' } })).toEqual([]);
    const OFFERINGS = 'query ($id: ID!) { tutor(id: $id) { offerings { id } } }';
    const { data } = await market.run(OFFERINGS, { id: dora.tutorId });
    expect(data).toEqual({ tutor: { offerings: [] } });
    const own = await market.run(OFFERINGS, { id: dora.tutorId }, dora);
    expect(own.data).toEqual({ tutor: { offerings: [{ id: expect.any(String) }] } });
    await market.made('hideTutorProfile', { hidden: true }, dora, 'tutor');
  });

  it('who are hidden are not found', async () => {
    const hidden = await market.tutor({ headline: 'Unfindable' });
    expect(await market.ids(LIST, 'tutors', { filter: { text: 'unfindable' } })).toEqual([hidden.tutorId]);
    await market.made('hideTutorProfile', { hidden: true }, hidden, 'tutor');
    expect(await market.ids(LIST, 'tutors', { filter: { text: 'unfindable' } }, hidden)).toEqual([]);
  });

  it('refuse a price without its currency, and texts and pages beyond all bounds', async () => {
    const filters = [{ priceTo: 5 }, { text: 'x'.repeat(101) }, { city: 'x'.repeat(101) }, { subjectSlug: '\0' }];
    const wrong = [...filters.map((filter) => ({ filter })), { first: 101 }, { after: 'x' }];
    for (const variables of wrong) expect((await market.run(LIST, variables)).codes).toEqual(['BAD_USER_INPUT']);
  });
});
