import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { RankingDataset } from './ranking-dataset.js';
import type { RankerTrainingOptions, TrainedRanker } from './train-ranker.js';
import type { TrainingNews, TrainingWork } from './training-worker.js';

/**
 * Trains in a thread of its own, so that requests go on meanwhile.
 *
 * @throws whatever training throws; the reason of the signal
 */
export async function runTraining(
  dataset: RankingDataset,
  { onProgress, ...options }: RankerTrainingOptions,
  signal: AbortSignal,
): Promise<TrainedRanker> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const work: TrainingWork = { dataset, options, extension };
  const worker = new Worker(new URL(`./training-worker.${extension}`, import.meta.url), {
    workerData: work,
    execArgv: extension === 'ts' ? ['--conditions=source'] : [],
    name: 'train-ranker',
  });
  try {
    for await (const [news] of on(worker, 'message', { signal, close: ['exit'] })) {
      const told = news as TrainingNews;
      if ('trained' in told) return told.trained;
      onProgress?.(told.share);
    }
    throw new Error('The thread that trained ended without a model; train again');
  } finally {
    await worker.terminate();
  }
}
