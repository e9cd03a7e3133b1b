import { readFile } from 'node:fs/promises';
import type { ServedSubgraph } from '@tutorgraph/kit/graphql/serve';
import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { openTracing } from '@tutorgraph/kit/telemetry/open-tracing';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { type ReceivedSpan, startTraceReceiver, type TraceReceiver } from '@tutorgraph/kit/testing/trace-receiver';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGateway } from '../src/app.js';
import { defaultLimits } from '../src/settings.js';
import { Supergraph } from '../src/supergraph/supergraph.js';
import { inProcessTransport } from '../src/transports/in-process-transport.js';
import { RemoteTransport } from '../src/transports/remote-transport.js';
import type { SubgraphTransport } from '../src/transports/subgraph-transport.js';
import { trustWith } from '../src/trust/trust.js';
import { ask } from './world/client.js';

const SUPERGRAPH = new URL('../../schema/supergraph.graphql', import.meta.url);
const QUERY = `query Home($text: String) {
  me { id firstName }
  orders(filter: { text: $text }, first: 5) { edges { node { id } } }
}`;
const CALLER = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00';

let receiver: TraceReceiver;
let graph: TestGraph;
let person: TestPerson;
const served: ServedSubgraph[] = [];

beforeAll(async () => {
  receiver = await startTraceReceiver();
  graph = await startTestGraph(undefined, undefined, { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });
  person = await graph.person('STUDENT');
});
afterAll(async () => {
  for (const room of served) await room.close();
  await graph?.close();
  await receiver?.close();
});

/** Asks once through a gateway that traces, and gives the spans of all that followed. */
async function traceOf(wayTo: (room: string) => Promise<SubgraphTransport>): Promise<ReceivedSpan[]> {
  const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
  const tracing = await openTracing({ settings, service: 'gateway', trustsCallers: false });
  const ways = new Map<string, SubgraphTransport>();
  for (const room of graph.rooms.keys()) ways.set(room, await wayTo(room));
  const gateway = await createGateway({
    supergraph: new Supergraph(await readFile(SUPERGRAPH, 'utf8')),
    transports: ways,
    settings: {
      introspection: false,
      playground: false,
      allowedOrigins: [],
      trustedProxies: false,
      limits: defaultLimits,
      subscriptionBuffer: 100,
      slowOperationMs: 1_000,
    },
    logger: createLogger({ service: 'test', level: 'error' }),
    metrics: new Metrics(),
    tracing,
    ...trustWith(graph.accessTokens, graph.rights),
  });
  const url = await gateway.listen({ host: '127.0.0.1', port: 0 });
  const headers = { authorization: person.authorization, traceparent: CALLER };
  const { body } = await ask(url, QUERY, { variables: { text: 'my-secret-words' }, headers });
  expect(body.errors).toBeUndefined();
  await gateway.close();
  for (const way of ways.values()) await way.close();
  await tracing?.close();
  await graph.sendTraces();
  const root = receiver.spans.findLast(({ name }) => name === 'query');
  return receiver.spans.filter(({ spanId }) => spanId === root?.spanId || isBelow(spanId, root?.spanId));
}

function isBelow(spanId: string | undefined, above: string | undefined): boolean {
  const span = receiver.spans.find((one) => one.spanId === spanId);
  if (!span?.parentSpanId) return false;
  return span.parentSpanId === above || isBelow(span.parentSpanId, above);
}

/** Names of a span and of those above it, the outermost first. */
function pathOf(span: ReceivedSpan, spans: readonly ReceivedSpan[]): string {
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
  return parent ? `${pathOf(parent, spans)} > ${span.name}` : span.name;
}

function expectWhole(spans: readonly ReceivedSpan[]): void {
  const paths = new Set(spans.map((span) => pathOf(span, spans)));
  for (const path of [
    'query',
    'query > plan',
    'query > fetch accounts > subgraph accounts > Query.me',
    'query > fetch accounts > subgraph accounts > Query.me > SELECT',
    'query > fetch marketplace > subgraph marketplace > Query.orders > SELECT',
  ]) {
    expect(paths).toContain(path);
  }
  expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([CALLER.split('-')[1]]));
  const [root] = spans.filter(({ name }) => name === 'query');
  expect(root).toMatchObject({
    service: 'gateway',
    parentSpanId: CALLER.split('-')[2],
    hasFailed: false,
    attributes: {
      'graphql.operation.name': 'Home',
      'graphql.operation.type': 'query',
      'graphql.document.hash': expect.stringMatching(/^[0-9a-f]{12}$/),
      'tutorgraph.outcome': 'ok',
      'tutorgraph.fetches': 2,
    },
  });
  const [statement] = spans.filter(({ name }) => name === 'SELECT');
  expect(statement?.attributes).toMatchObject({ 'db.system.name': 'postgresql' });
  for (const word of ['my-secret-words', person.userId, person.authorization.slice(10, 40)]) {
    expect(receiver.raw).not.toContain(word);
  }
}

describe('one operation', () => {
  test('is one trace through the gateway, two subgraphs of its process and their SQL', async () => {
    const spans = await traceOf(async (room) => {
      const running = graph.rooms.get(room);
      if (!running) throw new Error(`The room ${room} does not run`);
      return inProcessTransport(running.subgraph);
    });
    expectWhole(spans);
  });

  test('is one trace through subgraphs that run elsewhere, too', async () => {
    const spans = await traceOf(async (room) => {
      const elsewhere = await graph.serve(room);
      served.push(elsewhere);
      return new RemoteTransport(room, [elsewhere.url]);
    });
    expectWhole(spans);
    expect(new Set(spans.map(({ service }) => service))).toEqual(new Set(['gateway', 'rooms']));
  });
});
