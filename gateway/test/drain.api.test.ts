import { setTimeout as delay } from 'node:timers/promises';
import { type Client, createClient } from 'graphql-ws';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { until } from './world/client.js';
import { createWorld } from './world/subgraphs.js';
import { type RunningWorld, startWorld, type WorldOptions } from './world/world.js';

const CHANGED = `subscription ($after: String) { orderChanged(orderId: "1", after: $after) { cursor } }`;
const RETRY_AFTER = /retry-after-ms=(\d+)/;

const opened: RunningWorld[] = [];
const clients: Client[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.dispose();
  for (const running of opened.splice(0)) await running.close();
});

async function start(options: WorldOptions): Promise<RunningWorld> {
  const running = await startWorld(options);
  opened.push(running);
  return running;
}

/** A client as gateway/README.md describes it: it waits as long as it was told, and goes on behind its last cursor. */
class ResumingClient {
  readonly cursors: number[] = [];
  closed: { at: number; code: number; retryAfterMs: number } | undefined;

  constructor(gateways: readonly RunningWorld[]) {
    let attempts = 0;
    const client = createClient({
      url: () => String(gateways[Math.min(attempts++, gateways.length - 1)]?.url).replace('http', 'ws'),
      webSocketImpl: WebSocket,
      retryAttempts: gateways.length > 1 ? 5 : 0,
      // A tenth of what it is told, so that the test does not last as long.
      retryWait: () => delay((this.closed?.retryAfterMs ?? 0) / 10),
      on: {
        closed: (event) => {
          const { code, reason } = event as { code: number; reason: string };
          this.closed ??= { at: performance.now(), code, retryAfterMs: Number(RETRY_AFTER.exec(reason)?.[1]) };
        },
      },
    });
    clients.push(client);
    this.listen(client, {});
  }

  private listen(client: Client, variables: { after?: string }): void {
    client.subscribe<{ orderChanged: { cursor: string } }>(
      { query: CHANGED, variables },
      {
        next: ({ data }) => {
          const cursor = data?.orderChanged.cursor;
          if (cursor === undefined) return;
          // Whoever resumes is told the cursor first that they have.
          if (cursor !== variables.after) this.cursors.push(Number(cursor));
          // graphql-ws sends the variables anew with each attempt.
          variables.after = cursor;
        },
        // Who was too slow goes on behind what they have.
        error: (failure) => {
          if (Array.isArray(failure)) this.listen(client, variables);
        },
        complete: () => {},
      },
    );
  }
}

describe('a gateway that stops', () => {
  test('lets its clients go spread out, each with a time to come back, and none loses anything', async () => {
    const world = createWorld();
    const [stopping, staying] = [await start({ world, settings: { drainMs: 1_000 } }), await start({ world })];
    const people = Array.from({ length: 200 }, () => new ResumingClient([stopping, staying]));
    await until(() => people.every(({ cursors }) => cursors.length === 1));
    const appending = setInterval(() => world.log.append('1'), 50);
    const began = performance.now();
    await stopping.gateway.close();
    const lasted = performance.now() - began;
    await until(() => people.every(({ closed, cursors }) => closed && cursors.length > 30));
    clearInterval(appending);
    const last = world.log.length;
    await until(() => people.every(({ cursors }) => cursors.at(-1) === last));
    for (const { cursors } of people) expect(cursors).toEqual(Array.from({ length: last + 1 }, (_, index) => index));
    const closings = people.flatMap(({ closed }) => (closed ? [closed] : []));
    expect(new Set(closings.map(({ code }) => code))).toEqual(new Set([1001]));
    expect(lasted).toBeGreaterThan(800);
    // In each quarter of the time some go, in none the most.
    for (const quarter of [0, 1, 2, 3]) {
      const [from, until] = [began + (lasted * quarter) / 4, began + (lasted * (quarter + 1)) / 4];
      const share = closings.filter(({ at }) => at >= from && at < until).length / closings.length;
      expect(share).toBeGreaterThan(0.05);
      expect(share).toBeLessThan(0.5);
    }
    const waits = closings.map(({ retryAfterMs }) => retryAfterMs);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(500);
    expect(Math.max(...waits)).toBeLessThanOrEqual(5_000);
    expect(new Set(waits).size).toBeGreaterThan(150);
  });

  test('takes no new connections, says when to come back, and still answers requests', async () => {
    const world = createWorld();
    const stopping = await start({ world, settings: { drainMs: 1_000 } });
    const people = Array.from({ length: 100 }, () => new ResumingClient([stopping]));
    await until(() => people.every(({ cursors }) => cursors.length === 1));
    const closing = stopping.gateway.close();
    await until(() => people.some(({ closed }) => closed));
    const refused = new WebSocket(stopping.url.replace('http', 'ws'), 'graphql-transport-ws');
    const status = await new Promise((resolve) => {
      refused.on('error', () => {});
      refused.on('unexpected-response', (_request, { statusCode, headers }) =>
        resolve({ statusCode, after: headers['retry-after'] }),
      );
    });
    expect(status).toEqual({ statusCode: 503, after: expect.stringMatching(/^[1-5]$/) });
    const answer = await fetch(`${stopping.url}?query={orders{id}}`, { headers: { 'apollo-require-preflight': '1' } });
    expect(answer.status).toBe(200);
    await closing;
  });
});
