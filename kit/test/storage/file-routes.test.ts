import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DiskStorage } from '../../src/storage/disk-storage.js';
import { FileSignatures } from '../../src/storage/file-signatures.js';
import { openDisk } from './storages.js';

let disk: Awaited<ReturnType<typeof openDisk>>;
beforeAll(async () => {
  disk = await openDisk();
});
afterAll(() => disk.close());

const incoming = (): Promise<string[]> => readdir(join(disk.folder, 'files/incoming'));

async function signedGet(key: string, body: string, contentType = 'text/plain'): Promise<string> {
  await disk.storage.put(key, Buffer.from(body), { contentType });
  return disk.storage.signGet(key, { expiresInSeconds: 60 });
}

/** Begins a PUT whose body the test writes itself. */
async function beginPut(key: string, size: number, headers: Record<string, string | number> = {}) {
  const signed = await disk.storage.signPut(key, { contentType: 'text/plain', size, expiresInSeconds: 60 });
  return request(signed.url, { method: 'PUT', headers: { ...signed.headers, 'content-length': size, ...headers } });
}

describe('a file on disk that is got', () => {
  test('is nothing but data for a browser, and is kept by that browser only, while the URL is good', async () => {
    const response = await fetch(await signedGet('a', '<script>'));
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'content-disposition': 'inline',
      'cache-control': expect.stringMatching(/^private, max-age=(?:59|60)$/),
      'content-length': '8',
    });
  });

  test('comes in parts when asked, and not again when it is the same', async () => {
    const url = await signedGet('b', '0123456789');
    const part = await fetch(url, { headers: { range: 'bytes=2-4' } });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 2-4/10', '234']);
    expect((await fetch(url, { headers: { range: 'bytes=20-' } })).status).toBe(416);
    const etag = part.headers.get('etag') ?? '';
    expect((await fetch(url, { headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' } })).status).toBe(304);
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '10', '']);
  });

  test.each(['%2e%2e/%2e%2e/secret-key', '..%2f..%2fsecret-key', '.hidden', 'a%00', '%ZZ'])(
    'is none outside the folder: %s',
    async (path) => {
      await writeFile(join(disk.folder, 'secret-key'), 'the words');
      const response = await fetch(`${disk.origin}/files/${path}?expires=9999999999&signature=aaaa`);
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(await response.text()).not.toContain('the words');
    },
  );

  test('needs the signature of our own secret', async () => {
    await signedGet('c', 'hello');
    const expires = Math.floor(Date.now() / 1000) + 60;
    const forged = createHmac('sha256', 'another secret').update(`GET c ${expires}`).digest('base64url');
    expect((await fetch(`${disk.origin}/files/c?expires=${expires}&signature=${forged}`)).status).toBe(403);
    expect((await fetch(`${disk.origin}/files/c?expires=${expires}&signature=`)).status).toBe(403);
    expect((await fetch(`${disk.origin}/files/c?signature=a&signature=b&expires=1`)).status).toBe(403);
  });
});

describe('a file on disk that is put', () => {
  test('goes to the disk as it comes in, and is seen when all of it is there', async () => {
    const put = await beginPut('slow', 200_000);
    put.write(Buffer.alloc(150_000));
    const grown = async (): Promise<number> => {
      const [name] = await incoming();
      return name ? (await stat(join(disk.folder, 'files/incoming', name))).size : 0;
    };
    await expect.poll(grown).toBe(150_000);
    expect(await disk.storage.head('slow')).toBeUndefined();
    put.end(Buffer.alloc(50_000));
    const [response] = await once(put, 'response');
    expect(response.statusCode).toBe(200);
    expect(await disk.storage.head('slow')).toEqual({ size: 200_000, contentType: 'text/plain' });
    expect(await incoming()).toEqual([]);
  });

  test('leaves nothing behind when the client goes away', async () => {
    const put = await beginPut('left', 200_000);
    put.on('error', () => {});
    put.write(Buffer.alloc(150_000));
    await expect.poll(async () => (await incoming()).length).toBe(1);
    put.destroy();
    await expect.poll(incoming).toEqual([]);
    expect(await disk.storage.head('left')).toBeUndefined();
  });

  test('has to say how long it is', async () => {
    const put = await beginPut('unknown', 5);
    put.removeHeader('content-length');
    put.end('hello');
    const [response] = await once(put, 'response');
    expect(response.statusCode).toBe(411);
    expect(await disk.storage.head('unknown')).toBeUndefined();
  });

  test('may be put again by the same URL, whole each time', async () => {
    const signed = await disk.storage.signPut('again', { contentType: 'text/plain', size: 3, expiresInSeconds: 60 });
    const put = (body: string) => fetch(signed.url, { method: 'PUT', headers: signed.headers, body });
    const answers = await Promise.all(['one', 'two', 'six'].map(put));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(['one', 'two', 'six']).toContain(
      await (await fetch(await disk.storage.signGet('again', { expiresInSeconds: 9 }))).text(),
    );
  });

  test('may come from a page of any origin where the process says so', async () => {
    const preflight = await fetch(`${disk.origin}/files/x`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.example.com',
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'content-type',
      },
    });
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, PUT',
      'access-control-allow-headers': 'content-type',
    });
  });
});

test('what a killed process left half-written is removed at a later start', async () => {
  const [old, fresh] = ['old', 'fresh'].map((name) => join(disk.folder, 'files/incoming', name));
  await writeFile(old ?? '', 'half');
  await writeFile(fresh ?? '', 'half');
  const dayBefore = new Date(Date.now() - 25 * 60 * 60 * 1000);
  await utimes(old ?? '', dayBefore, dayBefore);
  await new DiskStorage(join(disk.folder, 'files'), new FileSignatures('x'.repeat(32)), () => '').prepare();
  expect(await incoming()).toEqual(['fresh']);
});
