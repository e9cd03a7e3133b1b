import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Compare } from '@tutorgraph/kit/bench/compare';
import { benchDatabase, openPool } from '@tutorgraph/kit/bench/database';
import { p95Within } from '@tutorgraph/kit/bench/goal';
import { repeat } from '@tutorgraph/kit/bench/load';
import { openGenerousRateLimiter } from '@tutorgraph/kit/testing/generous-limits';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type pg from 'pg';
import { manyTutors, manyTutorsIn } from '../test/many-tutors.ts';
import { type Search, searches } from '../test/searches.ts';

const TUTORS = 100_000;
const CARD = 'id displayName headline city rating reviewCount languages formats currency';
const LIST = `query ($filter: TutorFilter, $orderBy: TutorOrder, $after: String) {
  tutors(filter: $filter, orderBy: $orderBy, after: $after) { edges { node { ${CARD} } } pageInfo { hasNextPage endCursor } }
}`;
const FACETS = `query ($filter: TutorFilter) { tutors(filter: $filter, first: 1) { facets {
  exact subjects { count subject { name } } prices { from to count } cities { city count } languages { language count }
  formats { format count }
} } }`;
/** Tables that no search may read from their beginning. */
const LARGE = ['tutors', 'tutor_cards', 'subject_cards', 'offerings'];

/** Finding tutors among 100,000, as a front end asks for them, from the GraphQL operation to its answer. */
export async function bench(compare: Compare): Promise<void> {
  const graph = await startTestGraph(['marketplace'], benchDatabase, {}, openGenerousRateLimiter);
  const pool = openPool(graph.databaseUrl, 1);
  for (const statement of manyTutors(TUTORS)) await pool.query(statement);
  await pool.query('select pg_stat_force_next_flush()');
  const before = await scans(pool);
  const peer = { name: 'the same 20 rows by primary key, bare SQL', load: await byPrimaryKey(pool) };
  for (const { name, variants } of searches) {
    const asked = await withPages(graph, variants);
    const load = repeat((index) => ask(graph, LIST, asked[index % asked.length] ?? {}));
    await compare({ name: `find by ${name}`, load, peer, goal: p95Within(50) });
  }
  const filters = searches.flatMap(({ variants }) => variants);
  const load = repeat((index) => ask(graph, FACETS, filters[index % filters.length] ?? {}));
  await compare({ name: 'facets of the same searches', load, peer, goal: p95Within(150) });
  await flushScans(graph, pool);
  const after = await scans(pool);
  const read = LARGE.filter((table) => after.get(table) !== before.get(table));
  if (read.length > 0) throw new Error(`Searches read these tables from their beginning: ${read.join(', ')}`);
  await pool.end();
  await graph.close();
}

/** Each search, and its second and third page. */
async function withPages(graph: TestGraph, variants: readonly Search[]): Promise<Search[]> {
  const pages: Search[] = [];
  for (const variant of variants) {
    let after: string | null = null;
    for (let page = 0; page < 3; page++) {
      pages.push({ ...variant, after });
      const { pageInfo } = await ask(graph, LIST, { ...variant, after });
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
  }
  return pages;
}

interface Answer {
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** @throws Error when the search is refused */
async function ask(graph: TestGraph, query: string, variables: Search): Promise<Answer> {
  const room = graph.rooms.get('marketplace');
  const metadata = { requestId: randomUUID(), clientAddress: '127.0.0.1' };
  const result = await room?.subgraph.execute({ query, variables: { ...variables } }, metadata);
  const tutors = result?.data?.['tutors'] as Answer | null | undefined;
  if (tutors) return tutors;
  throw new Error(`Refused: ${JSON.stringify(result)}`);
}

async function byPrimaryKey(pool: pg.Pool) {
  const { rows } = await pool.query<{ id: string }>(manyTutorsIn(2_000));
  const ids = rows.map(({ id }) => id);
  return repeat((index) => {
    const from = (index * 20) % ids.length;
    return pool.query('select * from marketplace.tutors where id = any ($1)', [ids.slice(from, from + 20)]);
  });
}

/** How often each table was read from its beginning, since the server counts. */
async function scans(pool: pg.Pool): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ relname: string; seq_scan: string }>(
    "select relname, seq_scan from pg_stat_user_tables where schemaname = 'marketplace'",
  );
  return new Map(rows.map(({ relname, seq_scan }) => [relname, Number(seq_scan)]));
}

/** A session tells the server what it has counted once a second at most, after a statement. */
async function flushScans(graph: TestGraph, pool: pg.Pool): Promise<void> {
  await delay(1_100);
  await Promise.all(searches.flatMap(({ variants }) => variants.map((variant) => ask(graph, LIST, variant))));
  await pool.query('select pg_stat_clear_snapshot()');
}
