import { subscribe, tracingChannel, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { currentSpan, type TraceSpan } from './tracing.js';

type Listener = (message: unknown) => void;

/** A request as undici tells of it, whether `fetch` or a pool sends it. */
interface UndiciRequest {
  method: string;
  origin: string | URL;
  addHeader(name: string, value: string): unknown;
}

/**
 * Makes a span of each HTTP request and Redis command that is sent under one, and names the span to the HTTP server. It listens
 * to what undici, Node and ioredis themselves tell. Of addresses only the host is told: paths hold ids, and some of them secrets.
 *
 * @returns how to stop
 */
export function watchClients(): () => void {
  const stops = [watchUndici(), watchHttp(), watchRedis()];
  return () => {
    for (const stop of stops) stop();
  };
}

function watchUndici(): () => void {
  const spans = new WeakMap<object, TraceSpan>();
  return listen({
    'undici:request:create': ({ request }: { request: UndiciRequest }) => {
      const span = begin(request.method, new URL(request.origin));
      if (!span) return;
      spans.set(request, span);
      request.addHeader('traceparent', span.traceparent);
    },
    'undici:request:headers': ({ request, response }: { request: object; response: { statusCode: number } }) =>
      tellStatus(spans.get(request), response.statusCode),
    'undici:request:trailers': ({ request }: { request: object }) => spans.get(request)?.end(),
    'undici:request:error': ({ request, error }: { request: object; error: unknown }) => {
      spans.get(request)?.fail(error);
      spans.get(request)?.end();
    },
  });
}

function watchHttp(): () => void {
  const spans = new WeakMap<object, TraceSpan>();
  return listen({
    'http.client.request.created': ({ request }: { request: ClientRequest }) => {
      const span = begin(request.method, addressOf(request));
      if (!span) return;
      spans.set(request, span);
      request.setHeader('traceparent', span.traceparent);
    },
    'http.client.response.finish': ({ request, response }: { request: object; response: { statusCode?: number } }) => {
      tellStatus(spans.get(request), response.statusCode ?? 0);
      spans.get(request)?.end();
    },
    'http.client.request.error': ({ request, error }: { request: object; error: unknown }) => {
      spans.get(request)?.fail(error);
      spans.get(request)?.end();
    },
  });
}

function addressOf(request: ClientRequest): URL {
  const address = `${request.protocol}//${String(request.getHeader('host') ?? request.host)}`;
  return URL.canParse(address) ? new URL(address) : new URL(`${request.protocol}//unknown`);
}

function begin(method: string, { hostname, port, protocol }: URL): TraceSpan | undefined {
  const attributes = {
    'http.request.method': method,
    'server.address': hostname,
    'server.port': port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
  };
  return currentSpan()?.child(method, { kind: 'client', attributes });
}

function tellStatus(span: TraceSpan | undefined, status: number): void {
  span?.set({ 'http.response.status_code': status });
  if (status >= 400) span?.fail(String(status));
}

function watchRedis(): () => void {
  const channel = tracingChannel<object>('ioredis:command');
  const spans = new WeakMap<object, TraceSpan>();
  const listeners = {
    start: (message: object) => {
      const name = String(Reflect.get(message, 'command'));
      const attributes = { 'db.system.name': 'redis', 'db.operation.name': name };
      const span = currentSpan()?.child(name, { kind: 'client', attributes });
      if (span) spans.set(message, span);
    },
    end: () => {},
    asyncStart: () => {},
    asyncEnd: (message: object) => spans.get(message)?.end(),
    error: (message: object) => spans.get(message)?.fail(Reflect.get(message, 'error')),
  };
  channel.subscribe(listeners);
  return () => channel.unsubscribe(listeners);
}

/** Listens to channels, whose messages are what their publishers document. */
function listen(listeners: Record<string, (message: never) => void>): () => void {
  const all = Object.entries(listeners).map(([name, listener]) => [name, listener as Listener] as const);
  for (const [name, listener] of all) subscribe(name, listener);
  return () => {
    for (const [name, listener] of all) unsubscribe(name, listener);
  };
}
