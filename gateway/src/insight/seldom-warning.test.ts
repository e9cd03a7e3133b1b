import { setTimeout as delay } from 'node:timers/promises';
import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import { expect, test } from 'vitest';
import { seldomWarning } from './seldom-warning.js';

test('what fails again and again is told once in a while, with how often it failed', async () => {
  const lines: Record<string, unknown>[] = [];
  const logger = createLogger({ service: 'test', destination: { write: (line) => void lines.push(JSON.parse(line)) } });
  const warn = seldomWarning(logger, 'It goes on without', 50);
  for (const text of ['first', 'second', 'third']) warn(new Error(text));
  expect(lines).toMatchObject([
    { level: 'warn', message: 'It goes on without', failures: 1, err: { message: 'first' } },
  ]);
  await delay(60);
  warn(new Error('fourth'));
  expect(lines.slice(1)).toMatchObject([{ failures: 3, err: { message: 'fourth' } }]);
});
