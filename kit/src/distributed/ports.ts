import { createServer } from 'node:net';

/** Ports one after another from `first`, or any that nobody uses now. */
export async function choosePorts(count: number, first?: number): Promise<number[]> {
  if (first !== undefined) return Array.from({ length: count }, (_, index) => first + index);
  const servers = await Promise.all(Array.from({ length: count }, () => listen()));
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** This port if nobody uses it now, else any other. */
export async function freePort(wanted = 0): Promise<number> {
  const server = await listen(wanted).catch(() => listen());
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

function listen(port = 0) {
  const server = createServer();
  return new Promise<typeof server>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => resolve(server));
  });
}
