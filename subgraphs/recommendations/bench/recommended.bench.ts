import { randomUUID } from 'node:crypto';
import type { Compare } from '@tutorgraph/kit/bench/compare';
import { benchDatabase, openPool } from '@tutorgraph/kit/bench/database';
import { p95Within } from '@tutorgraph/kit/bench/goal';
import { type Load, repeat } from '@tutorgraph/kit/bench/load';
import type { TestDatabase, TestDatabaseOptions } from '@tutorgraph/kit/testing/database';
import { openGenerousRateLimiter } from '@tutorgraph/kit/testing/generous-limits';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { manyTutors, type OpenOrder, openOrders } from './many-tutors.ts';

const SIZE = { tutors: 100_000, subjects: 40, matched: 40_000, lessons: 200_000, dimensions: 256 };
/** Each is asked once where lists are computed. */
const ORDERS = 4_000;
/** These are asked again and again where lists are kept. */
const KEPT = 50;
const LIST = `query ($orderId: ID!) { recommendedTutors(orderId: $orderId, first: 20) {
  degradedReasons relaxed modelVersion requestId pageInfo { hasNextPage endCursor }
  edges { node { tutor { id } score chanceOfSuccess explored reasons { code text value }
    compatibility { subject price schedule style level } } } } }`;

/** Recommending tutors among 100,000, as a front end asks for them, from the GraphQL operation to its answer. */
export async function bench(compare: Compare): Promise<void> {
  const { orders, statements } = openOrders(ORDERS, SIZE.subjects);
  const open = (options: TestDatabaseOptions) => filledDatabase(options, [...manyTutors(SIZE), ...statements]);
  const graph = await startTestGraph(['recommendations'], open, {}, openGenerousRateLimiter);
  const pool = openPool(graph.databaseUrl, 1);
  // What the room would make of so much that is new: vectors and topics of texts, which are here already.
  await pool.query('delete from recommendations_jobs.schedule');
  await pool.query(`delete from recommendations_jobs.job where state < 'active'`);
  const askers = await Promise.all(orders.map((order) => askerOf(graph, order)));
  const { rows } = await pool.query<{ id: string }>('select id from recommendations.tutors limit 4000');
  const ids = rows.map(({ id }) => id);
  const byPrimaryKey = repeat((index) => {
    const from = (index * 20) % ids.length;
    return pool.query('select * from recommendations.tutors where id = any ($1)', [ids.slice(from, from + 20)]);
  });
  const peer = { name: 'rows of 20 tutors by primary key, bare SQL', load: byPrimaryKey };
  const [kept, others] = [askers.slice(0, KEPT), askers.slice(KEPT)];
  const once = (): Load => repeat(() => (others.pop() ?? fail())());
  await compare({
    name: 'recommended tutors, computed',
    load: once(),
    peer,
    goal: p95Within(60),
    ms: 6_000,
    mostCalls: 1_200,
  });
  await compare({
    ...{ name: 'recommended tutors, computed', load: once(), peer, goal: p95Within(120) },
    ...{ ms: 6_000, mostCalls: 2_400, concurrency: 4 },
  });
  for (const ask of kept) await ask();
  const again = repeat((index) => (kept[index % kept.length] ?? fail())());
  await compare({ name: 'recommended tutors, list kept', load: again, peer, goal: p95Within(20) });
  await pool.end();
  await graph.close();
}

/** A database that is full before the room starts. */
async function filledDatabase(options: TestDatabaseOptions, statements: readonly string[]): Promise<TestDatabase> {
  const database = await benchDatabase(options);
  const pool = openPool(database.url, 1);
  for (const statement of statements) await pool.query(statement);
  await pool.end();
  return database;
}

async function askerOf(graph: TestGraph, { id: orderId, studentId }: OpenOrder): Promise<() => Promise<void>> {
  const { authorization } = await graph.issuer.signIn('STUDENT', { userId: studentId, lifetimeSeconds: 7_200 });
  const room = graph.rooms.get('recommendations');
  return async () => {
    const request = { query: LIST, variables: { orderId } };
    const metadata = { authorization, requestId: randomUUID(), clientAddress: '127.0.0.1' };
    const result = await room?.subgraph.execute(request, metadata);
    const list = result?.data?.['recommendedTutors'] as
      | { edges: unknown[]; degradedReasons: string[] }
      | null
      | undefined;
    if (!list || list.edges.length === 0 || list.degradedReasons.length > 0) {
      throw new Error(`Not answered: ${JSON.stringify(result).slice(0, 500)}`);
    }
  };
}

function fail(): never {
  throw new Error('There are not enough orders');
}
