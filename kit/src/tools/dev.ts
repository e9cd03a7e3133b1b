import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';

/**
 * Builds and starts the single process, and again at every change, until Ctrl-C. With type errors the last good build
 * goes on. (The compiler's own watch mode does not watch projects that were up to date when it started.)
 */
const WATCHED = ['kit/src', 'gateway/src', 'schema', 'subgraphs'];
const PASSED_OVER = /(?:^|\/)(?:dist|node_modules|test|README\.md)(?:\/|$)|\.test\.ts$/;
const SETTLE_MS = 200;

let server: ChildProcess | undefined;
let isWorking = false;
let isStale = false;
let timer: NodeJS.Timeout | undefined;

async function build(): Promise<boolean> {
  const [code] = await once(spawn('tsc', ['-b'], { stdio: 'inherit' }), 'close');
  return code === 0;
}

async function restart(): Promise<void> {
  if (server && server.exitCode === null && server.signalCode === null) {
    server.kill('SIGTERM');
    await once(server, 'exit');
  }
  server = spawn(process.execPath, ['gateway/dist/single-process.js'], { stdio: 'inherit' });
}

/** Several changes while it works make it work once more. */
async function refresh(): Promise<void> {
  isStale = true;
  if (isWorking) return;
  isWorking = true;
  while (isStale) {
    isStale = false;
    if (await build()) await restart();
    else process.stdout.write('There are type errors; correct them and save.\n');
  }
  isWorking = false;
}

for (const folder of WATCHED) {
  watch(folder, { recursive: true }, (_event, file) => {
    if (!file || PASSED_OVER.test(file)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(), SETTLE_MS);
  });
}

async function stop(): Promise<never> {
  if (server && server.exitCode === null) {
    server.kill('SIGTERM');
    await once(server, 'exit');
  }
  process.exit(0);
}

process.on('SIGINT', () => void stop()).on('SIGTERM', () => void stop());
await refresh();
