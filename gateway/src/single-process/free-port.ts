import { once } from 'node:events';
import { createServer } from 'node:net';

/** Looks whether a port can be listened on: the rooms before it take seconds to start. @throws EADDRINUSE and the like */
export async function ensureFreePort({ host, port }: { host: string; port: number }): Promise<void> {
  const probe = createServer().listen(port, host);
  await once(probe, 'listening');
  probe.close();
  await once(probe, 'close');
}
