import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Upload } from '../src/uploads/upload.entity.js';
import { database } from './account-fixtures.js';
import { pdf, photo, program, svg } from './sample-files.js';
import { CONFIRM_UPLOAD, confirm, put, REQUEST_UPLOAD, requestUpload, storedKeys, upload } from './uploads-client.js';

let graph: TestGraph;
let em: EntityManager;
let anna: TestPerson;
let picture: Buffer;

beforeAll(async () => {
  graph = await startTestGraph(['accounts']);
  await graph.files.serve();
  picture = await photo();
});
afterAll(() => graph.close());
beforeEach(async () => {
  em = database(graph);
  anna = await graph.person('TUTOR');
});

const stored = (id: string): Promise<Upload> => em.fork().findOneOrFail(Upload, { id });
const refusalOf = async (input: object, person = anna): Promise<object> => {
  const { data } = await graph.run('accounts', REQUEST_UPLOAD, { input }, person);
  return data['requestUpload'] as object;
};

describe('requesting an upload', () => {
  it('gives a place for one file, for a quarter of an hour', async () => {
    const place = await requestUpload(graph, anna, { contentType: 'image/jpeg', size: picture.length });
    expect(place.upload).toMatchObject({ kind: 'AVATAR', status: 'REQUESTED', size: picture.length, url: null });
    expect(place.headers).toEqual([{ name: 'content-type', value: 'image/jpeg' }]);
    const minutes = (Date.parse(place.expiresAt) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(14);
    expect(minutes).toBeLessThanOrEqual(15);
  });

  it('refuses types and sizes that the kind does not take, and names the field', async () => {
    const jpeg = { kind: 'AVATAR', contentType: 'image/jpeg', size: 100 };
    expect(await refusalOf({ ...jpeg, contentType: 'application/pdf' })).toMatchObject({
      upload: null,
      url: null,
      userErrors: [
        {
          code: 'FILE_TYPE_NOT_ALLOWED',
          field: ['input', 'contentType'],
          message: expect.stringContaining('JPEG, PNG, WEBP.'),
        },
      ],
    });
    expect(await refusalOf({ ...jpeg, contentType: 'image/svg+xml' })).toMatchObject({
      userErrors: [{ code: 'FILE_TYPE_NOT_ALLOWED' }],
    });
    expect(await refusalOf({ ...jpeg, size: 5 * 1024 * 1024 + 1 })).toMatchObject({
      userErrors: [{ code: 'FILE_TOO_LARGE', field: ['input', 'size'], message: expect.stringContaining('5 MB') }],
    });
    expect(await refusalOf({ ...jpeg, size: 0 })).toMatchObject({
      userErrors: [{ code: 'INVALID_INPUT', field: ['input', 'size'] }],
    });
  });

  it('speaks the language of the viewer', async () => {
    const boris = await graph.person('TUTOR', { locale: 'ru' });
    expect(await refusalOf({ kind: 'AVATAR', contentType: 'image/gif', size: 1 }, boris)).toMatchObject({
      userErrors: [{ message: expect.stringContaining('Подойдут: JPEG, PNG, WEBP') }],
    });
  });

  it('is for people who are signed in, 30 times an hour', async () => {
    const input = { kind: 'AVATAR', contentType: 'image/jpeg', size: 1 };
    expect((await graph.run('accounts', REQUEST_UPLOAD, { input })).codes).toEqual(['UNAUTHENTICATED']);
    expect((await graph.run('accounts', CONFIRM_UPLOAD, { uploadId: 'x' })).codes).toEqual(['UNAUTHENTICATED']);
    for (let count = 0; count < 30; count++) await requestUpload(graph, anna, input);
    const { codes, errors } = await graph.run('accounts', REQUEST_UPLOAD, { input }, anna);
    expect([codes, errors?.[0]?.extensions['retryAfter']]).toEqual([['RATE_LIMITED'], expect.any(Number)]);
    await requestUpload(graph, await graph.person('TUTOR'), input);
  });
});

describe('a file that was put', () => {
  it('is confirmed under new keys, without what the camera wrote, and the raw one is gone', async () => {
    const place = await requestUpload(graph, anna, { contentType: 'image/jpeg', size: picture.length });
    expect(await put(place, picture)).toBe(200);
    const { rawKey } = await stored(place.upload.id);
    expect(await storedKeys(graph, rawKey ?? '')).toEqual([rawKey]);
    const { upload: confirmed } = await confirm(graph, anna, place.upload.id);
    expect(confirmed).toMatchObject({ id: place.upload.id, status: 'CONFIRMED', contentType: 'image/webp' });
    expect(await storedKeys(graph, rawKey ?? '')).toEqual([]);
    const { storageKey } = await stored(place.upload.id);
    expect(await storedKeys(graph, storageKey ?? '')).toHaveLength(3);
    const saved = await fetch(confirmed?.url ?? '');
    expect(saved.headers.get('content-disposition')).toBe('attachment; filename=avatar.webp');
    const bytes = Buffer.from(await saved.arrayBuffer());
    expect(bytes.length).toBe(confirmed?.size);
    expect((await sharp(bytes).metadata()).exif).toBeUndefined();
    expect(bytes.toString('latin1')).not.toMatch(/Camera|home-address/);
  });

  it('may be a PDF, which is saved, never shown', async () => {
    const diploma = await upload(graph, anna, pdf(), { kind: 'DOCUMENT', contentType: 'application/pdf' });
    const saved = await fetch(diploma.url ?? '');
    expect(saved.headers.get('content-type')).toBe('application/pdf');
    expect(saved.headers.get('content-disposition')).toBe('attachment; filename=document.pdf');
    expect(Buffer.from(await saved.arrayBuffer()).equals(pdf())).toBe(true);
  });

  it('gives the same result when it is confirmed again', async () => {
    const first = await upload(graph, anna, picture);
    const { upload: again } = await confirm(graph, anna, first.id);
    expect({ ...again, url: '' }).toEqual({ ...first, url: '' });
  });

  it('is checked once when many confirm it at once', async () => {
    const before = (await storedKeys(graph, 'avatars/')).length;
    const place = await requestUpload(graph, anna, { contentType: 'image/jpeg', size: picture.length });
    await put(place, picture);
    const results = await Promise.all(Array.from({ length: 6 }, () => confirm(graph, anna, place.upload.id)));
    expect(results.map(({ upload: it }) => it?.status)).toEqual(Array(6).fill('CONFIRMED'));
    expect((await storedKeys(graph, 'avatars/')).length - before).toBe(3);
  });

  it.each([
    ['a program', 'image/jpeg', program],
    ['a drawing with a script', 'image/png', svg],
  ])('is refused for good when it is %s', async (_what, contentType, bytes) => {
    const place = await requestUpload(graph, anna, { contentType, size: bytes.length });
    await put(place, bytes);
    expect(await confirm(graph, anna, place.upload.id)).toEqual({ upload: null, codes: ['FILE_TYPE_NOT_ALLOWED'] });
    expect(await confirm(graph, anna, place.upload.id)).toEqual({ upload: null, codes: ['FILE_TYPE_NOT_ALLOWED'] });
    expect(await stored(place.upload.id)).toMatchObject({ status: 'REFUSED', storageKey: null });
    expect(await storedKeys(graph, 'incoming/')).not.toContain((await stored(place.upload.id)).rawKey);
  });

  it('is refused by the storage when it has another size or type than was said, or comes elsewhere', async () => {
    const place = await requestUpload(graph, anna, { contentType: 'image/jpeg', size: picture.length });
    expect(await put(place, picture.subarray(1))).toBe(403);
    expect(await put(place, Buffer.concat([picture, picture]))).toBe(403);
    expect(await put(place, picture, { 'content-type': 'text/html' })).toBe(403);
    expect(await put({ ...place, url: place.url.replace(/incoming\/..../, 'incoming/0000') }, picture)).toBe(403);
    expect(await put({ ...place, url: place.url.replace(/expires=\d+/, 'expires=9999999999') }, picture)).toBe(403);
    expect(await confirm(graph, anna, place.upload.id)).toMatchObject({ codes: ['UPLOAD_NOT_RECEIVED'] });
    expect(await put(place, picture)).toBe(200);
    expect(await confirm(graph, anna, place.upload.id)).toMatchObject({ upload: { status: 'CONFIRMED' }, codes: [] });
  });

  it('is refused when a storage let more through than was said', async () => {
    const place = await requestUpload(graph, anna, { contentType: 'image/jpeg', size: 100 });
    const { rawKey } = await stored(place.upload.id);
    await graph.files.storage.put(rawKey ?? '', picture, { contentType: 'image/jpeg' });
    expect(await confirm(graph, anna, place.upload.id)).toMatchObject({ codes: ['FILE_TOO_LARGE'] });
  });

  it('cannot be exchanged after it was confirmed', async () => {
    const place = await requestUpload(graph, anna, { contentType: 'image/jpeg', size: picture.length });
    await put(place, picture);
    const { upload: first } = await confirm(graph, anna, place.upload.id);
    const other = Buffer.concat([await photo({ orientation: 3 }), Buffer.alloc(picture.length)]);
    await put(place, other.subarray(0, picture.length));
    const { upload: second } = await confirm(graph, anna, place.upload.id);
    expect(second?.size).toBe(first?.size);
    const bytes = await Promise.all([first, second].map(async (it) => (await fetch(it?.url ?? '')).arrayBuffer()));
    expect(bytes[0]?.byteLength).toBeGreaterThan(0);
    expect(bytes[1]).toEqual(bytes[0]);
  });
});

describe('an upload', () => {
  const REFERENCE = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on Upload { id status url } }
  }`;

  it('of somebody else is not there', async () => {
    const place = await requestUpload(graph, anna, { contentType: 'image/jpeg', size: picture.length });
    await put(place, picture);
    const mallory = await graph.person('SUPER_ADMIN');
    expect(await confirm(graph, mallory, place.upload.id)).toEqual({ upload: null, codes: ['UPLOAD_NOT_FOUND'] });
    expect(await confirm(graph, anna, 'not an id')).toEqual({ upload: null, codes: ['UPLOAD_NOT_FOUND'] });
    const representations = [{ __typename: 'Upload', id: place.upload.id }];
    expect((await graph.run('accounts', REFERENCE, { representations }, mallory)).data).toEqual({ _entities: [null] });
    expect((await graph.run('accounts', REFERENCE, { representations })).data).toEqual({ _entities: [null] });
    expect((await graph.run('accounts', REFERENCE, { representations }, anna)).data).toMatchObject({
      _entities: [{ id: place.upload.id, status: 'REQUESTED' }],
    });
  });

  it('tells its key to our services that ask for it, and to nobody else', async () => {
    const { id } = await upload(graph, anna, picture);
    const fields = ['ownerId', 'kind', 'contentType', 'size', 'storageKey'];
    const found = await graph.client.entities('accounts', 'Upload', [id], fields);
    const { storageKey } = await stored(id);
    expect(found.get(id)).toMatchObject({
      ownerId: anna.userId,
      kind: 'AVATAR',
      contentType: 'image/webp',
      storageKey,
    });
    const representations = [{ __typename: 'Upload', id }];
    const own = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Upload { storageKey } } }';
    expect((await graph.run('accounts', own, { r: representations }, anna)).codes).toEqual(['FORBIDDEN']);
    const unscoped = { query: own, variables: { r: representations } };
    await expect(graph.client.query('accounts', unscoped, ['Upload.kind'])).rejects.toThrow(/did not answer/);
  });

  it('has no key before it is confirmed', async () => {
    const { upload: fresh } = await requestUpload(graph, anna, { contentType: 'image/jpeg', size: 9 });
    const found = await graph.client.entities('accounts', 'Upload', [fresh.id], ['storageKey']);
    expect(found.get(fresh.id)).toEqual({ id: fresh.id, storageKey: null });
  });

  it('that a dead process was checking is taken over, and what it wrote is removed', async () => {
    const place = await requestUpload(graph, anna, { contentType: 'image/jpeg', size: picture.length });
    await put(place, picture);
    const half = 'avatars/0123456789abcdef';
    await graph.files.storage.put(`${half}/512.webp`, picture, { contentType: 'image/webp' });
    const claimedAt = new Date(Date.now() - 61_000);
    await em.nativeUpdate(Upload, { id: place.upload.id }, { status: 'PROCESSING', claimedAt, storageKey: half });
    expect(await confirm(graph, anna, place.upload.id)).toMatchObject({ upload: { status: 'CONFIRMED' } });
    expect(await storedKeys(graph, half)).toEqual([]);
  });

  it('that somebody is checking now is waited for', async () => {
    const place = await requestUpload(graph, anna, { contentType: 'image/jpeg', size: picture.length });
    const claim = { status: 'PROCESSING', claimedAt: new Date(), storageKey: 'avatars/other' } as const;
    await em.nativeUpdate(Upload, { id: place.upload.id }, claim);
    const confirming = confirm(graph, anna, place.upload.id);
    await delay(300);
    await em.nativeUpdate(Upload, { id: place.upload.id }, { status: 'CONFIRMED', claimedAt: null });
    expect(await confirming).toMatchObject({ upload: { status: 'CONFIRMED' } });
  });

  it('may be confirmed again when the storage failed meanwhile, and nothing is left of the first time', async () => {
    const place = await requestUpload(graph, anna, { contentType: 'image/jpeg', size: picture.length });
    await put(place, picture);
    const avatars = join(graph.files.folder, 'files/objects/avatars');
    await mkdir(avatars, { recursive: true });
    const before = await storedKeys(graph, 'avatars/');
    await rename(avatars, `${avatars}-away`);
    await writeFile(avatars, 'a file where a folder should be');
    expect(await confirm(graph, anna, place.upload.id)).toMatchObject({ codes: ['INTERNAL_SERVER_ERROR'] });
    expect(await stored(place.upload.id)).toMatchObject({ status: 'REQUESTED', claimedAt: null });
    await rm(avatars);
    await rename(`${avatars}-away`, avatars);
    expect(await confirm(graph, anna, place.upload.id)).toMatchObject({ upload: { status: 'CONFIRMED' } });
    expect((await storedKeys(graph, 'avatars/')).length - before.length).toBe(3);
  });

  it('that somebody is checking now is not checked twice, and says so in the end', async () => {
    const place = await requestUpload(graph, anna, { contentType: 'image/jpeg', size: picture.length });
    await put(place, picture);
    const claim = { status: 'PROCESSING', claimedAt: new Date(), storageKey: 'avatars/other' } as const;
    await em.nativeUpdate(Upload, { id: place.upload.id }, claim);
    expect(await confirm(graph, anna, place.upload.id)).toEqual({ upload: null, codes: ['UPLOAD_BEING_CHECKED'] });
    await em.nativeUpdate(Upload, { id: place.upload.id }, { status: 'REQUESTED', claimedAt: null });
    expect(await confirm(graph, anna, place.upload.id)).toMatchObject({ upload: { status: 'CONFIRMED' } });
  });
});
