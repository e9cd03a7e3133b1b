import { pathToFileURL } from 'node:url';
import { type Compare, type Entry, measure } from './compare.js';

/** What the process of a bench file tells the one that started it. */
export type BenchReport = { measuring: string } | { entry: Entry };

// The process that runs one bench file: `fork(this, [file])`. It does not outlive the one that started it.
const [, , file = ''] = process.argv;
process.once('disconnect', () => process.exit(1));

const { bench }: { bench: (compare: Compare) => Promise<void> } = await import(pathToFileURL(file).href);
await bench(async (comparison) => {
  await report({ measuring: comparison.name });
  await report({ entry: await measure(comparison) });
});
process.exit(0);

/** Resolves when the message has left. */
function report(message: BenchReport): Promise<void> {
  return new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()));
}
