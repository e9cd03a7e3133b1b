import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Upload } from '../src/uploads/upload.entity.js';
import { User } from '../src/users/user.entity.js';
import { database } from './account-fixtures.js';
import { pdf, photo } from './sample-files.js';
import { requestUpload, storedKeys, type UploadOfApi, upload } from './uploads-client.js';

let graph: TestGraph;
let anna: TestPerson;
let picture: Buffer;

const SET = `mutation ($uploadId: ID!) {
  setAvatar(input: { uploadId: $uploadId }) { user { id avatarUrl } userErrors { code field } }
}`;
const REMOVE = 'mutation { removeAvatar { user { id avatarUrl } userErrors { code } } }';
const URLS =
  'query ($id: ID!) { user(id: $id) { avatarUrl small: avatarUrl(size: SMALL) large: avatarUrl(size: LARGE) } }';

beforeAll(async () => {
  graph = await startTestGraph(['accounts']);
  await graph.files.serve();
  picture = await photo();
});
afterAll(() => graph.close());
beforeEach(async () => {
  anna = await graph.person('TUTOR');
});

interface Urls {
  avatarUrl: string | null;
  small: string | null;
  large: string | null;
}

async function urls(id = anna.userId, viewer = anna): Promise<Urls> {
  return ((await graph.run('accounts', URLS, { id }, viewer)).data as { user: Urls }).user;
}

async function setAvatar(person: TestPerson): Promise<UploadOfApi> {
  const made = await upload(graph, person, picture);
  const { data } = await graph.run('accounts', SET, { uploadId: made.id }, person);
  expect(data).toMatchObject({ setAvatar: { userErrors: [] } });
  return made;
}

describe('a picture of oneself', () => {
  it('is there in three sizes for whoever sees the name', async () => {
    expect(await urls()).toEqual({ avatarUrl: null, small: null, large: null });
    await setAvatar(anna);
    const seen = await urls(anna.userId, await graph.person('STUDENT'));
    const sides = await Promise.all(
      [seen.small, seen.avatarUrl, seen.large].map(async (url) => {
        const response = await fetch(url ?? '');
        expect(response.headers.get('cache-control')).toMatch(/^private, max-age=\d{6}$/);
        return (await sharp(Buffer.from(await response.arrayBuffer())).metadata()).width;
      }),
    );
    expect(sides).toEqual([64, 256, 512]);
    expect(await urls()).toEqual(seen);
  });

  it('is the one from Telegram until there is another', async () => {
    const telegramPhotoUrl = 'https://t.me/i/userpic/320/anna.svg';
    await database(graph).nativeUpdate(User, { id: anna.userId }, { telegramPhotoUrl });
    expect((await urls()).avatarUrl).toBe(telegramPhotoUrl);
    await setAvatar(anna);
    expect((await urls()).avatarUrl).toMatch(/\/files\/avatars\//);
  });

  it('is replaced, and the one before is removed', async () => {
    const first = await setAvatar(anna);
    const { avatarUrl } = await urls();
    const { storageKey } = await database(graph).findOneOrFail(Upload, { id: first.id });
    await setAvatar(anna);
    expect((await urls()).avatarUrl).not.toBe(avatarUrl);
    await expect.poll(() => storedKeys(graph, storageKey ?? '')).toEqual([]);
    expect((await fetch(avatarUrl ?? '')).status).toBe(404);
    const again = await graph.run('accounts', SET, { uploadId: first.id }, anna);
    expect(again.data).toMatchObject({ setAvatar: { user: null, userErrors: [{ code: 'UPLOAD_NOT_FOUND' }] } });
  });

  it('stays when it is set again', async () => {
    const { id } = await setAvatar(anna);
    const before = await urls();
    const { data } = await graph.run('accounts', SET, { uploadId: id }, anna);
    expect(data).toMatchObject({ setAvatar: { user: { avatarUrl: before.avatarUrl }, userErrors: [] } });
    expect((await fetch(before.avatarUrl ?? '')).status).toBe(200);
  });

  it('is the last of two that are set at once, and the other is removed', async () => {
    const before = (await storedKeys(graph, 'avatars/')).length;
    const two = await Promise.all([upload(graph, anna, picture), upload(graph, anna, picture)]);
    await Promise.all(two.map(({ id }) => graph.run('accounts', SET, { uploadId: id }, anna)));
    await expect.poll(async () => (await storedKeys(graph, 'avatars/')).length - before).toBe(3);
    expect((await fetch((await urls()).large ?? '')).status).toBe(200);
  });

  it('can be taken away, again and again', async () => {
    await setAvatar(anna);
    for (let time = 0; time < 2; time++) {
      const { data } = await graph.run('accounts', REMOVE, {}, anna);
      expect(data).toEqual({ removeAvatar: { user: { id: anna.userId, avatarUrl: null }, userErrors: [] } });
    }
    expect((await graph.run('accounts', REMOVE)).codes).toEqual(['UNAUTHENTICATED']);
  });

  it('comes from an own, confirmed upload of its kind', async () => {
    const set = async (uploadId: string) => (await graph.run('accounts', SET, { uploadId }, anna)).data['setAvatar'];
    const notFound = { user: null, userErrors: [{ code: 'UPLOAD_NOT_FOUND', field: ['input', 'uploadId'] }] };
    const stranger = await graph.person('TUTOR');
    expect(await set((await upload(graph, stranger, picture)).id)).toEqual(notFound);
    const document = { kind: 'DOCUMENT', contentType: 'application/pdf' };
    expect(await set((await upload(graph, anna, pdf(), document)).id)).toEqual(notFound);
    expect(await set('x')).toEqual(notFound);
    const place = await requestUpload(graph, anna, { contentType: 'image/jpeg', size: 9 });
    expect(await set(place.upload.id)).toMatchObject({ userErrors: [{ code: 'UPLOAD_NOT_CONFIRMED' }] });
  });

  it('takes no statement of its own, however many are listed', async () => {
    const admin = await graph.person('ADMIN');
    for (let index = 0; index < 20; index++) {
      const { userId } = await graph.person('STUDENT');
      await database(graph).nativeUpdate(User, { id: userId }, { avatarKey: `avatars/${index}` });
    }
    const query = 'query ($first: Int) { users(first: $first) { edges { node { avatarUrl } } } }';
    const counts: number[] = [];
    for (const first of [1, 20]) {
      const { statements, result } = await withStatements(() => graph.run('accounts', query, { first }, admin));
      expect(JSON.stringify(result.data)).toContain('/files/avatars/');
      counts.push(statements.length);
    }
    expect(counts).toEqual([1, 1]);
  });
});
