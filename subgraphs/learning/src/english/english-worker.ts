/*
 * The thread in which English is checked. Node starts this file by itself, as .ts under test and as .js when built; under test
 * it lets imports of .js find the .ts that Node strips.
 */
import { registerHooks } from 'node:module';
import { parentPort } from 'node:worker_threads';
import type { EnglishCheck, ExplanationLanguage } from './english-check.js';

/** What the thread is asked. */
export interface WorkerRequest {
  id: number;
  text: string;
  language: ExplanationLanguage;
}

/** What it answers: that it can be asked, or what came of a request. */
export type WorkerReport = 'ready' | { id: number; check: EnglishCheck } | { id: number; failure: string };

const isSource = import.meta.url.endsWith('.ts');
if (isSource)
  registerHooks({
    resolve(specifier, context, next) {
      const isOwn = specifier.startsWith('.') && context.parentURL?.endsWith('.ts') === true;
      return next(isOwn ? specifier.replace(/\.js$/, '.ts') : specifier, context);
    },
  });

const path = new URL(`./local/local-checker.${isSource ? 'ts' : 'js'}`, import.meta.url).href;
const { LocalChecker } = (await import(path)) as typeof import('./local/local-checker.js');
const checker = await LocalChecker.load();

parentPort?.on('message', async ({ id, text, language }: WorkerRequest) => {
  try {
    report({ id, check: await checker.check(text, language) });
  } catch (error) {
    report({ id, failure: error instanceof Error ? error.message : String(error) });
  }
});
report('ready');

function report(message: WorkerReport): void {
  parentPort?.postMessage(message);
}
