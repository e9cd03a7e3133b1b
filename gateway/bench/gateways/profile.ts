import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startContender } from './contenders.ts';
import { MadeUpGraph } from './made-up-graph.ts';
import { benchQueries } from './queries.ts';
import { loadOf } from './turns.ts';

/** The part of a profile that is read here; times are in microseconds. */
interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  timeDeltas: number[];
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const WARM_UP_MS = 4_000;
const PROFILED_MS = 4_000;
const LINES = 30;
const LIMITS = { concurrency: 16, mostCalls: Number.POSITIVE_INFINITY };

/** Where ours spends its time on each query; the profiles stay in this folder for Chrome's developer tools. */
export async function profileOurs(folder: string): Promise<void> {
  const graph = await MadeUpGraph.open(folder);
  for (const { name, query, variables } of benchQueries) {
    const { url, child } = await startContender('ours', graph.supergraphFile);
    const body = JSON.stringify({ query, variables });
    const headers = { 'content-type': 'application/json' };
    const load = loadOf(url, body, await (await fetch(url, { method: 'POST', headers, body })).text());
    await load.round({ ms: WARM_UP_MS, ...LIMITS });
    await child.ask('profiling');
    const { times } = await load.round({ ms: PROFILED_MS, ...LIMITS });
    const profile = await child.ask('profile');
    const file = join(process.cwd(), `${name.replaceAll(' ', '-')}.cpuprofile`);
    await writeFile(file, JSON.stringify(profile));
    process.stdout.write(`\n${name}: ${times.length} requests, ${file}\n${summaryOf(profile as Profile)}\n`);
    await load.close();
    await child.stop();
  }
  graph.close();
}

function summaryOf({ nodes, samples, timeDeltas }: Profile): string {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const [byPlace, byPart] = [new Map<string, number>(), new Map<string, number>()];
  let busy = 0;
  samples.forEach((id, index) => {
    const frame = frames.get(id);
    const time = timeDeltas[index] ?? 0;
    if (!frame || frame.functionName === '(idle)' || frame.url === 'node:inspector') return;
    busy += time;
    const place = frame.url.replace(/^file:\/\//, '').replace(ROOT, '');
    add(byPlace, `${frame.functionName || '(anonymous)'} ${place}:${frame.lineNumber + 1}`, time);
    add(byPart, partOf(place, frame.functionName), time);
  });
  return [...linesOf(byPart, busy), '', ...linesOf(byPlace, busy)].join('\n');
}

/** A package, a folder of ours, a module of Node, or what the engine does itself. */
function partOf(place: string, functionName: string): string {
  const [, dependency] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(place) ?? [];
  return dependency ?? /^(?:[^/]+\/)?dist\/[^/]+/.exec(place)?.[0] ?? (place || functionName);
}

function linesOf(times: ReadonlyMap<string, number>, all: number): string[] {
  const most = [...times].sort(([, one], [, other]) => other - one).slice(0, LINES);
  return most.map(([what, time]) => `${((time / all) * 100).toFixed(1).padStart(5)} %  ${what}`);
}

function add(times: Map<string, number>, what: string, time: number): void {
  times.set(what, (times.get(what) ?? 0) + time);
}
