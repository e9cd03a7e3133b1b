import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** One thing that every change is measured by. */
interface Measure {
  name: string;
  /** Answers whether it holds, the figure that says so, and what is wrong when it does not. */
  run(): Promise<{ ok: boolean; figure: string; details?: string }>;
}

const LONGEST_FILE = 400;
const P90_FILE = 250;
const SOURCE_FOLDERS = ['kit', 'gateway', 'subgraphs'];
const NOT_OURS = new Set(['node_modules', 'dist', 'migrations']);
const MARKS =
  /\b(?:TODO|FIXME|XXX|HACK)\b|@ts-(?:ignore|nocheck)|@ts-expect-error\s*$|\b(?:it|test|describe)\.(?:skip|only)\(/;

const measures: Measure[] = [
  {
    name: 'format and lint',
    run: () => command('biome', ['check', '--max-diagnostics=50', '.'], /Checked (\d+ files)/),
  },
  { name: 'types of sources', run: () => command('tsc', ['-b']) },
  { name: 'types of tests', run: () => command('tsc', ['-p', 'tsconfig.test.json']) },
  {
    name: 'unused code, undeclared packages',
    run: () => command('knip', ['--no-progress']),
  },
  { name: 'repetition', run: () => command('jscpd', ['.'], /Total:.*?\(([\d.]+%)\) │ \d+ \(/) },
  { name: 'size of files', run: sizes },
  { name: 'marks', run: marks },
];

function command(file: string, parameters: string[], figure?: RegExp) {
  return new Promise<{ ok: boolean; figure: string; details: string }>((resolve) => {
    const child = spawn(file, parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const note = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', note);
    child.stderr.on('data', note);
    child.on('error', (error) =>
      resolve({ ok: false, figure: 'not run', details: `${file}: ${error.message}; run npm ci` }),
    );
    child.on('close', (code) => {
      resolve({
        ok: code === 0,
        figure: figure?.exec(output)?.[1] ?? (code === 0 ? 'none wrong' : 'wrong'),
        details: output,
      });
    });
  });
}

async function sizes() {
  const lengths = await Promise.all(
    (await sourceFiles()).map(async (file) => ({ file, lines: await lineCount(file) })),
  );
  const sources = lengths.filter(({ file }) => !isTest(file)).map(({ lines }) => lines);
  const p90 = sources.sort((a, b) => a - b)[Math.floor(sources.length * 0.9)] ?? 0;
  const long = lengths.filter(({ lines }) => lines > LONGEST_FILE);
  return {
    ok: long.length === 0 && p90 <= P90_FILE,
    figure: `p90 ${p90} of ${P90_FILE} lines, longest ${Math.max(...lengths.map(({ lines }) => lines))} of ${LONGEST_FILE}`,
    details: long.map(({ file, lines }) => `${file} has ${lines} lines; divide it`).join('\n'),
  };
}

async function marks() {
  const self = relative('.', import.meta.filename);
  const found: string[] = [];
  for (const file of (await sourceFiles()).filter((name) => name !== self)) {
    const lines = (await readFile(file, 'utf8')).split('\n');
    for (const [index, line] of lines.entries())
      if (MARKS.test(line)) found.push(`${file}:${index + 1} ${line.trim()}`);
  }
  return { ok: found.length === 0, figure: `${found.length}`, details: found.join('\n') };
}

async function sourceFiles(): Promise<string[]> {
  const files = await Promise.all(SOURCE_FOLDERS.map(filesBelow));
  return files.flat();
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = entries.map((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : filesBelow(path);
    return /\.(?:ts|js|mjs)$/.test(entry.name) ? [path] : [];
  });
  return (await Promise.all(nested)).flat();
}

async function lineCount(file: string): Promise<number> {
  return (await readFile(file, 'utf8')).split('\n').length - 1;
}

function isTest(file: string): boolean {
  return file.endsWith('.test.ts') || file.includes('/test/');
}

let failed = 0;
for (const { name, run } of measures) {
  const startedAt = performance.now();
  const { ok, figure, details } = await run();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  if (!ok) {
    failed += 1;
    process.stdout.write(`${details ?? ''}\n`);
  }
  process.stdout.write(`${ok ? 'ok    ' : 'FAILED'}  ${name}: ${figure} (${seconds} s)\n`);
}
process.stdout.write(
  failed === 0 ? 'Everything holds.\n' : `${failed} of ${measures.length} do not hold; see above.\n`,
);
process.exitCode = failed === 0 ? 0 : 1;
