import type { EntityManager } from '@mikro-orm/postgresql';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { purgeUploads } from '../src/jobs/purge-uploads.job.js';
import { eraseFilesOfUser, filesOfUser } from '../src/uploads/files-of-user.js';
import { Upload } from '../src/uploads/upload.entity.js';
import { User } from '../src/users/user.entity.js';
import { database } from './account-fixtures.js';
import { pdf, photo } from './sample-files.js';
import { confirm, put, requestUpload, storedKeys, upload } from './uploads-client.js';

const HOUR_MS = 60 * 60 * 1000;

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
  await em.nativeDelete(Upload, {});
  await graph.files.storage.remove(await storedKeys(graph));
  anna = await graph.person('TUTOR');
});

const never = new AbortController().signal;
const purgeAfter = (hours: number, signal = never): Promise<void> =>
  purgeUploads(em, graph.files.storage, new Date(Date.now() + hours * HOUR_MS), signal);
const ids = async (): Promise<string[]> =>
  (await em.fork().find(Upload, {}, { orderBy: { id: 'asc' } })).map(({ id }) => id);

async function place() {
  return requestUpload(graph, anna, { contentType: 'image/jpeg', size: picture.length });
}

describe('uploads that come to nothing', () => {
  it('are removed with their files after a day, and not before', async () => {
    const [empty, filled, refused] = [await place(), await place(), await place()];
    await put(filled, picture);
    await put(refused, Buffer.alloc(picture.length));
    await confirm(graph, anna, refused.upload.id);
    await put(refused, Buffer.alloc(picture.length));
    await purgeAfter(23);
    expect(await ids()).toEqual([empty, filled, refused].map(({ upload: { id } }) => id));
    await purgeAfter(25);
    expect(await ids()).toEqual([]);
    expect(await storedKeys(graph)).toEqual([]);
  });

  it('are removed in any number, also when the job was cut off between', async () => {
    const now = new Date();
    const rows = Array.from({ length: 230 }, (_, index) => ({
      id: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`,
      userId: anna.userId,
      kind: 'AVATAR',
      status: 'REQUESTED',
      contentType: 'image/jpeg',
      size: 1,
      rawKey: `incoming/${index}`,
      createdAt: now,
    }));
    await em.insertMany(Upload, rows as never);
    const cut = new AbortController();
    await graph.files.storage.put('incoming/0', Buffer.from('x'), { contentType: 'image/jpeg' });
    const cutOff = purgeAfter(25, cut.signal);
    cut.abort();
    await expect(cutOff).rejects.toThrow(/aborted/);
    await purgeAfter(25);
    expect(await ids()).toEqual([]);
    expect(await storedKeys(graph)).toEqual([]);
  });

  it('and that a dead process was checking lose what it had written, too', async () => {
    const { upload: begun } = await place();
    await graph.files.storage.put('avatars/half/64.webp', picture, { contentType: 'image/webp' });
    const claim = {
      status: 'PROCESSING',
      claimedAt: new Date(Date.now() - HOUR_MS),
      storageKey: 'avatars/half',
    } as const;
    await em.nativeUpdate(Upload, { id: begun.id }, claim);
    await purgeAfter(25);
    await purgeAfter(26);
    expect(await ids()).toEqual([]);
    expect(await storedKeys(graph)).toEqual([]);
  });

  it('are left alone while somebody is checking them', async () => {
    const { upload: begun } = await place();
    await em.nativeUpdate(
      Upload,
      { id: begun.id },
      { status: 'PROCESSING', claimedAt: new Date(), storageKey: 'avatars/x' },
    );
    await purgeAfter(25);
    expect(await em.fork().findOne(Upload, { id: begun.id })).toMatchObject({ status: 'PROCESSING' });
  });
});

it('a confirmed upload keeps its file, and loses what was put once more where it came in', async () => {
  const confirmed = await place();
  await put(confirmed, picture);
  await confirm(graph, anna, confirmed.upload.id);
  await put(confirmed, picture);
  await purgeAfter(2);
  const found = await em.fork().findOneOrFail(Upload, { id: confirmed.upload.id });
  expect(found).toMatchObject({ status: 'CONFIRMED', rawKey: null });
  expect(await storedKeys(graph)).toEqual(['256', '512', '64'].map((side) => `${found.storageKey}/${side}.webp`));
});

describe('the files of somebody', () => {
  it('are listed for the export of their data', async () => {
    const avatar = await upload(graph, anna, picture);
    await upload(graph, anna, pdf(), { kind: 'DOCUMENT', contentType: 'application/pdf' });
    await place();
    const files = await filesOfUser(em.fork(), anna.userId);
    const { storageKey } = await em.fork().findOneOrFail(Upload, { id: avatar.id });
    expect(files).toEqual([
      { key: `${storageKey}/512.webp`, contentType: 'image/webp', name: 'avatar-1.webp' },
      { key: expect.stringMatching(/^documents\//), contentType: 'application/pdf', name: 'document-2.pdf' },
    ]);
    for (const { key } of files) expect(await graph.files.storage.head(key)).toBeDefined();
  });

  it('are erased for good, and nobody else’s; erasing again changes nothing', async () => {
    const boris = await graph.person('STUDENT');
    await upload(graph, boris, picture);
    const kept = await storedKeys(graph);
    const avatar = await upload(graph, anna, picture);
    await graph.run(
      'accounts',
      'mutation ($id: ID!) { setAvatar(input: { uploadId: $id }) { user { id } } }',
      { id: avatar.id },
      anna,
    );
    const open = await place();
    await put(open, picture);
    for (let time = 0; time < 2; time++) await eraseFilesOfUser(em, graph.files.storage, anna.userId);
    expect(await storedKeys(graph)).toEqual(kept);
    expect(await em.fork().findOneOrFail(User, { id: anna.userId })).toMatchObject({ avatarKey: null });
    expect(await filesOfUser(em.fork(), anna.userId)).toEqual([]);
    await put(open, picture);
    expect(await confirm(graph, anna, open.upload.id)).toMatchObject({ upload: null });
    await purgeAfter(25);
    expect(await storedKeys(graph)).toEqual(kept);
    expect(await em.fork().count(Upload, { userId: anna.userId })).toBe(0);
  });
});
