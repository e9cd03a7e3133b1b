import { isDeepStrictEqual } from 'node:util';
import type { Contender } from './contenders.ts';
import type { MadeUpGraph } from './made-up-graph.ts';

const HEADERS = { 'content-type': 'application/json' };

/** Asks once. @throws when the answer has errors */
export async function ask(url: string, body: string): Promise<string> {
  const answer = await (await fetch(url, { method: 'POST', headers: HEADERS, body })).text();
  if (JSON.parse(answer).errors) throw new Error(`${url} answers ${answer.slice(0, 500)}`);
  return answer;
}

/** What each answers. @throws when one answers with other data than the first */
export async function sameAnswers(contenders: readonly Contender[], body: string): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  for (const { name, url } of contenders) answers.set(name, await ask(url, body));
  const [oracle = '', ...others] = answers.values();
  if (others.every((other) => isDeepStrictEqual(JSON.parse(other), JSON.parse(oracle)))) return answers;
  throw new Error(`${[...answers.keys()].join(', ')} do not answer alike: ${body}`);
}

/** Requests to subgraphs that one request of each makes. */
export async function fetchesOf(
  graph: MadeUpGraph,
  contenders: readonly Contender[],
  body: string,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { name, url } of contenders) {
    const { requests: before } = await graph.seen();
    await ask(url, body);
    counts.set(name, (await graph.seen()).requests - before);
  }
  return counts;
}
