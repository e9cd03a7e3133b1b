import { registerHooks } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { Retraining } from './risk-retraining.js';

/** What the worker is given. */
export interface RetrainingWork {
  retraining: Retraining;
  /** Under test this file is TypeScript, and so is all that it imports, by names that end in `.js`. */
  extension: string;
}

// The one who starts this thread sets what it is given.
const { retraining, extension } = workerData as RetrainingWork;

if (extension === 'ts') {
  registerHooks({
    resolve(specifier, context, next) {
      const isOurs = /^\..*\.js$/.test(specifier) && !context.parentURL?.includes('/node_modules/');
      return next(isOurs ? `${specifier.slice(0, -2)}ts` : specifier, context);
    },
  });
}
const path = new URL(`./risk-retraining.${extension}`, import.meta.url).href;
const { retrainRiskModel } = (await import(path)) as typeof import('./risk-retraining.js');
parentPort?.postMessage(retrainRiskModel(retraining));
