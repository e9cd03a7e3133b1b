import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { WebSocketServer } from 'ws';

/** A server that can do nothing but send the same bytes to everybody who is connected, which is the limit of `ws`. */
export interface BareBroadcast {
  port: number;
  /** Sends a message to all, so many times. */
  broadcast(text: string, times: number): Promise<void>;
}

/** @param posted what a POST request makes it send */
export async function bareBroadcast(posted: () => string): Promise<BareBroadcast> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      void broadcast(posted(), 1);
      response.end('{}');
    });
  });
  const sockets = new WebSocketServer({ server, handleProtocols: () => 'graphql-transport-ws' });
  sockets.on('connection', (socket) => {
    socket.on('message', (data) => {
      const { id, type } = JSON.parse(String(data));
      socket.send(
        JSON.stringify(type === 'subscribe' ? { id, type: 'next', payload: {} } : { type: 'connection_ack' }),
      );
    });
  });
  async function broadcast(text: string, times: number): Promise<void> {
    const bytes = Buffer.from(text);
    for (let sent = 0; sent < times; sent += 1) {
      for (const client of sockets.clients) client.send(bytes, { binary: false });
      await turn();
    }
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, broadcast };
}
