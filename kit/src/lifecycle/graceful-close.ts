import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Lets requests in flight finish when the app closes, and asks their clients to close the connection with the answer:
 * one that is kept alive would keep the app from closing for a minute. So would one on which nothing was ever asked, as
 * browsers and HTTP clients open them in advance; those are cut.
 */
export function closeGracefully(app: FastifyInstance): void {
  const unused = new Set<Socket>();
  const used = ({ socket }: IncomingMessage): void => void unused.delete(socket);
  app.server.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  app.server.on('request', used).on('upgrade', used);
  let isClosing = false;
  app.addHook('preClose', async () => {
    isClosing = true;
    for (const socket of unused) socket.destroy();
  });
  app.addHook('onSend', async (_request, reply) => {
    if (isClosing) reply.header('connection', 'close');
  });
}
