import type { FastifyInstance } from 'fastify';

/**
 * Lets requests in flight finish when the app closes, and asks their clients to close the connection with the answer:
 * one that is kept alive would keep the app from closing for a minute.
 */
export function closeGracefully(app: FastifyInstance): void {
  let isClosing = false;
  app.addHook('preClose', async () => {
    isClosing = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    if (isClosing) reply.header('connection', 'close');
  });
}
