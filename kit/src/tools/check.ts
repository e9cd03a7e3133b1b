import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

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

const IMPORTS = /(?:from|import|import\()\s*'(\.[^']*)'/g;
const TAKES_ENV = /\{[^}]*\benv\b[^}]*\}\s*=\s*process\b/;

const measures: Measure[] = [
  {
    name: 'format, lint, cycles, boundaries of packages',
    run: () =>
      command(
        'biome',
        ['check', '--max-diagnostics=50', '.'],
        (output) =>
          `${/Found (\d+) errors?/.exec(output)?.[1] ?? 0} errors in ${/Checked (\d+) files/.exec(output)?.[1]} files`,
      ),
  },
  { name: 'boundaries of folders', run: boundaries },
  { name: 'types of sources', run: () => command('tsc', ['-b'], typeErrors) },
  { name: 'types of tests', run: () => command('tsc', ['-p', 'tsconfig.test.json'], typeErrors) },
  { name: 'unused code, undeclared packages', run: () => command('knip', ['--no-progress'], knipFindings) },
  {
    name: 'repetition',
    run: () => command('jscpd', ['.'], (output) => `${/Total:.*?\(([\d.]+%)\)/.exec(output)?.[1]} of 1%`),
  },
  { name: 'size of files', run: sizes },
  { name: 'marks', run: marks },
];

function typeErrors(output: string): string {
  return `${output.match(/error TS\d+/g)?.length ?? 0} errors`;
}

function knipFindings(output: string): string {
  const findings = [...output.matchAll(/^[A-Z][^(\n]*\((\d+)\)/gm)].map(([, count]) => Number(count));
  return `${findings.reduce((sum, count) => sum + count, 0)}`;
}

function command(file: string, parameters: string[], figure: (output: string) => string) {
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
    child.on('close', (code) => resolve({ ok: code === 0, figure: figure(output), details: output }));
  });
}

/** What Biome cannot see: a relative path out of the package, and the environment taken apart. */
async function boundaries() {
  const found: string[] = [];
  for (const file of await sourceFiles()) {
    const text = await readFile(file, 'utf8');
    for (const [, path = ''] of text.matchAll(IMPORTS)) {
      const target = join(dirname(file), path);
      if (packageOf(target) !== packageOf(file)) found.push(`${file} imports ${target}; import a package by its name`);
    }
    if (TAKES_ENV.test(text) && !isTest(file)) found.push(`${file} reads the environment; only environment.ts may`);
  }
  return { ok: found.length === 0, figure: `${found.length}`, details: found.join('\n') };
}

function packageOf(path: string): string {
  const [folder = '', room = '', within = ''] = path.split('/');
  if (folder !== 'subgraphs') return folder;
  return within.endsWith('-emulator') ? `${folder}/${room}/${within}` : `${folder}/${room}`;
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
