import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import type { FastifyInstance } from 'fastify';
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { comeBackAfterMs, type Drain } from '../connections/drain.js';
import { ENDPOINT } from '../http/graphql-http.js';
import { clientAddress, type TrustProxy } from '../requests/client-address.js';
import type { GatewaySettings } from '../settings.js';
import { boundedMessage } from '../sockets/bounded-message.js';
import { type Closing, goingAway, refusalOf } from '../sockets/connection-closing.js';
import type { GraphQLSockets, SocketExtra } from '../sockets/graphql-sockets.js';
import type { FrameSocket } from '../sockets/next-frames.js';
import { isAllowedOrigin } from './use-cors.js';
import type { SocketWatch } from './use-socket-metrics.js';

/** Options of the WebSocket endpoint. */
export interface GraphQLSocketsPluginOptions {
  sockets: GraphQLSockets;
  settings: GatewaySettings;
  trustProxy: TrustProxy;
  logger: Logger;
  /** Told of connections that open and close. */
  watch: SocketWatch;
  /** Lets clients go when the gateway stops. */
  drain: Drain;
}

const PING_EVERY_MS = 12_000;
const LONGEST_REASON_BYTES = 123;
const TEXT = { binary: false };

/**
 * Serves `graphql-transport-ws` on the endpoint's path to programs and to pages of allowed origins. When the gateway stops
 * no more are taken, and each is closed with 1001 at its own moment; the reason tells when to connect again, elsewhere:
 * `Going away; retry-after-ms=1234`.
 */
export function useGraphQLSockets(app: FastifyInstance, options: GraphQLSocketsPluginOptions): void {
  const { settings } = options;
  const { pingEveryMs = PING_EVERY_MS } = settings;
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: settings.limits.bodyBytes,
    handleProtocols: (protocols) => protocols.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) && GRAPHQL_TRANSPORT_WS_PROTOCOL,
  });
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const refusal = options.drain.isDraining ? unavailable() : notServed(request, settings);
    if (refusal) return void socket.end(`HTTP/1.1 ${refusal}\r\nconnection: close\r\n\r\n`);
    server.handleUpgrade(request, socket, head, (client) => {
      client.on('error', (err) => options.logger.debug({ err }, 'A WebSocket connection failed'));
      try {
        serve(client, request, options);
      } catch (error) {
        const closing = refusalOf(error);
        options.watch.opened();
        client.once('close', (code) => options.watch.closed(code, closing.reason));
        void closeGently(client, closing);
      }
    });
  };
  app.server.on('upgrade', onUpgrade);
  const pinging = setInterval(() => pingAll(server.clients), pingEveryMs);
  app.addHook('preClose', async () => {
    clearInterval(pinging);
    await options.drain.run(0);
    app.server.off('upgrade', onUpgrade);
    server.close();
  });
}

function unavailable(): string {
  return `503 Service Unavailable\r\nretry-after: ${Math.ceil(comeBackAfterMs() / 1_000)}`;
}

function notServed({ url = '', headers }: IncomingMessage, settings: GatewaySettings): string | undefined {
  if (new URL(url, 'http://localhost').pathname !== ENDPOINT) return '404 Not Found';
  if (!isAllowedOrigin(headers.origin, headers.host, settings)) return '403 Forbidden';
  return undefined;
}

function serve(client: WebSocket, request: IncomingMessage, options: GraphQLSocketsPluginOptions): void {
  const { sockets, settings, trustProxy, logger, watch, drain } = options;
  let ownReason: string | undefined;
  const close = (code: number, reason: string): void => {
    ownReason ??= reason;
    client.close(code, shortened(reason));
  };
  const { headers } = request;
  const connection = sockets.connect(
    {
      acceptLanguage: headers['accept-language'],
      userAgent: headers['user-agent'],
      clientAddress: clientAddress(request, trustProxy),
    },
    close,
  );
  watch.opened();
  const extra: SocketExtra = { request, connection, close, frames: frameSocket(client, request.socket) };
  const send = (text: string): Promise<void> => sendTo(client, boundedMessage(text, settings.limits.responseBytes));
  const opened = sockets.opened({ protocol: client.protocol, send, close }, extra);
  client.on('message', (data, isBinary) => {
    // A client that was told to go may still send.
    if (client.readyState !== client.OPEN) return;
    if (isBinary) return close(CloseCode.BadRequest, 'Invalid message received: send text');
    opened.take(String(data)).catch((err: unknown) => {
      logger.error({ err }, 'A WebSocket message could not be served');
      close(CloseCode.InternalServerError, 'Internal server error');
    });
  });
  const forget = drain.add({ leave: (afterMs) => closeGently(client, goingAway(afterMs)) });
  client.on('pong', () => silent.delete(client));
  client.once('close', (code) => {
    forget();
    watch.closed(code, ownReason);
    opened.closed();
  });
}

/** The protocol of WebSockets lets a reason have 123 bytes. */
function shortened(reason: string): string {
  if (Buffer.byteLength(reason) <= LONGEST_REASON_BYTES) return reason;
  return Buffer.from(reason)
    .subarray(0, LONGEST_REASON_BYTES)
    .toString()
    .replace(/\uFFFD+$/, '');
}

function sendTo(client: WebSocket, data: string): Promise<void> {
  return new Promise((resolve, reject) => {
    if (client.readyState !== client.OPEN) resolve();
    else client.send(data, (error) => (error && client.readyState === client.OPEN ? reject(error) : resolve()));
  });
}

/** What is sent in one turn goes to the system in one write: a write costs more than all that is done for a message. */
function frameSocket(client: WebSocket, socket: Duplex): FrameSocket {
  let isHeld = false;
  const release = (): void => {
    isHeld = false;
    socket.uncork();
  };
  return {
    get waitingBytes() {
      return client.bufferedAmount;
    },
    send: (frame, onTaken) => {
      if (client.readyState !== client.OPEN) return;
      if (!isHeld) {
        isHeld = true;
        socket.cork();
        process.nextTick(release);
      }
      client.send(frame, TEXT, onTaken);
    },
  };
}

/** Clients that have not answered the last ping. */
const silent = new WeakSet<WebSocket>();

function pingAll(clients: ReadonlySet<WebSocket>): void {
  for (const client of clients) {
    if (silent.has(client)) {
      client.terminate();
      continue;
    }
    silent.add(client);
    client.ping();
  }
}

const CLOSE_WITHIN_MS = 2_000;

/** Closes a connection; one whose client does not answer is cut. */
function closeGently(client: WebSocket, { code, reason }: Closing): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => client.terminate(), CLOSE_WITHIN_MS);
    client.once('close', () => {
      clearTimeout(cut);
      resolve();
    });
    client.close(code, shortened(reason));
  });
}
