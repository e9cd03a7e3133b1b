import { join } from 'node:path';
import { testEnvironment } from '@tutorgraph/kit/testing/environment';
import { testRedis } from '@tutorgraph/kit/testing/redis-database';
import { ask } from './answers.ts';
import { Child, freePort } from './child.ts';
import { demoDatabase } from './demo-database.ts';
import { startMarket } from './market.ts';
import { installPeers, PEERS } from './peers.ts';
import { type Row, tableOf } from './table.ts';
import { loadOf, type Runner, takeTurns } from './turns.ts';

const POSTGRAPHILE = join(PEERS, 'node_modules/postgraphile/dist/cli-run.js');
const PAGE = { first: 20 };

const OURS = `query Orders($first: Int) { orders(first: $first) {
  totalCount
  edges { node { id title level createdAt budget { amountMinor currency } subject { name } applicationCount } }
  pageInfo { hasNextPage endCursor }
} }`;
const THEIRS = `query Orders($first: Int) {
  allOrders(first: $first, condition: { status: "OPEN" }, orderBy: [CREATED_AT_DESC, ROW_ID_DESC]) {
    totalCount
    edges { node {
      rowId title level createdAt budgetMinor budgetCurrency subjectBySubjectId { nameEn }
      applicationsByOrderId { totalCount }
    } }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** A page of orders out of PostgreSQL: gateway and marketplace beside PostGraphile on the same database. */
export async function compareOnPostgres(): Promise<void> {
  const { DATABASE_URL, REDIS_URL } = testEnvironment();
  if (!DATABASE_URL || !REDIS_URL) throw new Error('Set DATABASE_URL and REDIS_URL to a PostgreSQL and a Redis server');
  await installPeers();
  const database = await demoDatabase();
  const redis = await testRedis(REDIS_URL);
  try {
    process.stdout.write(`\n${await comparePages(database.url, redis.url)}\n`);
  } finally {
    await redis.close();
    await database.close();
  }
}

async function comparePages(databaseUrl: string, redisUrl: string): Promise<string> {
  const market = await startMarket(databaseUrl, redisUrl);
  const postgraphile = await startPostGraphile(databaseUrl);
  const bodies = { ours: bodyOf(OURS), theirs: bodyOf(THEIRS) };
  const answers = { ours: await ask(market.url, bodies.ours), theirs: await ask(postgraphile.url, bodies.theirs) };
  assertSamePage(answers.ours, answers.theirs);
  const runners: Runner<'ours' | 'PostGraphile'>[] = [
    { name: 'ours', children: market.children, load: loadOf(market.url, bodies.ours, answers.ours) },
    {
      name: 'PostGraphile',
      children: [postgraphile.child],
      load: loadOf(postgraphile.url, bodies.theirs, answers.theirs),
    },
  ];
  const speeds = await takeTurns(runners);
  for (const { load, children } of runners) {
    await load.close();
    for (const child of children) await child.stop();
  }
  const ours = speeds.get('ours')?.perSecond ?? Number.NaN;
  const rows = [...speeds].map(([name, speed]): Row => {
    const isPeer = name !== 'ours';
    const times = isPeer ? ours / speed.perSecond : undefined;
    return { name, ...speed, fetches: undefined, times, goal: isPeer ? 1 : undefined };
  });
  const title = `${PAGE.first} orders out of PostgreSQL, compared by requests /s; ours is gateway and marketplace together`;
  return `${title}\n${tableOf(rows)}`;
}

function bodyOf(query: string): string {
  return JSON.stringify({ query, variables: PAGE });
}

async function startPostGraphile(databaseUrl: string): Promise<{ url: string; child: Child }> {
  const port = String(await freePort());
  const args = [POSTGRAPHILE, '-n', '127.0.0.1', '-p', port, '-s', 'marketplace', '-c', databaseUrl];
  const child = Child.start({
    args: [...args, '-P', 'postgraphile/presets/amber'],
    env: { GRAPHILE_ENV: 'production' },
  });
  const url = `http://127.0.0.1:${port}/graphql`;
  await child.answers(url);
  return { url, child };
}

/** Both show the same orders in the same order. @throws otherwise */
function assertSamePage(own: string, other: string): void {
  const ids = (edges: { node: { id?: string; rowId?: string } }[]) => edges.map(({ node }) => node.rowId ?? node.id);
  const [ours, theirs] = [JSON.parse(own).data.orders, JSON.parse(other).data.allOrders];
  const isSame = ids(ours.edges).join() === ids(theirs.edges).join() && ours.totalCount === theirs.totalCount;
  if (!isSame || ours.edges.length !== PAGE.first) throw new Error('PostGraphile shows another page than ours');
}
