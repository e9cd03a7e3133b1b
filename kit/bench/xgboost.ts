import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { RankingData } from './ranking-data.ts';

const run = promisify(execFile);

/** Settings of xgboost, by their names there. */
export type XgboostSettings = Readonly<Record<string, string | number>>;

/** What the command said of the test rows, and how long it trained, reading included. */
export interface XgboostResult {
  scores: number[];
  ms: number;
}

/** Trains with Debian's `xgboost` command and scores other rows; undefined where it is not installed. */
export async function xgboost(
  train: RankingData,
  test: RankingData,
  settings: XgboostSettings,
): Promise<XgboostResult | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'xgboost-'));
  const file = (name: string): string => join(folder, name);
  try {
    await Promise.all([write(file('train'), train), write(file('test'), test)]);
    const lines = Object.entries({ ...settings, verbosity: 0 }).map(([name, value]) => `${name} = ${value}`);
    await writeFile(file('settings'), `${lines.join('\n')}\n`);
    const start = performance.now();
    await run('xgboost', [file('settings'), `data=${file('train')}`, `model_out=${file('model')}`]);
    const ms = performance.now() - start;
    const tested = [`test:data=${file('test')}`, `model_in=${file('model')}`, `name_pred=${file('scores')}`];
    await run('xgboost', [file('settings'), 'task=pred', ...tested]);
    const text = await readFile(file('scores'), 'utf8');
    return { scores: text.trim().split('\n').map(Number), ms };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** As LIBSVM has it, with the list of each row: a value that is missing is not written. */
async function write(path: string, { features, labels, sizes }: RankingData): Promise<void> {
  const { values, columns } = features;
  const lists = sizes.flatMap((size, list) => new Array<number>(size).fill(list + 1));
  const lines = labels.map((label, row) => {
    const cells = Array.from(values.subarray(row * columns, (row + 1) * columns));
    const present = cells.flatMap((cell, column) => (Number.isNaN(cell) ? [] : `${column}:${cell}`));
    return [label, `qid:${lists[row]}`, ...present].join(' ');
  });
  await writeFile(path, `${lines.join('\n')}\n`);
}
