import { spawnSync } from 'node:child_process';

/** Builds what has changed since the last time, and says something only when that fails. */
const parameters = ['run', 'build', '--output-logs=errors-only', '--no-update-notifier', '--log-prefix=none'];
// biome-ignore lint/style/noProcessEnv: nothing is read, all is passed on with one key more
const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1' };
const { status, error, stdout, stderr } = spawnSync('turbo', parameters, { encoding: 'utf8', env });
if (status !== 0)
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}${error ? `${error.message}; run npm ci\n` : ''}`);
process.exitCode = status ?? 1;
