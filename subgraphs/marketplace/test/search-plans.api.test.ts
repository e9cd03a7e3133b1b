import { newId } from '@tutorgraph/kit/database/id';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refreshTutorRanksJob } from '../src/jobs/refresh-tutor-ranks.job.js';
import { manyTutors } from './many-tutors.js';
import { Market } from './market.js';
import { searches } from './searches.js';

/** So many that reading all of them is never the better plan. */
const TUTORS = 16_000;
const LIST = `query ($filter: TutorFilter, $orderBy: TutorOrder, $first: Int, $after: String, $last: Int, $before: String) {
  tutors(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    edges { node { id } } pageInfo { startCursor endCursor }
  }
}`;
/** What orders go by, of tutors `t` with those offerings `o` that fit. */
const KEYS = {
  RATING: 'coalesce(t.rating_sum::numeric / nullif(t.review_count, 0), 0)',
  RELEVANCE: '(select c.quality from marketplace.tutor_cards c where c.tutor_id = t.id)',
  EXPERIENCE: 't.experience_years',
  NEWEST: 't.created_at',
  PRICE_LOW: 'min(o.rate_minor)',
  PRICE_HIGH: 'min(o.rate_minor)',
};
/** A filter beside subjects. */
interface Narrowing {
  language: string;
  currency?: string;
  priceFrom?: number;
  priceTo?: number;
}

let market: Market;

beforeAll(async () => {
  market = await Market.open();
  for (const statement of manyTutors(TUTORS)) await market.sql(statement);
}, 240_000);

afterAll(() => market.close());

async function scans(): Promise<Record<string, number>> {
  await Promise.all(Array.from({ length: 10 }, () => market.sql('select pg_stat_force_next_flush()')));
  const rows = await market.sql<{ relname: string; seq_scan: string }>(
    `select relname, seq_scan from pg_stat_user_tables
      where schemaname = 'marketplace' and relname in ('tutors', 'tutor_cards', 'subject_cards', 'offerings')`,
  );
  return Object.fromEntries(rows.map(({ relname, seq_scan }) => [relname, Number(seq_scan)]));
}

describe('searching among many tutors', () => {
  it('reads no large table from its beginning', async () => {
    const before = await scans();
    expect(Object.keys(before)).toHaveLength(4);
    for (const { variants } of searches) {
      for (const variant of variants) {
        const { data } = await market.run(LIST, variant);
        const { endCursor: after } = (data['tutors'] as { pageInfo: { endCursor: string | null } }).pageInfo;
        if (after) expect((await market.run(LIST, { ...variant, after })).codes).toEqual([]);
      }
    }
    expect(await scans()).toEqual(before);
    await market.sql("select count(*) from marketplace.tutor_cards where offers::text = ''");
    expect(await scans()).not.toEqual(before);
  });

  it.each([
    ['few', 'RATING', [1], { currency: 'EUR', priceFrom: 1_500, priceTo: 2_500, language: 'lv' }],
    ['some', 'EXPERIENCE', [1], { currency: 'RUB', priceFrom: 0, priceTo: 100_000, language: 'ru' }],
    ['many', 'RATING', [1], { currency: 'RUB', priceFrom: 0, priceTo: 400_000, language: 'ru' }],
    ['few', 'NEWEST', [1, 2, 30], { currency: 'USD', priceFrom: 0, priceTo: 1_500, language: 'kk' }],
    ['many', 'RELEVANCE', [1, 2, 3], { currency: 'RUB', priceFrom: 0, priceTo: 400_000, language: 'en' }],
    ['few', 'PRICE_LOW', [1, 2, 3], { currency: 'RUB', priceFrom: 60_000, priceTo: 90_000, language: 'it' }],
    ['many', 'PRICE_HIGH', [1, 2], { currency: 'EUR', priceFrom: 1_500, priceTo: 9_000, language: 'ru' }],
    ['many', 'PRICE_HIGH', [1, 20], { language: 'hy' }],
  ] satisfies [string, keyof typeof KEYS, number[], Narrowing][])(
    'comes page by page where %s fulfil it, by %s, each once, both ways',
    async (_, orderBy, numbers, filter) => {
      const subjectIds = numbers.map((number) => `01900000-0000-7000-8009-${String(number).padStart(12, '0')}`);
      const { currency, priceFrom, priceTo }: Narrowing = filter;
      const direction = orderBy === 'PRICE_LOW' ? 'asc' : 'desc';
      const expected = await market.sql<{ id: string }>(
        `select t.id from marketplace.tutors t join marketplace.offerings o on o.tutor_id = t.id
        where t.hidden_at is null and o.subject_id = any (?) and t.currency = coalesce(?, t.currency)
          and o.rate_minor between ? and ? and ? = any (t.languages)
        group by t.id order by ${orderBy.startsWith('PRICE') ? 't.currency,' : ''} ${KEYS[orderBy]} ${direction}, t.id ${direction}`,
        [`{${subjectIds}}`, currency ?? null, priceFrom ?? 0, priceTo ?? Number.MAX_SAFE_INTEGER, filter.language],
      );
      const pages = async (next: (cursor: string | null) => object, end: 'startCursor' | 'endCursor') => {
        const all: string[][] = [];
        for (let cursor: string | null = null; ; ) {
          const { data } = await market.run(LIST, { filter: { ...filter, subjectIds }, orderBy, ...next(cursor) });
          const { edges, pageInfo } = data['tutors'] as {
            edges: { node: { id: string } }[];
            pageInfo: Record<string, string | null>;
          };
          if (edges.length === 0) return all;
          all.push(edges.map(({ node }) => node.id));
          cursor = pageInfo[end] ?? null;
        }
      };
      const ids = expected.map((tutor) => tutor.id);
      expect(ids.length).toBeGreaterThan(3);
      const forwards = await pages(
        (after) => ({ first: Math.min(100, Math.ceil(ids.length / 10)), after }),
        'endCursor',
      );
      expect(forwards.flat()).toEqual(ids);
      const backwards = await pages(
        (before) => ({ last: Math.min(100, Math.ceil(ids.length / 10)), before }),
        'startCursor',
      );
      expect(backwards.reverse().flat()).toEqual(ids);
    },
  );

  it.each(searches)('by $name takes at most one statement more for 100 than for 1', async ({ variants }) => {
    for (const variant of variants) {
      const { data } = await market.run(LIST, { ...variant, first: 100 });
      const found = (data['tutors'] as { edges: unknown[] }).edges.length;
      // A page that does not fill asks also for those who only mention the words.
      if (found < 100 || 'text' in (variant.filter ?? {})) continue;
      const counts: number[] = [];
      for (const first of [1, 20, 100]) {
        const { statements } = await withStatements(() => market.run(LIST, { ...variant, first }));
        counts.push(statements.length);
      }
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
  });

  it('takes fourteen statements at most, with a typing error, its total and facets', async () => {
    const query = `{ tutors(filter: { text: "матиматика казань" }, first: 100) {
      totalCount edges { node { id displayName } } facets { exact subjects { count subject { name } } cities { count } } } }`;
    const { result, statements } = await withStatements(() => market.run(query));
    expect(result.codes).toEqual([]);
    expect(statements.length).toBeLessThanOrEqual(14);
  });

  it('counts a fair sample where there are too many, and what it says is near the truth', async () => {
    const { data } = await market.run('{ tutors { totalCount facets { exact formats { format count } } } }');
    const { totalCount, facets } = data['tutors'] as {
      totalCount: number;
      facets: { exact: boolean; formats: { format: string; count: number }[] };
    };
    expect(facets.exact).toBe(false);
    const online = facets.formats.find(({ format }) => format === 'ONLINE')?.count ?? 0;
    expect(Math.abs(online / totalCount - 1)).toBeLessThan(0.1);
  });
});

describe('the night', () => {
  it('draws other newcomers and forgets words that nobody uses', async () => {
    const room = market.graph.rooms.get('marketplace');
    if (!room) throw new Error('The marketplace does not run');
    const tutor = await market.tutor({ headline: 'Zither' });
    const quality = async (): Promise<number | undefined> => {
      const [row] = await market.sql<{ quality: number }>(
        'select quality from marketplace.tutor_cards where tutor_id = ?',
        [tutor.tutorId],
      );
      return row?.quality;
    };
    const today = await quality();
    await market.sql('update marketplace.tutor_cards set quality = 0 where tutor_id = ?', [tutor.tutorId]);
    await market.sql("insert into marketplace.search_words values ('qwxyz', 'qwxyz')");
    const run = {
      id: newId(),
      attempt: 1,
      signal: new AbortController().signal,
      logger: createLogger({ service: 'test', level: 'error' }),
    };
    await refreshTutorRanksJob(room.orm.em).handler({}, run);
    expect(await quality()).toBe(today);
    const words = await market.sql<{ word: string }>(
      "select word from marketplace.search_words where word in ('qwxyz', 'zither')",
    );
    expect(words).toEqual([{ word: 'zither' }]);
  });
});
