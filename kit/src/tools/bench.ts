import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { describeMachine, machineLine } from '../bench/machine.js';
import { type BenchResult, BenchRunner, findBenches } from '../bench/run.js';
import { tableOf } from '../bench/table.js';

const USAGE = 'npm run bench -- [words of file names] [--json file]';
const STOPPED = 130;

/** Measures and prints. @returns the exit code: 1 when a bench crashed; a missed goal is a figure like any other */
async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { json: { type: 'string' } },
    allowPositionals: true,
  });
  const files = findBenches(process.cwd(), positionals);
  if (files.length === 0) throw new Error(`No bench file's path holds ${positionals.join(' or ')}`);
  const machine = await describeMachine();
  process.stdout.write(`${machineLine(machine)}\n`);
  const runner = new BenchRunner(process.cwd(), (file, name) => process.stderr.write(`… ${file}: ${name}\n`));
  let isStopped = false;
  const stop = (): void => {
    isStopped = true;
    runner.stop();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const results: BenchResult[] = [];
  for (const file of files) {
    const result = await runner.run(file);
    if (isStopped) return STOPPED;
    results.push(result);
    process.stdout.write(`\n${file}${result.crashed ? ': CRASHED, see above' : ''}\n`);
    if (result.entries.length > 0) process.stdout.write(`${tableOf(result.entries)}\n`);
  }
  if (values.json) await writeFile(values.json, `${JSON.stringify({ machine, results }, undefined, 2)}\n`);
  return results.some(({ crashed }) => crashed) ? 1 : 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}. Usage: ${USAGE}\n`);
  process.exitCode = 1;
}
