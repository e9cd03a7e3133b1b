import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { BenchRunner, findBenches } from '../../src/bench/run.js';

const source = (file: string): string => fileURLToPath(new URL(`../../src/bench/${file}`, import.meta.url));

/** What a bench file looks like, with one comparison of nothing with nothing. */
const QUICK = `
import { repeat } from '${source('load.ts')}';
import { p99Within, timesOfPeer } from '${source('goal.ts')}';

export async function bench(compare) {
  const load = repeat(() => {});
  await compare({ name: 'nothing', load, peer: { name: 'nothing too', load }, goal: p99Within(60_000), ms: 60_000, mostCalls: 60 });
  await compare({ name: 'more', load, peer: { name: 'less', load }, goal: timesOfPeer(0), ms: 5 });
`;

describe('bench files', () => {
  let folder: string;
  let temporary: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'project-'));
    temporary = await mkdtemp(join(tmpdir(), 'benches-'));
    await mkdir(join(folder, 'kit/bench'), { recursive: true });
    await mkdir(join(folder, 'subgraphs/accounts/bench'), { recursive: true });
    await writeFile(join(folder, 'kit/bench/quick.bench.ts'), `${QUICK}}`);
    await writeFile(join(folder, 'kit/bench/helper.ts'), '');
    await writeFile(join(folder, 'subgraphs/accounts/bench/broken.bench.ts'), `${QUICK}throw new Error('crash'); }`);
    vi.stubEnv('TMPDIR', temporary);
    // As under vitest the runner is TypeScript, so is the process that it starts.
    const hooks = fileURLToPath(new URL('../fixtures/run-typescript.mjs', import.meta.url));
    vi.stubEnv('NODE_OPTIONS', `--no-warnings --import ${hooks}`);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
    await rm(temporary, { recursive: true });
  });

  test('are found in every package, or by a word of their path', () => {
    const [broken, quick] = ['subgraphs/accounts/bench/broken.bench.ts', 'kit/bench/quick.bench.ts'];
    expect(findBenches(folder, [])).toEqual([quick, broken]);
    expect(findBenches(folder, ['accounts'])).toEqual([broken]);
    expect(findBenches(folder, ['quick', 'broken'])).toEqual([quick, broken]);
    expect(findBenches(folder, ['nowhere'])).toEqual([]);
  });

  test('are measured in a process of their own, whose temporary files go with it', async () => {
    const measuring: string[] = [];
    const runner = new BenchRunner(folder, (file, name) => measuring.push(`${file}: ${name}`));
    const { entries, crashed } = await runner.run('kit/bench/quick.bench.ts');
    expect(crashed).toBe(false);
    expect(entries).toMatchObject([
      { name: 'nothing', own: { calls: 50 }, peer: { name: 'nothing too', calls: 50 }, isMet: true },
      { name: 'more', goal: "p50 ≤ 0 × the peer's", isMet: false },
    ]);
    expect(measuring).toEqual(['kit/bench/quick.bench.ts: nothing', 'kit/bench/quick.bench.ts: more']);
    expect(await readdir(temporary)).toEqual([]);
  });

  test('that crash keep what they had measured', async () => {
    const { entries, crashed } = await new BenchRunner(folder, () => {}).run(
      'subgraphs/accounts/bench/broken.bench.ts',
    );
    expect(crashed).toBe(true);
    expect(entries.map(({ name }) => name)).toEqual(['nothing', 'more']);
  });

  test('that are stopped count as crashed', async () => {
    const runner = new BenchRunner(folder, () => runner.stop());
    expect(await runner.run('kit/bench/quick.bench.ts')).toMatchObject({ crashed: true });
  });
});
