import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import type { FastifyInstance } from 'fastify';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { clientAddress, type TrustProxy } from '../requests/client-address.js';
import type { GatewaySettings } from '../settings.js';
import type { GraphQLSockets, SocketExtra } from '../sockets/graphql-sockets.js';
import type { FrameSocket } from '../sockets/next-frames.js';
import { isAllowedOrigin } from './use-cors.js';
import { ENDPOINT } from './use-graphql-http.js';

/** Options of the WebSocket endpoint. */
export interface GraphQLSocketsPluginOptions {
  sockets: GraphQLSockets;
  settings: GatewaySettings;
  trustProxy: TrustProxy;
  logger: Logger;
  /** How often silence is broken to see whether the client is still there, in milliseconds. @default 12000 */
  pingEveryMs?: number;
}

const GOING_AWAY = 1001;
const INTERNAL_ERROR = 4500;
const TEXT = { binary: false };

/**
 * Serves `graphql-transport-ws` on the endpoint's path to programs and to pages of allowed origins. Closes every
 * connection with 1001 when the app closes, upon which clients connect again, elsewhere, and resume.
 */
export function useGraphQLSockets(app: FastifyInstance, options: GraphQLSocketsPluginOptions): void {
  const { settings, pingEveryMs = 12_000 } = options;
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: settings.limits.bodyBytes,
    handleProtocols: (protocols) => protocols.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) && GRAPHQL_TRANSPORT_WS_PROTOCOL,
  });
  let isClosing = false;
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const refusal = isClosing ? '503 Service Unavailable' : refusalOf(request, settings);
    if (refusal) return void socket.end(`HTTP/1.1 ${refusal}\r\nconnection: close\r\n\r\n`);
    server.handleUpgrade(request, socket, head, (client) => serve(client, request, options));
  };
  app.server.on('upgrade', onUpgrade);
  const pinging = setInterval(() => pingAll(server.clients), pingEveryMs);
  app.addHook('preClose', async () => {
    isClosing = true;
    clearInterval(pinging);
    const closed = [...server.clients].map((client) => closeGently(client));
    await Promise.all(closed);
    app.server.off('upgrade', onUpgrade);
    server.close();
  });
}

function refusalOf({ url = '', headers }: IncomingMessage, settings: GatewaySettings): string | undefined {
  if (new URL(url, 'http://localhost').pathname !== ENDPOINT) return '404 Not Found';
  if (!isAllowedOrigin(headers.origin, headers.host, settings)) return '403 Forbidden';
  return undefined;
}

function serve(client: WebSocket, request: IncomingMessage, options: GraphQLSocketsPluginOptions): void {
  const { sockets, trustProxy, logger } = options;
  const close = (code: number, reason: string): void => client.close(code, reason);
  const { headers } = request;
  const connection = sockets.connect(
    {
      acceptLanguage: headers['accept-language'],
      userAgent: headers['user-agent'],
      clientAddress: clientAddress(request, trustProxy),
    },
    close,
  );
  const extra: SocketExtra = { request, connection, close, frames: frameSocket(client, request.socket) };
  const send = (data: string): Promise<void> => sendTo(client, data);
  const closed = sockets.protocol.opened(
    {
      protocol: client.protocol,
      send,
      close: (code, reason) => client.close(code, reason),
      onMessage: (take) => {
        client.on('message', (data) => {
          // A client that was told to go may still send.
          if (client.readyState !== client.OPEN) return;
          take(String(data)).catch((err: unknown) => {
            logger.error({ err }, 'A WebSocket message could not be served');
            client.close(INTERNAL_ERROR, 'Internal server error');
          });
        });
      },
      // The payload is a token: unlike the protocol's own answer, ours does not repeat it.
      onPing: async (payload) => {
        await sockets.renew(extra, payload);
        await send(JSON.stringify({ type: 'pong' }));
      },
    },
    extra,
  );
  client.on('pong', () => silent.delete(client));
  client.on('error', (err) => logger.debug({ err }, 'A WebSocket connection failed'));
  client.once('close', (code, reason) => {
    closed(code, String(reason)).catch((err: unknown) => logger.error({ err }, 'A WebSocket did not end properly'));
  });
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
function closeGently(client: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => client.terminate(), CLOSE_WITHIN_MS);
    client.once('close', () => {
      clearTimeout(cut);
      resolve();
    });
    client.close(GOING_AWAY, 'Going away');
  });
}
