import { registerHooks } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';

/** What the worker is given. */
export interface FitWork {
  texts: readonly string[];
  /** Under test this file is TypeScript, and so is all that it imports, by names that end in `.js`. */
  extension: string;
}

// The one who starts this thread sets what it is given.
const { texts, extension } = workerData as FitWork;

if (extension === 'ts') {
  registerHooks({
    resolve(specifier, context, next) {
      const isOurs = /^\..*\.js$/.test(specifier) && !context.parentURL?.includes('/node_modules/');
      return next(isOurs ? `${specifier.slice(0, -2)}ts` : specifier, context);
    },
  });
}
const [{ fitLatentEmbedder }, { SYNONYMS }] = await Promise.all([
  import('@tutorgraph/kit/ai/latent-embedder'),
  import(new URL(`./synonyms/synonyms.${extension}`, import.meta.url).href) as Promise<
    typeof import('./synonyms/synonyms.js')
  >,
]);
parentPort?.postMessage(fitLatentEmbedder(texts, { synonyms: SYNONYMS }));
