import { ask, fetchesOf, sameAnswers } from './answers.ts';
import { type Contender, type ContenderName, startContender } from './contenders.ts';
import { bareProxy, bareServer, type LimitName } from './limits.ts';
import { MadeUpGraph } from './made-up-graph.ts';
import { installPeers } from './peers.ts';
import { type BenchQuery, benchQueries } from './queries.ts';
import { type Row, tableOf } from './table.ts';
import { loadOf, type Runner, type Speed, takeTurns } from './turns.ts';

type Name = ContenderName | LimitName;

/** The stock gateway is first: the others have to answer as it does. */
const CONTENDERS: readonly ContenderName[] = ['stock', 'ours', 'Hive', 'Hive with its Rust planner'];

/** How many times a peer's requests for each second of processor time ours should do. */
const GOALS: Record<BenchQuery['name'], Partial<Record<Name, number>>> = {
  'list page': { stock: 3, 'Hive with its Rust planner': 1 },
  'deep tree': { stock: 3, 'Hive with its Rust planner': 1 },
  'point query': { 'Hive with its Rust planner': 1, 'a bare Node server': 1 / 3 },
};

/** Ours beside the other gateways of Node on made-up subgraphs; prints a table for each query. */
export async function compareSpeed(folder: string): Promise<void> {
  await installPeers();
  const graph = await MadeUpGraph.open(folder);
  const contenders: Contender[] = [];
  for (const name of CONTENDERS) contenders.push(await startContender(name, graph.supergraphFile));
  for (const query of benchQueries) {
    process.stderr.write(`… ${query.name}\n`);
    process.stdout.write(`\n${await compareOn(query, { folder, graph, contenders })}\n`);
  }
  for (const { child } of contenders) await child.stop();
  graph.close();
}

interface Scene {
  folder: string;
  graph: MadeUpGraph;
  contenders: readonly Contender[];
}

async function compareOn(query: BenchQuery, { folder, graph, contenders }: Scene): Promise<string> {
  const body = JSON.stringify({ query: query.query, variables: query.variables });
  const answers = await sameAnswers(contenders, body);
  const fetches = await fetchesOf(graph, contenders, body);
  const answer = answers.get('ours') ?? '';
  const limits = [await bareServer(folder, body, answer)];
  if (query.wholly) {
    const subgraph = graph.addressOf(query.wholly);
    limits.push(await bareProxy(subgraph, body, await ask(subgraph, body)));
  }
  const runners: Runner<Name>[] = [
    ...contenders.map(({ name, url, child }) => ({
      name,
      children: [child],
      load: loadOf(url, body, answers.get(name) ?? ''),
    })),
    ...limits,
  ];
  const speeds = await takeTurns(runners);
  for (const { load } of runners) await load.close();
  for (const { children } of limits) for (const child of children) await child.stop();
  const kilobytes = (answer.length / 1_024).toPrecision(2);
  return `${query.name}, ${kilobytes} KB\n${tableOf(rowsOf(query, speeds, fetches))}`;
}

function rowsOf({ name: query }: BenchQuery, speeds: ReadonlyMap<Name, Speed>, fetches: ReadonlyMap<string, number>) {
  const ours = speeds.get('ours')?.perCpuSecond ?? Number.NaN;
  return [...speeds].map(
    ([name, speed]): Row => ({
      name,
      ...speed,
      fetches: fetches.get(name),
      times: name === 'ours' ? undefined : ours / speed.perCpuSecond,
      goal: GOALS[query][name],
    }),
  );
}
