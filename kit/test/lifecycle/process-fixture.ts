import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { runUntilSignal } from '../../src/lifecycle/lifecycle.js';
import { createLogger } from '../../src/telemetry/logger.js';

// A process for run.test.ts: it behaves as its first argument says and prints what happens.
const [, , behaviour, port = '0'] = process.argv;
const say = (line: string): boolean => process.stdout.write(`${line}\n`);

await runUntilSignal(async (lifecycle) => {
  const server = createServer();
  lifecycle.own('part', closePart, behaviour === 'endless' ? 60_000 : 1_000);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(Number(port), '127.0.0.1', resolve);
  });
  lifecycle.own('server', () => new Promise((resolve) => server.close(resolve)));
  say('opened');
  if (behaviour === 'slow') await delay(60_000);
  if (behaviour === 'fault') void Promise.reject(new Error('nobody caught this'));
  process.nextTick(say, 'ready');
  return { logger: createLogger({ service: 'fixture' }) };
});

function closePart(): Promise<void> | undefined {
  say('part closed');
  if (behaviour === 'broken') throw new Error('cannot close');
  return behaviour === 'endless' ? new Promise<void>(() => {}) : undefined;
}
