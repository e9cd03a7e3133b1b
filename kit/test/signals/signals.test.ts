import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { openSignals, type Signals } from '../../src/signals/signals.js';
import { silentLogger } from '../../src/telemetry/logger.js';
import { testEnvironment } from '../../src/testing/environment.js';

const opened: Signals[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((signals) => signals.close()));
});

async function open(redisUrl?: string, room = 'laboratory'): Promise<Signals> {
  const signals = await openSignals({ room, redisUrl, logger: silentLogger });
  opened.push(signals);
  return signals;
}

function heardOn(signals: Signals, channel: string): { heard: unknown[]; stop: () => void } {
  const heard: unknown[] = [];
  return { heard, stop: signals.listen(channel, (payload) => heard.push(payload)) };
}

describe('signals within one process', () => {
  it('reach whoever listens at that moment, on their channel only', async () => {
    const signals = await open();
    const [one, other, error] = [heardOn(signals, 'one'), heardOn(signals, 'other'), 'error'];
    signals.send('one', { n: 1 });
    signals.send(error, { n: 2 });
    one.stop();
    signals.send('one', { n: 3 });
    expect([one.heard, other.heard]).toEqual([[{ n: 1 }], []]);
  });

  it('are lost without an error while Redis is away', async () => {
    const signals = await open('redis://127.0.0.1:1');
    const { heard } = heardOn(signals, 'one');
    signals.send('one', { n: 1 });
    await delay(50);
    expect(heard).toEqual([]);
  });
});

const { REDIS_URL } = testEnvironment();
describe.runIf(REDIS_URL)('signals over Redis (runs when REDIS_URL is set)', () => {
  it('reach every process of the room that listens, until it stops', async () => {
    const room = `laboratory-${process.pid}`;
    const [near, far, foreign] = [await open(REDIS_URL, room), await open(REDIS_URL, room), await open(REDIS_URL)];
    const [atNear, atFar, atForeign] = [near, far, foreign].map((signals) => heardOn(signals, 'typing'));
    for (let sent = 0; atFar?.heard.length === 0 && sent < 100; sent++) {
      near.send('typing', { n: sent });
      await delay(20);
    }
    await expect.poll(() => atNear?.heard.length).toBeGreaterThan(0);
    const known = atFar?.heard.length;
    expect(known).toBeGreaterThan(0);
    atFar?.stop();
    await delay(50);
    const [before, beforeNear] = [atFar?.heard.length, atNear?.heard.length ?? 0];
    near.send('typing', { n: -1 });
    await expect.poll(() => atNear?.heard.length).toBe(beforeNear + 1);
    expect(atFar?.heard.length).toBe(before);
    expect(atForeign?.heard).toEqual([]);
  });
});
