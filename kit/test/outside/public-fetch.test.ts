import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { isPublicAddress } from '../../src/outside/public-address.js';
import { type PublicFetchError, type PublicFetchOptions, publicFetch } from '../../src/outside/public-fetch.js';

const LIMITS: PublicFetchOptions = { maxBytes: 1_000, timeoutMs: 2_000 };
const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A server of this machine. @returns its host and port */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('There is no port');
  return `127.0.0.1:${address.port}`;
}

/** Gets a path from a server that may be asked. */
async function get(listener: RequestListener, options: Partial<PublicFetchOptions> = {}) {
  const host = await serve(listener);
  return publicFetch(`http://${host}/calendar`, { ...LIMITS, allowedHosts: [host], ...options });
}

function failure(work: Promise<unknown>): Promise<{ code: string; status: number | undefined }> {
  return work.then(
    () => ({ code: 'none', status: undefined }),
    ({ code, status }: PublicFetchError) => ({ code, status }),
  );
}

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  '::',
  'fe80::1',
  'fc00::1',
  'ff02::1',
  '::ffff:10.0.0.1',
  '64:ff9b::a00:1',
  'localhost',
  '',
])('%s is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(['8.8.8.8', '193.0.14.129', '2001:4860:4860::8888'])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

describe('a stranger’s address', () => {
  test.each([
    'https://127.0.0.1/x',
    'https://0x7f.1/x',
    'https://2130706433/x',
    'https://[::1]/x',
    'https://[::ffff:127.0.0.1]/x',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/x',
    'http://example.com/x',
    'ftp://example.com/x',
    'file:///etc/passwd',
  ])('is not asked when it leads into our own network or is not https: %s', async (address) => {
    expect(await failure(publicFetch(address, LIMITS))).toEqual({ code: 'ADDRESS_NOT_PUBLIC', status: undefined });
  });

  test('is not followed into our own network', async () => {
    let asked = 0;
    const inside = await serve((_request, response) => {
      asked += 1;
      response.end('secret');
    });
    const fetched = get((_request, response) => {
      response.writeHead(302, { location: `http://${inside}/` }).end();
    });
    expect((await failure(fetched)).code).toBe('ADDRESS_NOT_PUBLIC');
    expect(asked).toBe(0);
  });
});

describe('a document', () => {
  test('is given with its headers, and unpacked', async () => {
    const { text, headers } = await get((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', etag: '"1"' }).end(gzipSync('BEGIN:VCALENDAR'));
    });
    expect(text).toBe('BEGIN:VCALENDAR');
    expect(headers.get('etag')).toBe('"1"');
  });

  test('that has not changed is not given again', async () => {
    const listener: RequestListener = (request, response) => {
      response.writeHead(request.headers['if-none-match'] === '"1"' ? 304 : 200).end();
    };
    expect((await get(listener, { headers: { 'if-none-match': '"1"' } })).text).toBeUndefined();
  });

  test('is followed through a redirect, but not for ever', async () => {
    const listener: RequestListener = (request, response) => {
      if (request.url === '/calendar') response.writeHead(301, { location: '/moved' }).end();
      else response.end('here');
    };
    expect((await get(listener)).text).toBe('here');
    const round: RequestListener = (_request, response) => response.writeHead(302, { location: '/calendar' }).end();
    expect((await failure(get(round))).code).toBe('TOO_MANY_REDIRECTS');
  });

  test.each([
    ['says so', 404, 'REFUSED'],
    ['fails', 503, 'REFUSED'],
  ])('is not there when the server %s', async (_what, status, code) => {
    const refused = get((_request, response) => response.writeHead(status).end('not here'));
    expect(await failure(refused)).toEqual({ code, status });
  });

  test('may be only so large, however its length is hidden', async () => {
    const long = 'x'.repeat(2_000);
    const announced = get((_request, response) => response.writeHead(200, { 'content-length': 2_000 }).end(long));
    expect((await failure(announced)).code).toBe('TOO_LARGE');
    const packed: RequestListener = (_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(long));
    expect((await failure(get(packed))).code).toBe('TOO_LARGE');
    const endless: RequestListener = (_request, response) => {
      const write = (): void => {
        while (!response.destroyed && response.write('x'.repeat(100)));
        response.once('drain', write);
      };
      write();
    };
    expect((await failure(get(endless))).code).toBe('TOO_LARGE');
  });

  test('may take only so long', async () => {
    const silent: RequestListener = (_request, response) => void response.writeHead(200).write('BEGIN');
    expect((await failure(get(silent, { timeoutMs: 100 }))).code).toBe('TOO_SLOW');
    expect((await failure(get(() => {}, { timeoutMs: 100 }))).code).toBe('TOO_SLOW');
  });

  test('is not there when nobody listens', async () => {
    const host = await serve(() => {});
    const server = servers.pop();
    await new Promise((resolve) => server?.close(resolve));
    const asked = publicFetch(`http://${host}/x`, { ...LIMITS, allowedHosts: [host] });
    expect((await failure(asked)).code).toBe('UNREACHABLE');
  });

  test('tells its address in no error', async () => {
    const asked = publicFetch('https://127.0.0.1/private-token-123', LIMITS);
    await expect(asked).rejects.not.toThrow(/private-token/);
  });
});
