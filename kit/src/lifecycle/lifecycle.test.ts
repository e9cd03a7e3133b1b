import { describe, expect, test } from 'vitest';
import { createLogger } from '../telemetry/logger.js';
import { Lifecycle } from './lifecycle.js';

function createRecorded(options = {}) {
  const lines: string[] = [];
  const logger = createLogger({ service: 'test', destination: { write: (line) => void lines.push(line) } });
  return { lifecycle: new Lifecycle(logger, options), lines };
}

describe('lifecycle', () => {
  test('closes in reverse order, each after the one before has ended', async () => {
    const { lifecycle } = createRecorded();
    const steps: string[] = [];
    for (const name of ['database', 'jobs', 'server']) {
      lifecycle.own(name, async () => {
        steps.push(`${name} begins`);
        await Promise.resolve();
        steps.push(`${name} ends`);
      });
    }
    await lifecycle.close();
    expect(steps).toEqual(['server', 'jobs', 'database'].flatMap((name) => [`${name} begins`, `${name} ends`]));
  });

  test('closes each part once, however often it is asked to', async () => {
    const { lifecycle } = createRecorded();
    let closed = 0;
    lifecycle.own('part', () => closed++);
    expect(lifecycle.isDraining).toBe(false);
    await Promise.all([lifecycle.close(), lifecycle.close()]);
    await lifecycle.close();
    expect(lifecycle.isDraining).toBe(true);
    expect(closed).toBe(1);
  });

  test('goes on when a part fails or never ends, and tells which', async () => {
    const { lifecycle, lines } = createRecorded({ deadlineMs: 20 });
    let isFirstClosed = false;
    lifecycle.own('first', () => {
      isFirstClosed = true;
    });
    lifecycle.own('endless', () => new Promise(() => {}));
    lifecycle.own('broken', () => {
      throw new Error('cannot');
    });
    await lifecycle.close();
    expect(isFirstClosed).toBe(true);
    expect(lifecycle.failures).toEqual(['broken', 'endless']);
    expect(lines.join('')).toMatch(/cannot.*not closed within 20 ms/s);
  });

  test('closes at once what is opened while it closes', async () => {
    const { lifecycle } = createRecorded();
    await lifecycle.close();
    let isClosed = false;
    lifecycle.own('late', () => {
      isClosed = true;
    });
    await lifecycle.close();
    expect(isClosed).toBe(true);
  });
});
