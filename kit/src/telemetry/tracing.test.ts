import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { testEnvironment } from '../testing/environment.js';
import { startTraceReceiver, type TraceReceiver } from '../testing/trace-receiver.js';
import { openTracing } from './open-tracing.js';
import { currentSpan, inSpan, type Tracing, traced } from './tracing.js';

const CALLER = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const DROPPED = CALLER.replace(/01$/, '00');

let receiver: TraceReceiver;
const opened: Tracing[] = [];

beforeEach(async () => {
  receiver = await startTraceReceiver();
});
afterEach(async () => {
  await closeAll();
  await receiver.close();
});

async function open(settings: Record<string, string> = {}, trustsCallers = true): Promise<Tracing> {
  const tracing = await openTracing({
    settings: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ...settings },
    service: 'test',
    trustsCallers,
  });
  if (!tracing) throw new Error('An endpoint is set');
  opened.push(tracing);
  return tracing;
}

async function closeAll(): Promise<void> {
  for (const tracing of opened.splice(0)) await tracing.close();
}

describe('tracing', () => {
  test('is off without an endpoint, and what would be traced just runs', async () => {
    expect(await openTracing({ settings: {}, service: 'test', trustsCallers: true })).toBeUndefined();
    expect(await traced('work', {}, async () => currentSpan())).toBeUndefined();
  });

  test('says what to do when the endpoint is no address', async () => {
    const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' };
    const opening = openTracing({ settings, service: 'test', trustsCallers: true });
    await expect(opening).rejects.toThrow('http://collector:4318');
  });

  test('goes on with the trace of the caller, part by part', async () => {
    const tracing = await open({ OTEL_SERVICE_NAME: 'named' });
    await inSpan(tracing.start('outer', CALLER, { kind: 'server' }), () => traced('inner', {}, async () => 1));
    await closeAll();
    const [inner, outer] = receiver.spans;
    expect(outer).toMatchObject({ name: 'outer', traceId: CALLER.split('-')[1], parentSpanId: CALLER.split('-')[2] });
    expect(inner).toMatchObject({
      name: 'inner',
      traceId: outer?.traceId,
      parentSpanId: outer?.spanId,
      service: 'named',
    });
  });

  test('shows the receiver the key that it wants', async () => {
    const tracing = await open({ OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a%20secret, x-other=b' });
    tracing.start('work', undefined).end();
    await closeAll();
    expect(receiver.headers).toMatchObject({ 'x-key': 'a secret', 'x-other': 'b' });
  });

  test('begins a trace when what the caller says is no context', async () => {
    const tracing = await open();
    for (const words of [undefined, '', 'x', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`, `${'a'.repeat(5_000)}`]) {
      tracing.start('alone', words).end();
    }
    await closeAll();
    expect(receiver.spans.map(({ parentSpanId }) => parentSpanId)).toEqual(Array(5).fill(undefined));
    expect(new Set(receiver.spans.map(({ traceId }) => traceId)).size).toBe(5);
  });

  test('keeps of a failure its code, never its message', async () => {
    const tracing = await open();
    const failure = Object.assign(new Error('ada@example.com is unknown'), { code: '23505' });
    await expect(inSpan(tracing.start('work', undefined), () => Promise.reject(failure))).rejects.toBe(failure);
    await closeAll();
    expect(receiver.spans).toMatchObject([{ hasFailed: true, attributes: { 'error.type': '23505' } }]);
    expect(receiver.raw).not.toContain('ada@');
  });

  test('lets callers that are trusted decide what is kept, and no others', async () => {
    (await open()).start('dropped as asked', DROPPED).end();
    (await open({}, false)).start('kept all the same', DROPPED).end();
    const never = { OTEL_TRACES_SAMPLER: 'parentbased_always_off' };
    (await open(never)).start('kept as asked', CALLER).end();
    (await open(never, false)).start('dropped all the same', CALLER).end();
    await closeAll();
    expect(receiver.spans.map(({ name }) => name).sort()).toEqual(['kept all the same', 'kept as asked']);
  });
});

describe('HTTP requests that are sent under a span', () => {
  test('carry it on, by whatever client, and tell no path', async () => {
    const seen: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers['traceparent'] as string | undefined);
      response.statusCode = request.url?.startsWith('/missing') ? 404 : 200;
      response.end('x');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const tracing = await open();
    await fetch(`${url}/untraced`);
    await inSpan(tracing.start('work', undefined), async () => {
      await (await fetch(`${url}/bot12345:secret?token=secret`)).text();
      const [response] = await once(get(`${url}/missing/secret`), 'response');
      response.resume();
      await once(response, 'end');
    });
    await closeAll();
    server.close();
    const [first, second] = receiver.spans.filter(({ name }) => name === 'GET');
    const work = receiver.spans.find(({ name }) => name === 'work');
    expect(first).toMatchObject({ parentSpanId: work?.spanId, attributes: { 'http.response.status_code': 200 } });
    expect(second).toMatchObject({ parentSpanId: work?.spanId, attributes: { 'http.response.status_code': 404 } });
    const named = [first, second].map((span) => `00-${work?.traceId}-${span?.spanId}-01`);
    expect(seen).toEqual([undefined, ...named]);
    expect(receiver.raw).not.toContain('secret');
    expect(receiver.spans.length).toBe(3);
  });
});

const { REDIS_URL } = testEnvironment();
describe.runIf(REDIS_URL)('Redis commands that are sent under a span (runs when REDIS_URL is set)', () => {
  test('are told by name, without what they hold', async () => {
    const redis = new Redis(REDIS_URL ?? '');
    const tracing = await open();
    await redis.get('secret-before');
    await inSpan(tracing.start('work', undefined), () => redis.get('secret-key'));
    await expect(inSpan(tracing.start('mistake', undefined), () => redis.call('nonsense'))).rejects.toThrow();
    await closeAll();
    redis.disconnect();
    const [get, work, nonsense, mistake] = receiver.spans;
    expect(get).toMatchObject({ name: 'get', parentSpanId: work?.spanId, attributes: { 'db.system.name': 'redis' } });
    expect(nonsense).toMatchObject({ name: 'nonsense', parentSpanId: mistake?.spanId, hasFailed: true });
    expect(receiver.raw).not.toContain('secret');
  });
});
