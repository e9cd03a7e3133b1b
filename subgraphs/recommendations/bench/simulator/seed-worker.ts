import { parentPort } from 'node:worker_threads';
import { runSeed, USUAL_PLAN } from './run-seed.ts';

/** What a worker says: where it is, or what it found. */
export type Said = { seed: number; step: string } | { seed: number; figures: ReturnType<typeof runSeed> };

parentPort?.on('message', (seed: number) => {
  const figures = runSeed(seed, USUAL_PLAN, (step) => parentPort?.postMessage({ seed, step } satisfies Said));
  parentPort?.postMessage({ seed, figures } satisfies Said);
});
