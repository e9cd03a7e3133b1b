import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { FitWork } from './fit-worker.js';

/**
 * Learns from texts in a thread of its own, so that requests go on meanwhile.
 *
 * @returns what LatentEmbedder reads
 * @throws whatever fitting throws; the reason of the signal
 */
export async function runFit(texts: readonly string[], signal: AbortSignal): Promise<Uint8Array> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const work: FitWork = { texts, extension };
  const worker = new Worker(new URL(`./fit-worker.${extension}`, import.meta.url), {
    workerData: work,
    execArgv: extension === 'ts' ? ['--conditions=source'] : [],
    name: 'fit-embeddings',
  });
  try {
    const [content] = await once(worker, 'message', { signal });
    return content as Uint8Array;
  } finally {
    await worker.terminate();
  }
}
