import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Child, freePort } from './child.ts';
import { loadOf, type Runner } from './turns.ts';

/** What no gateway can pass: a server that knows the answer, and one that only passes the question on. */
export type LimitName = 'a bare Node server' | 'a bare proxy over undici';

const SERVER = fileURLToPath(new URL('./bare-server.ts', import.meta.url));
const PROXY = fileURLToPath(new URL('./bare-proxy.ts', import.meta.url));

/** A server that sends the same bytes. @param folder where the answer is kept for it */
export async function bareServer(folder: string, body: string, answer: string): Promise<Runner<LimitName>> {
  const file = join(folder, 'answer.json');
  await writeFile(file, answer);
  const { child, url } = await started(SERVER, file);
  return { name: 'a bare Node server', children: [child], load: loadOf(url, body, answer) };
}

/** A proxy before a subgraph that can answer the whole query. */
export async function bareProxy(subgraphUrl: string, body: string, answer: string): Promise<Runner<LimitName>> {
  const { child, url } = await started(PROXY, subgraphUrl);
  return { name: 'a bare proxy over undici', children: [child], load: loadOf(url, body, answer) };
}

async function started(program: string, argument: string): Promise<{ child: Child; url: string }> {
  const port = String(await freePort());
  const child = Child.start({ args: [program, port, argument] });
  const url = `http://127.0.0.1:${port}/`;
  await child.answers(url);
  return { child, url };
}
