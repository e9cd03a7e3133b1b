import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { fastify } from 'fastify';
import { describe, expect, test } from 'vitest';
import { closeGracefully } from './graceful-close.js';

describe('an app that closes', () => {
  test('cuts connections on which nothing was asked, and lets a request finish', async () => {
    const app = fastify({ forceCloseConnections: 'idle' });
    closeGracefully(app as never);
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
    const { promise: allowed, resolve: allow } = Promise.withResolvers<void>();
    app.get('/', async () => {
      ask();
      await allowed;
      return 'done';
    });
    const origin = await app.listen({ host: '127.0.0.1', port: 0 });
    const silent = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
    silent.on('error', () => {});
    await once(silent, 'connect');
    const answer = fetch(origin);
    await asked;
    const closing = app.close();
    await once(silent, 'close');
    allow();
    expect(await (await answer).text()).toBe('done');
    await closing;
  });
});
