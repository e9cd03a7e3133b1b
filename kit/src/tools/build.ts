import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const STAMP = 'node_modules/.cache/tutorgraph/built';
const PACKAGES = 'kit,schema,gateway,subgraphs/*,subgraphs/*/stripe-emulator';
const SOURCES = [`{${PACKAGES}}/{package,tsconfig}.json`, 'tsconfig*.json', 'package-lock.json'];
const CODE = [`{${PACKAGES}}/src/**/*.ts`, 'schema/{events,operations}/**/*.ts'];
const RESULTS = `{${PACKAGES}}/tsconfig.json`;

/** Names, sizes and times of everything that a build reads. */
function fingerprint(): string {
  const hash = createHash('sha256');
  for (const file of globSync([...SOURCES, ...CODE]).sort()) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function isBuilt(): boolean {
  const hasResults = globSync(RESULTS).every((file) => existsSync(`${dirname(file)}/dist/.tsbuildinfo`));
  return hasResults && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint();
}

/** Builds what has changed since the last time, and says something only when that fails. */
function build(): number {
  const parameters = ['run', 'build', '--output-logs=errors-only', '--no-update-notifier', '--log-prefix=none'];
  // biome-ignore lint/style/noProcessEnv: nothing is read, all is passed on with one key more
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1' };
  const { status, error, stdout, stderr } = spawnSync('turbo', parameters, { encoding: 'utf8', env });
  if (status !== 0) {
    process.stderr.write(`${stdout ?? ''}${stderr ?? ''}${error ? `${error.message}; run npm ci\n` : ''}`);
  }
  return status ?? 1;
}

// Asking turbo takes most of a second even when nothing has changed.
if (!isBuilt()) {
  process.exitCode = build();
  if (process.exitCode === 0) {
    mkdirSync(dirname(STAMP), { recursive: true });
    writeFileSync(STAMP, fingerprint());
  }
}
