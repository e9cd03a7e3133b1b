import { ask } from './answers.ts';
import { type Contender, startContender } from './contenders.ts';
import { MadeUpGraph } from './made-up-graph.ts';
import { type BenchQuery, benchQueries } from './queries.ts';
import { subscribeAndLeave } from './subscribers.ts';
import { loadOf } from './turns.ts';

/** Of 100 requests, most are small ones. */
const SHARES: Record<BenchQuery['name'], number> = { 'list page': 15, 'deep tree': 5, 'point query': 80 };
const REQUESTS = 100_000;
const ROUNDS = 10_000;
/** Before the first figure: code is compiled and pools are full by then. */
const WARM_UP = 10;
const MOST_GROWTH = 5;
const CONNECTIONS = 16;
const SETTLE_WITHIN_MS = 10_000;
const NO_END = Number.POSITIVE_INFINITY;

/** What ours holds before and after many requests and many subscriptions that came and went; flat is the goal. */
export async function measureMemory(folder: string): Promise<void> {
  const graph = await MadeUpGraph.open(folder);
  const ours = await startContender('ours', graph.supergraphFile);
  await request(ours, REQUESTS / WARM_UP);
  await subscribeAndLeave(ours.url, ROUNDS / WARM_UP);
  await settled(graph);
  let held = await ours.child.ask('heapBytes');
  process.stdout.write(
    `held after ${REQUESTS / WARM_UP} requests and ${ROUNDS / WARM_UP} rounds: ${megabytes(held)}\n`,
  );
  const tell = async (what: string): Promise<void> => {
    const now = await ours.child.ask('heapBytes');
    const growth = (now / held - 1) * 100;
    const verdict = growth < MOST_GROWTH ? 'holds' : 'MISSED';
    process.stdout.write(
      `after ${what}: ${megabytes(now)}, ${growth >= 0 ? '+' : ''}${growth.toFixed(1)} %  goal: < ${MOST_GROWTH} %  ${verdict}\n`,
    );
    held = now;
  };
  await request(ours, REQUESTS);
  await tell(`${REQUESTS.toLocaleString('en')} requests more`);
  await subscribeAndLeave(ours.url, ROUNDS);
  await settled(graph);
  await tell(`${ROUNDS.toLocaleString('en')} subscriptions that came and went`);
  await ours.child.stop();
  graph.close();
}

/** Sends so many requests in all. */
async function request({ url }: Contender, count: number): Promise<void> {
  for (const { name, query, variables } of benchQueries) {
    const body = JSON.stringify({ query, variables });
    const load = loadOf(url, body, await ask(url, body));
    process.stderr.write(`… ${(count * SHARES[name]) / 100} × ${name}\n`);
    await load.round({ ms: NO_END, concurrency: CONNECTIONS, mostCalls: (count * SHARES[name]) / 100 });
    await load.close();
  }
}

/** Resolves when no subscription is open at the subgraphs. @throws when some stay */
async function settled(graph: MadeUpGraph): Promise<void> {
  const giveUpAt = performance.now() + SETTLE_WITHIN_MS;
  for (;;) {
    const { subscriptions } = await graph.seen();
    if (subscriptions === 0) return;
    if (performance.now() > giveUpAt) throw new Error(`${subscriptions} subscriptions stay open at the subgraphs`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MB`;
}
