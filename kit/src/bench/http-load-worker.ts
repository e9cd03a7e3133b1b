import { parentPort, workerData } from 'node:worker_threads';
import { Pool } from 'undici';
import type { HttpLoadAnswer, HttpRequest } from './http-load.js';
import { type RoundLimits, repeat } from './load.js';

const MOST_CONNECTIONS = 256;

const { url, headers, body, answerLength }: HttpRequest = workerData;
const { origin, pathname } = new URL(url);
const pool = new Pool(origin, { connections: MOST_CONNECTIONS, pipelining: 1 });

const load = repeat(async () => {
  const { statusCode, body: answer } = await pool.request({ method: 'POST', path: pathname, headers, body });
  const text = await answer.text();
  if (statusCode === 200 && text.length === answerLength) return;
  throw new Error(`${url} answered ${statusCode} with ${text.length} characters: ${text.slice(0, 500)}`);
});

async function answerTo(limits: RoundLimits): Promise<HttpLoadAnswer> {
  try {
    return { round: await load.round(limits) };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', async (limits: RoundLimits) => parentPort?.postMessage(await answerTo(limits)));
