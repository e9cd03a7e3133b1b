import { once } from 'node:events';
import { createServer } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import { openStorage } from '../../src/storage/open-storage.js';
import { S3Storage } from '../../src/storage/s3-storage.js';
import { createLogger, silentLogger } from '../../src/telemetry/logger.js';
import { S3Server } from './s3-server.js';
import { openS3, s3Settings } from './storages.js';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function startServer(): Promise<{ server: S3Server; endpoint: string }> {
  const server = new S3Server('files');
  const endpoint = await server.listen();
  closing.push(() => server.close());
  return { server, endpoint };
}

function open(settings: Record<string, string>, isShared = false, logger = silentLogger) {
  const opening = openStorage({ settings, isShared, servedAt: () => 'http://127.0.0.1:4000/files', logger });
  closing.push(() =>
    opening.then(
      ({ storage }) => storage.close(),
      () => {},
    ),
  );
  return opening;
}

describe('the storage of a process', () => {
  test('has to be shared in production when several processes work', async () => {
    await expect(open({ NODE_ENV: 'production', SECRET_KEY: 'x'.repeat(32) }, true)).rejects.toThrow(/Set S3_ENDPOINT/);
  });

  test('has to say in production where clients reach files on disk', async () => {
    await expect(open({ NODE_ENV: 'production', SECRET_KEY: 'x'.repeat(32) })).rejects.toThrow(/Set FILES_URL/);
  });

  test('has to have a secret to sign with on disk, and keys on S3', async () => {
    await expect(open({})).rejects.toThrow(/Set SECRET_KEY/);
    await expect(open({ S3_ENDPOINT: 'http://127.0.0.1:9' })).rejects.toThrow(/set S3_ACCESS_KEY_ID and S3_SECRET/);
    await expect(open({ S3_ENDPOINT: 'minio:9000' })).rejects.toThrow(/S3_ENDPOINT/);
  });

  test('signs for the address at which clients reach it', async () => {
    const { endpoint } = await startServer();
    const { storage } = await open(s3Settings(endpoint, { S3_PUBLIC_ENDPOINT: 'https://files.example.com' }));
    const put = await storage.signPut('a', { contentType: 'text/plain', size: 1, expiresInSeconds: 9 });
    expect(put.url).toMatch(/^https:\/\/files\.example\.com\/files\/a\?/);
    expect(await storage.signGet('a', { expiresInSeconds: 9 })).toMatch(/^https:\/\/files\.example\.com\/files\/a\?/);
  });

  test('says which bucket is missing and how to make it, at the start and later', async () => {
    const { endpoint } = await startServer();
    const missing = /no bucket "other" .* make it \(mc mb/;
    await expect(open(s3Settings(endpoint, { S3_BUCKET: 'other' }))).rejects.toThrow(missing);
    const { server, storage } = await openS3();
    closing.push(() => server.close());
    Reflect.set(server, 'bucket', 'gone');
    const failure = await storage.get('a').catch((error: unknown) => error);
    expect(failure).toMatchObject({
      extensions: { code: 'SERVICE_UNAVAILABLE' },
      originalError: { message: expect.stringMatching(/no bucket "files"/) },
    });
  });

  test('says that a key is refused', async () => {
    const { endpoint } = await startServer();
    const settings = s3Settings(endpoint, { S3_SECRET_ACCESS_KEY: 'wrong' });
    await expect(open(settings)).rejects.toThrow(/refuses our key; correct S3_ACCESS_KEY_ID/);
  });

  test('may come later than the process, which warns', async () => {
    const { endpoint, server } = await startServer();
    await server.close();
    const lines: string[] = [];
    const logger = createLogger({ service: 'test', level: 'warn', destination: { write: (line) => lines.push(line) } });
    const { storage } = await open(s3Settings(endpoint), true, logger);
    expect(lines.join()).toMatch(/does not answer yet/);
    await expect(storage.head('a')).rejects.toMatchObject({ extensions: { code: 'SERVICE_UNAVAILABLE' } });
  });
});

describe('S3', () => {
  test('that takes connections and never answers does not keep anybody waiting', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const endpoint = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    const times = { callTimeoutMs: 200, silenceTimeoutMs: 200 };
    const key = { region: 'us-east-1', accessKeyId: 'a', secretAccessKey: 'b' };
    const storage = new S3Storage({ endpoint, publicEndpoint: endpoint, bucket: 'files', ...key, ...times });
    const unavailable = { extensions: { code: 'SERVICE_UNAVAILABLE' } };
    await expect(storage.head('a')).rejects.toMatchObject(unavailable);
    await expect(storage.remove(['a'])).rejects.toMatchObject(unavailable);
    await expect(storage.get('a')).rejects.toMatchObject(unavailable);
    await expect(storage.put('a', Buffer.from('x'), { contentType: 'text/plain' })).rejects.toMatchObject(unavailable);
    await storage.close();
    silent.close();
  });

  test('gets a long stream in parts, and forgets the parts of one that broke off', async () => {
    const { storage, server, close } = await openS3();
    closing.push(close);
    const part = Buffer.alloc(9_000_000);
    await storage.put('whole', Readable.from([part, part]), { contentType: 'text/plain' });
    expect(server.requests.filter((request) => request.startsWith('PUT /whole?partNumber'))).toHaveLength(3);
    const broken = Readable.from(
      (async function* () {
        yield part;
        yield part;
        throw new Error('gone');
      })(),
    );
    await expect(storage.put('broken', broken, { contentType: 'text/plain' })).rejects.toThrow();
    expect(server.openUploads).toBe(0);
  });
});
