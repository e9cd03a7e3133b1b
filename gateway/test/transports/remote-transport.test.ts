import { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { afterEach, describe, expect, it } from 'vitest';
import { useHealthMetrics, useRetryMetrics } from '../../src/plugins/use-health-metrics.js';
import type { FetchTerms } from '../../src/transports/fetch-terms.js';
import { RemoteTransport, type RemoteTransportOptions } from '../../src/transports/remote-transport.js';
import type { SubgraphUnreachable } from '../../src/transports/subgraph-transport.js';
import { until } from '../world/client.js';
import { type Mood, type MoodyReplica, startMoodyReplica } from '../world/moody-replica.js';
import { createWorld, ordersSubgraph } from '../world/subgraphs.js';

const QUERY = { query: '{ orders { id } }' };
const MUTATION = { query: 'mutation { renameOrder(id: "1", title: "Logic") { order { id } } }' };
const ANSWER = { data: { orders: [{ id: '1' }, { id: '2' }] } };
const NO_BREAKER = { minimumRps: 1_000_000 };

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

async function replica(mood: Mood = 'well', moodOf?: () => Mood): Promise<MoodyReplica> {
  const started = await startMoodyReplica(ordersSubgraph(createWorld()), moodOf);
  started.mood = mood;
  opened.push(started);
  return started;
}

function transportTo(replicas: readonly { url: string }[], options: RemoteTransportOptions = {}): RemoteTransport {
  const urls = replicas.map(({ url }) => url);
  const transport = new RemoteTransport('orders', urls, { breaker: NO_BREAKER, ...options });
  opened.push(transport);
  return transport;
}

let asked = 0;
function ask(transport: RemoteTransport, request = QUERY, terms: Partial<FetchTerms> = {}) {
  asked += 1;
  const isMutation = request === MUTATION;
  const all = { isMutation, deadline: Number.POSITIVE_INFINITY, ...terms };
  return transport.execute(request, { requestId: `request-${asked}` }, all);
}

/** Why a fetch got no answer. */
async function refusal(answer: Promise<unknown>): Promise<string> {
  const failure = await answer.then(
    () => undefined,
    (error: SubgraphUnreachable) => error,
  );
  return failure?.reason ?? 'answered';
}

describe('a fetch that takes too long', () => {
  it('ends when the time of every fetch is over, and is not sent again', async () => {
    const hanging = await replica('silent');
    const transport = transportTo([hanging, hanging], { answerTimeoutMs: 30 });
    expect(await refusal(ask(transport))).toBe('late');
    expect(hanging.arrivals).toHaveLength(1);
    await until(() => hanging.left === 1);
  });

  it('ends when the time of its request is over, which the subgraph is told', async () => {
    const hanging = await replica('silent');
    const answer = refusal(ask(transportTo([hanging]), QUERY, { deadline: performance.now() + 60 }));
    expect(await answer).toBe('overdue');
    const told = Number(hanging.headers['x-request-timeout-ms']);
    expect(told).toBeGreaterThan(0);
    expect(told).toBeLessThanOrEqual(60);
  });

  it('is not begun when no time is left', async () => {
    const idle = await replica();
    expect(await refusal(ask(transportTo([idle]), QUERY, { deadline: performance.now() - 1 }))).toBe('overdue');
    expect(idle.arrivals).toHaveLength(0);
  });

  it('ends at once when nobody waits any longer, and the subgraph sees it', async () => {
    const hanging = await replica('silent');
    const client = new AbortController();
    const answer = refusal(ask(transportTo([hanging]), QUERY, { signal: client.signal }));
    await until(() => hanging.waiting === 1);
    client.abort();
    expect(await answer).toBe('abandoned');
    await until(() => hanging.left === 1);
    expect(await refusal(ask(transportTo([hanging]), QUERY, { signal: client.signal }))).toBe('abandoned');
    expect(hanging.arrivals).toHaveLength(1);
  });
});

const FAILING: Mood[] = ['resetting', 'dying', 'breaking-off', 'unavailable', 'babbling'];

describe.each(FAILING)('a replica that is %s', (mood) => {
  it('costs a query nothing but another try, and a mutation its answer', async () => {
    let isFirst = true;
    const once = (): Mood => {
      const now = isFirst ? mood : 'well';
      isFirst = false;
      return now;
    };
    const moody = await replica('well', once);
    expect(await ask(transportTo([moody]))).toEqual(ANSWER);
    expect(moody.arrivals).toHaveLength(2);
    isFirst = true;
    expect(await refusal(ask(transportTo([moody]), MUTATION))).toBe('unreachable');
    expect(moody.arrivals).toHaveLength(3);
  });
});

describe('retries', () => {
  it('go to another replica, and what failed is asked last for a while', async () => {
    const [dying, well] = [await replica('dying'), await replica()];
    const transport = transportTo([dying, well]);
    for (let count = 0; count < 6; count += 1) expect(await ask(transport)).toEqual(ANSWER);
    expect([dying.arrivals.length, well.arrivals.length]).toEqual([1, 6]);
  });

  it('are few when everything fails: no more than the budget allows', async () => {
    const failing = await replica('unavailable');
    const transport = transportTo([failing], { retries: { perFetch: 0.2, perSecond: 0, most: 5 } });
    for (let count = 0; count < 100; count += 1) expect(await refusal(ask(transport))).toBe('unreachable');
    expect(failing.arrivals.length).toBeGreaterThan(100);
    expect(failing.arrivals.length).toBeLessThanOrEqual(100 + 5 + 100 * 0.2);
  });

  it('are no retries where nothing was sent: a mutation gets to the replica that is there', async () => {
    const [gone, well] = [await replica(), await replica()];
    await gone.close();
    opened.splice(opened.indexOf(gone), 1);
    const transport = transportTo([gone, well], { retries: { most: 0 } });
    for (let count = 0; count < 4; count += 1) expect(await ask(transport, MUTATION)).toHaveProperty('data');
  });
});

describe('a subgraph that fails too often', () => {
  const breaker = { threshold: 0.5, windowMs: 1_000, minimumRps: 5, restMs: 20 };

  it('is left alone until one fetch finds it well', async () => {
    const moody = await replica('unavailable');
    const transport = transportTo([moody], { breaker, retries: { most: 0 } });
    const reasons: string[] = [];
    while (!reasons.includes('resting')) reasons.push(await refusal(ask(transport)));
    const sent = moody.arrivals.length;
    expect(sent).toBe(reasons.filter((reason) => reason === 'unreachable').length);
    moody.mood = 'well';
    let answered = false;
    while (!answered) answered = (await refusal(ask(transport))) === 'answered';
    expect(moody.arrivals).toHaveLength(sent + 1);
    expect(await ask(transport)).toEqual(ANSWER);
  });

  it('is tried by one fetch at a time, for which no other waits', async () => {
    const moody = await replica('unavailable');
    const transport = transportTo([moody], { breaker, retries: { most: 0 } });
    while ((await refusal(ask(transport))) !== 'resting');
    moody.mood = 'silent';
    const probes: Promise<unknown>[] = [];
    while (moody.waiting === 0) {
      probes.push(ask(transport).catch(() => undefined));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(await refusal(ask(transport))).toBe('resting');
    expect(moody.waiting).toBe(1);
    await moody.answerAll();
    await Promise.all(probes);
    moody.mood = 'well';
    expect(await ask(transport)).toEqual(ANSWER);
  });

  it('is not blamed for clients that go away or have no patience', async () => {
    const hanging = await replica('silent');
    const transport = transportTo([hanging], { breaker });
    for (let count = 0; count < 20; count += 1) {
      expect(await refusal(ask(transport, QUERY, { deadline: performance.now() + 2 }))).toBe('overdue');
    }
    hanging.mood = 'well';
    expect(await ask(transport)).toEqual(ANSWER);
  });
});

describe('what becomes of fetches that fail', () => {
  function watched(replicas: readonly { url: string }[], options: RemoteTransportOptions = {}) {
    const metrics = new Metrics();
    const transport = transportTo(replicas, { ...options, watch: useRetryMetrics(metrics) });
    useHealthMetrics(metrics, () => [transport.health]);
    const shown = async () => (await metrics.expose()).body.split('\n').filter((line) => line.startsWith('gateway_'));
    return { transport, shown };
  }

  it('is counted: sent again, or not as the budget was spent', async () => {
    const { transport, shown } = watched([await replica('unavailable')], {
      retries: { perFetch: 0, perSecond: 0, most: 1 },
    });
    expect(await refusal(ask(transport))).toBe('unreachable');
    expect((await shown()).filter((line) => line.startsWith('gateway_fetch_retries'))).toEqual([
      'gateway_fetch_retries_total{subgraph="orders",kind="retried"} 1',
      'gateway_fetch_retries_total{subgraph="orders",kind="refused"} 1',
    ]);
  });

  it('is counted: taken by another replica, while the one that is gone rests', async () => {
    const [gone, well] = [await replica(), await replica()];
    await gone.close();
    opened.splice(opened.indexOf(gone), 1);
    const { transport, shown } = watched([gone, well]);
    expect(await ask(transport)).toEqual(ANSWER);
    const [first, second] = [gone, well].map(({ url }) => new URL(url).host);
    expect(await shown()).toEqual([
      'gateway_fetch_retries_total{subgraph="orders",kind="moved"} 1',
      'gateway_breaker_open{subgraph="orders"} 0',
      `gateway_replica_resting{subgraph="orders",replica="${first}"} 1`,
      `gateway_replica_resting{subgraph="orders",replica="${second}"} 0`,
    ]);
  });

  it('shows who is left alone, until a fetch finds it well', async () => {
    const moody = await replica('unavailable');
    const breaker = { threshold: 0.5, windowMs: 1_000, minimumRps: 5, restMs: 20 };
    const { transport, shown } = watched([moody], { breaker, retries: { most: 0 } });
    while ((await refusal(ask(transport))) !== 'resting');
    const during = await shown();
    expect(during).toContain('gateway_breaker_open{subgraph="orders"} 1');
    expect(during).toContain('gateway_breaker_openings_total{subgraph="orders"} 1');
    moody.mood = 'well';
    while ((await refusal(ask(transport))) !== 'answered');
    const after = await shown();
    expect(after).toContain('gateway_breaker_open{subgraph="orders"} 0');
    expect(after).toContain(`gateway_replica_resting{subgraph="orders",replica="${new URL(moody.url).host}"} 0`);
  });
});

describe('fetches from one subgraph', () => {
  it('run so many at a time, a few wait, and the rest is refused at once', async () => {
    const slow = await replica('silent');
    const transport = transportTo([slow], { fetches: 2, waitingFetches: 1 });
    const first = [ask(transport), ask(transport), ask(transport)];
    await until(() => slow.waiting === 2);
    expect(await refusal(ask(transport))).toBe('busy');
    expect(slow.arrivals).toHaveLength(2);
    await slow.answerAll();
    await until(() => slow.waiting === 1);
    await slow.answerAll();
    expect(await Promise.all(first)).toEqual([ANSWER, ANSWER, ANSWER]);
  });

  it('wait for their turn no longer than they have time, and leave their place to others', async () => {
    const slow = await replica('silent');
    const transport = transportTo([slow], { fetches: 1, waitingFetches: 1 });
    const first = ask(transport);
    await until(() => slow.waiting === 1);
    expect(await refusal(ask(transport, QUERY, { deadline: performance.now() + 10 }))).toBe('overdue');
    const next = ask(transport);
    slow.mood = 'well';
    await slow.answerAll();
    expect(await Promise.all([first, next])).toEqual([ANSWER, ANSWER]);
    expect(await ask(transport)).toEqual(ANSWER);
  });
});
