import { createServer } from 'node:http';
import { createLogger } from '../../src/telemetry/logger.js';
import { Lifecycle } from '../../src/lifecycle/lifecycle.js';
import { fatal, runUntilSignal } from '../../src/lifecycle/run.js';

// A process for run.test.ts: it behaves as its argument says and prints what happens.
const behaviour = process.argv[2];
const logger = createLogger({ service: 'fixture' });
const lifecycle = new Lifecycle(logger, { deadlineMs: 200 });

async function main(): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(Number(process.argv[3] ?? 0), '127.0.0.1', resolve);
  });
  lifecycle.own('server', () => new Promise((resolve) => server.close(resolve)));
  lifecycle.own('part', () => {
    process.stdout.write('part closed\n');
    if (behaviour === 'broken') throw new Error('cannot close');
    if (behaviour === 'endless') return new Promise(() => {});
    return undefined;
  }, behaviour === 'endless' ? 60_000 : undefined);
  runUntilSignal({ lifecycle, logger });
  process.stdout.write('ready\n');
  if (behaviour === 'fault') void Promise.reject(new Error('nobody caught this'));
}

main().catch(fatal);
