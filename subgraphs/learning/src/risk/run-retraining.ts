import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { RetrainingWork } from './retraining-worker.js';
import type { Retrained, Retraining } from './risk-retraining.js';

/**
 * Trains in a thread of its own, so that requests go on meanwhile.
 *
 * @throws whatever training throws; the reason of the signal
 */
export async function runRetraining(retraining: Retraining, signal: AbortSignal): Promise<Retrained> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const work: RetrainingWork = { retraining, extension };
  const worker = new Worker(new URL(`./retraining-worker.${extension}`, import.meta.url), {
    workerData: work,
    execArgv: extension === 'ts' ? ['--conditions=source'] : [],
    name: 'retrain-risk',
  });
  try {
    const [result] = await once(worker, 'message', { signal });
    return result as Retrained;
  } finally {
    await worker.terminate();
  }
}
