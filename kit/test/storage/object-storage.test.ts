import { once } from 'node:events';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { transaction } from '../../src/database/transaction.js';
import { ObjectNotFoundError } from '../../src/storage/object-storage.js';
import { type TestDatabase, testDatabase } from '../../src/testing/database.js';
import { openNotes } from '../support/notes.js';
import { openDisk, openS3, type TestStorage } from './storages.js';

const bytes = (length: number, seed = 7): Buffer =>
  Buffer.from(Array.from({ length }, (_, index) => (index * seed) % 251));
const text = (value: string): Buffer => Buffer.from(value);
/** Sets the clock of this process, in which the servers run too; clients of S3 adjust to it, so they only sign then. */
const setClock = (time: string): void => void vi.useFakeTimers({ toFake: ['Date'], now: new Date(time) });

afterEach(() => vi.useRealTimers());

describe.each([
  ['on disk', openDisk],
  ['on S3', openS3],
])('files %s', (_where, open: () => Promise<TestStorage>) => {
  let opened: TestStorage;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  async function keysOf(prefix: string): Promise<string[]> {
    const keys: string[] = [];
    for await (const key of opened.storage.list(prefix)) keys.push(key);
    return keys.sort();
  }

  test('come back as they were put, with their type', async () => {
    const { storage } = opened;
    await storage.put('letters/a.txt', text('hello'), { contentType: 'text/plain' });
    expect(await buffer(await storage.get('letters/a.txt'))).toEqual(text('hello'));
    expect(await storage.head('letters/a.txt')).toEqual({ size: 5, contentType: 'text/plain' });
  });

  test('may come as a stream of any length, of which nobody says how long it is', async () => {
    const { storage } = opened;
    const parts = [bytes(9_000_000), bytes(9_000_000, 3), bytes(10)];
    await storage.put('streams/long', Readable.from(parts), { contentType: 'application/zip' });
    const whole = Buffer.concat(parts);
    expect((await buffer(await storage.get('streams/long'))).equals(whole)).toBe(true);
    await storage.put('streams/short', Readable.from([text('few')]), { contentType: 'text/plain' });
    expect(await storage.head('streams/short')).toEqual({ size: 3, contentType: 'text/plain' });
  });

  test('are not there when their stream broke off', async () => {
    const { storage } = opened;
    const broken = Readable.from(
      (async function* () {
        yield bytes(9_000_000);
        yield bytes(9_000_000);
        throw new Error('the source is gone');
      })(),
    );
    await expect(storage.put('streams/broken', broken, { contentType: 'text/plain' })).rejects.toThrow();
    expect(await storage.head('streams/broken')).toBeUndefined();
  });

  test('are replaced whole', async () => {
    const { storage } = opened;
    await storage.put('letters/b', text('the first, which is long'), { contentType: 'text/plain' });
    await storage.put('letters/b', text('second'), { contentType: 'text/html' });
    expect(await buffer(await storage.get('letters/b'))).toEqual(text('second'));
    expect(await storage.head('letters/b')).toEqual({ size: 6, contentType: 'text/html' });
  });

  test('that do not exist have no head, and reading them says so', async () => {
    expect(await opened.storage.head('letters/none')).toBeUndefined();
    await expect(opened.storage.get('letters/none')).rejects.toThrow(ObjectNotFoundError);
    await expect(opened.storage.get('letters/none')).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
  });

  test('are listed by how their keys begin', async () => {
    const { storage } = opened;
    for (const key of ['lists/a/1', 'lists/a/2', 'lists/a/3', 'lists/ab', 'lists/b']) {
      await storage.put(key, text(key), { contentType: 'text/plain' });
    }
    expect(await keysOf('lists/a/')).toEqual(['lists/a/1', 'lists/a/2', 'lists/a/3']);
    expect(await keysOf('lists/a')).toEqual(['lists/a/1', 'lists/a/2', 'lists/a/3', 'lists/ab']);
    expect(await keysOf('lists/none')).toEqual([]);
  });

  test('are removed for good, and removing them again changes nothing', async () => {
    const { storage } = opened;
    const keys = Array.from({ length: 20 }, (_, index) => `gone/${index}`);
    for (const key of keys) await storage.put(key, text('x'), { contentType: 'text/plain' });
    await storage.remove(keys);
    await storage.remove([...keys, 'gone/never']);
    await storage.remove([]);
    expect(await keysOf('gone/')).toEqual([]);
  });

  test('are put and removed side by side without losing one another', async () => {
    const { storage } = opened;
    await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        await storage.put(`crowd/${index}`, text('x'), { contentType: 'text/plain' });
        if (index % 2 === 0) await storage.remove([`crowd/${index}`]);
      }),
    );
    expect(await keysOf('crowd/')).toHaveLength(20);
  });

  test.each([
    '../escape',
    'a/../../b',
    '/root',
    'a//b',
    'Upper',
    'a b',
    '.hidden',
    'a/.',
    '',
    `a/${'x'.repeat(600)}`,
    'a\0b',
  ])('have no key such as %j', async (key) => {
    const { storage } = opened;
    await expect(storage.put(key, text('x'), { contentType: 'text/plain' })).rejects.toThrow(/is not a key/);
    await expect(storage.get(key)).rejects.toThrow(/is not a key/);
    await expect(storage.remove([key])).rejects.toThrow(/is not a key/);
    await expect(storage.signGet(key, { expiresInSeconds: 60 })).rejects.toThrow(/is not a key/);
  });

  test('can be put by whoever has a signed URL', async () => {
    const { storage } = opened;
    const body = bytes(200_000);
    const signed = await storage.signPut('in/photo', {
      contentType: 'image/png',
      size: body.length,
      expiresInSeconds: 60,
    });
    const response = await fetch(signed.url, { method: 'PUT', headers: signed.headers, body });
    expect(response.status).toBe(200);
    expect(await storage.head('in/photo')).toEqual({ size: body.length, contentType: 'image/png' });
    expect((await buffer(await storage.get('in/photo'))).equals(body)).toBe(true);
  });

  test.each([
    ['of another type', { type: 'text/html' }],
    ['that is longer', { size: 101 }],
    ['that is shorter', { size: 99 }],
    ['under another key', { change: ['in/mine', 'in/other'] }],
    ['for longer than signed', { change: [/(expires=)\d+/i, '$19999999999'] }],
    ['with another signature', { change: [/(signature=).{6}/i, '$1aaaaaa'] }],
  ] as const)('are refused when somebody puts one %s', async (_what, tampering) => {
    const { storage } = opened;
    const { type = 'image/png', size = 100, change = ['', ''] } = tampering as Tampering;
    const signed = await storage.signPut('in/mine', { contentType: 'image/png', size: 100, expiresInSeconds: 60 });
    const url = signed.url.replace(change[0], change[1]);
    const response = await fetch(url, { method: 'PUT', headers: { 'content-type': type }, body: bytes(size) });
    expect(response.status).toBe(403);
    expect(await keysOf('in/m')).toEqual([]);
    expect(await keysOf('in/o')).toEqual([]);
  });

  test('can be got by whoever has a signed URL, and saved under a name', async () => {
    const { storage } = opened;
    await storage.put('out/a', text('hello'), { contentType: 'application/pdf' });
    const plain = await fetch(await storage.signGet('out/a', { expiresInSeconds: 60 }));
    expect(plain.headers.get('content-type')).toBe('application/pdf');
    expect(await plain.text()).toBe('hello');
    const named = await fetch(await storage.signGet('out/a', { expiresInSeconds: 60, downloadName: 'Диплом "1".pdf' }));
    const disposition = named.headers.get('content-disposition') ?? '';
    expect(disposition).toMatch(/^attachment; filename="[^"]*(\\"[^"]*)*"; filename\*=UTF-8''%D0%94/);
    expect(await named.text()).toBe('hello');
  });

  test('are not got by a URL that was signed to put them, or for another, or to be shown', async () => {
    const { storage } = opened;
    await storage.put('out/b', text('hello'), { contentType: 'text/plain' });
    const get = await storage.signGet('out/b', { expiresInSeconds: 60 });
    const put = await storage.signPut('out/b', { contentType: 'text/plain', size: 5, expiresInSeconds: 60 });
    const named = await storage.signGet('out/b', { expiresInSeconds: 60, downloadName: 'b.txt' });
    const attempts = [
      fetch(put.url, { headers: put.headers }),
      fetch(get, { method: 'PUT', body: 'x', headers: { 'content-type': 'text/plain' } }),
      fetch(get.replace('out/b', 'out/a')),
      fetch(get.split('?')[0] ?? ''),
      fetch(named.replace('b.txt', 'b.exe')),
    ];
    expect((await Promise.all(attempts)).map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
  });

  test('are neither put nor got when the time is over', async () => {
    const { storage } = opened;
    await storage.put('out/c', text('hello'), { contentType: 'text/plain' });
    setClock('2026-11-21T09:00:00Z');
    const get = await storage.signGet('out/c', { expiresInSeconds: 60 });
    const put = await storage.signPut('out/c', { contentType: 'text/plain', size: 5, expiresInSeconds: 60 });
    setClock('2026-11-21T09:00:59Z');
    expect((await fetch(get)).status).toBe(200);
    setClock('2026-11-21T09:01:00Z');
    const late = [fetch(get), fetch(put.url, { method: 'PUT', headers: put.headers, body: 'later' })];
    expect((await Promise.all(late)).map(({ status }) => status)).toEqual([403, 403]);
    vi.useRealTimers();
    expect(await buffer(await storage.get('out/c'))).toEqual(text('hello'));
  });

  test('that are absent answer 404 to a good URL', async () => {
    expect((await fetch(await opened.storage.signGet('out/none', { expiresInSeconds: 60 }))).status).toBe(404);
  });

  test('may have a URL that is the same for everybody for a while', async () => {
    const { storage } = opened;
    const day = 24 * 60 * 60;
    const sign = (): Promise<string> => storage.signGet('out/d', { expiresInSeconds: 7 * day, stableForSeconds: day });
    await storage.put('out/d', text('hello'), { contentType: 'text/plain' });
    setClock('2026-11-21T00:00:00Z');
    const first = await sign();
    setClock('2026-11-21T23:59:59Z');
    expect(await sign()).toBe(first);
    setClock('2026-11-22T00:00:00Z');
    expect(await sign()).not.toBe(first);
    setClock('2026-11-27T23:59:59Z');
    expect((await fetch(first)).status).toBe(200);
  });

  test('are signed for a second to seven days', async () => {
    const sign = (expiresInSeconds: number) => opened.storage.signGet('out/a', { expiresInSeconds });
    await expect(sign(0)).rejects.toThrow(/seven days/);
    await expect(sign(7 * 24 * 60 * 60 + 1)).rejects.toThrow(/seven days/);
  });

  test('can be left before their end', async () => {
    const { storage } = opened;
    await storage.put('out/e', bytes(5_000_000), { contentType: 'text/plain' });
    const file = await storage.get('out/e');
    await once(file, 'readable');
    file.destroy();
    await once(file, 'close');
  });
});

describe('files', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase({ migrate: async () => {}, cacheKey: [] });
  });
  afterAll(() => database.close());

  test('are not touched inside a database transaction, whatever is asked', async () => {
    const { storage, close } = await openDisk();
    const orm = await openNotes(database.url, 'files');
    const inside = <T>(work: () => Promise<T>): Promise<T> => transaction(orm.em, work);
    const refused = /inside a database transaction/;
    await expect(inside(() => storage.put('a', text('x'), { contentType: 'text/plain' }))).rejects.toThrow(refused);
    await expect(inside(() => storage.get('a'))).rejects.toThrow(refused);
    await expect(inside(() => storage.head('a'))).rejects.toThrow(refused);
    await expect(inside(async () => storage.list('a'))).rejects.toThrow(refused);
    await expect(inside(() => storage.remove([]))).rejects.toThrow(refused);
    await expect(inside(() => storage.signGet('a', { expiresInSeconds: 1 }))).rejects.toThrow(refused);
    const put = { contentType: 'text/plain', size: 1, expiresInSeconds: 1 };
    await expect(inside(() => storage.signPut('a', put))).rejects.toThrow(refused);
    await orm.close();
    await close();
  });
});

interface Tampering {
  type?: string;
  size?: number;
  change?: [string | RegExp, string];
}
