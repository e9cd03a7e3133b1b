import { registerHooks } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { RankingDataset } from './ranking-dataset.js';
import type { RankerTrainingOptions, TrainedRanker } from './train-ranker.js';

/** What the worker is given. */
export interface TrainingWork {
  dataset: RankingDataset;
  options: Omit<RankerTrainingOptions, 'onProgress'>;
  /** Under test this file is TypeScript, and so is all that it imports, by names that end in `.js`. */
  extension: string;
}

/** What it says. */
export type TrainingNews = { share: number } | { trained: TrainedRanker };

// The one who starts this thread sets what it is given.
const { dataset, options, extension } = workerData as TrainingWork;

if (extension === 'ts') {
  registerHooks({
    resolve(specifier, context, next) {
      const isOurs = /^\..*\.js$/.test(specifier) && !context.parentURL?.includes('/node_modules/');
      return next(isOurs ? `${specifier.slice(0, -2)}ts` : specifier, context);
    },
  });
}
const path = new URL(`./train-ranker.${extension}`, import.meta.url).href;
const { trainRanker } = (await import(path)) as typeof import('./train-ranker.js');
const tell = (news: TrainingNews): void => parentPort?.postMessage(news);
tell({ trained: trainRanker(dataset, { ...options, onProgress: (share) => tell({ share }) }) });
