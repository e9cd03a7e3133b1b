import { exportPartKey } from '@tutorgraph/kit/privacy/room-privacy';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PendingNotice } from '../src/notices/pending-notice.entity.js';
import { DataExport } from '../src/privacy/data-export.entity.js';
import { database } from './account-fixtures.js';
import { messagesTo } from './codes-client.js';
import { archiveOf, keysUnder, packed, readyExport, requestExport, until, unzip, work } from './privacy-client.js';
import { photo } from './sample-files.js';
import { upload } from './uploads-client.js';

const HOUR_MS = 60 * 60 * 1000;

let graph: TestGraph;
let anna: TestPerson;

beforeAll(async () => {
  graph = await startTestGraph(['accounts', 'messaging']);
  await graph.files.serve();
});
afterAll(() => graph.close());
beforeEach(async () => {
  anna = await graph.person('STUDENT', { firstName: 'Anna', lastName: 'Karenina' });
});

const addressOf = ({ userId }: TestPerson): string => `${userId}@test.tutorgraph.example`;

/** An archive of which a room's part does not come. */
async function unfinished(hours = 0): Promise<DataExport> {
  const em = database(graph);
  const requestedAt = new Date(Date.now() - hours * HOUR_MS);
  const archive = em.create(DataExport, {
    id: crypto.randomUUID(),
    userId: anna.userId,
    status: 'PENDING',
    rooms: ['accounts', 'elsewhere'],
    storageKey: null,
    requestedAt,
    finishedAt: null,
    expiresAt: null,
  });
  await em.flush();
  return archive;
}

async function putPart(exportId: string, room: string, sections: object): Promise<void> {
  const body = Buffer.from(JSON.stringify({ sections }));
  await graph.files.storage.put(exportPartKey(exportId, room), body, { contentType: 'application/json' });
}

describe('an archive of one’s own data', () => {
  it('is gathered, packed and had at a signed address; a mail says so', async () => {
    const picture = await photo();
    await upload(graph, anna, picture);
    const boris = await graph.person('STUDENT', { firstName: 'Boris', lastName: 'Godunov' });
    const archive = await readyExport(graph, anna);
    expect(archive).toMatchObject({ status: 'READY', progress: 1 });

    const response = await fetch(String(archive.url));
    expect(response.headers.get('content-type')).toBe('application/zip');
    const body = Buffer.from(await response.arrayBuffer());
    const files = await unzip(body);
    expect([...files.keys()]).toEqual(['accounts.json', 'files/accounts/avatar-1.webp', 'messaging.json']);
    const accounts = JSON.parse(String(files.get('accounts.json')));
    expect(accounts.profile).toMatchObject({ id: anna.userId, firstName: 'Anna', email: addressOf(anna) });
    expect(accounts.dataExports).toEqual([expect.objectContaining({ id: archive.id, status: 'PENDING' })]);
    expect(files.get('files/accounts/avatar-1.webp')?.subarray(8, 12).toString()).toBe('WEBP');
    for (const file of files.values()) {
      expect(file.includes('Boris')).toBe(false);
      expect(file.includes(boris.userId)).toBe(false);
    }

    const [mail] = await messagesTo(graph, addressOf(anna), 1);
    expect(mail?.subject).toContain('is ready');
    expect(await keysUnder(graph, 'exports/')).toEqual([`exports/${archive.id}/archive.zip`]);
  });

  it('is one at a time, and one a day', async () => {
    const { id } = await unfinished();
    const both = await Promise.all([requestExport(graph, anna), requestExport(graph, anna)]);
    expect(both.map(({ archive }) => archive?.id)).toEqual([id, id]);
    await database(graph).nativeUpdate(DataExport, { id }, { status: 'FAILED', finishedAt: new Date() });
    const again = await Promise.all([requestExport(graph, anna), requestExport(graph, anna)]);
    expect(new Set(again.map(({ archive }) => archive?.id)).size).toBe(1);
    await packed(graph, String(again[0]?.archive?.id));
    expect((await requestExport(graph, anna)).codes).toEqual(['EXPORT_TOO_EARLY']);
    const yesterday = new Date(Date.now() - 24 * HOUR_MS - 1_000);
    await database(graph).nativeUpdate(DataExport, { userId: anna.userId }, { finishedAt: yesterday });
    expect((await requestExport(graph, anna)).codes).toEqual([]);
  });

  it('is nobody else’s to see', async () => {
    const archive = await readyExport(graph, anna);
    const stranger = await graph.person('SUPER_ADMIN');
    expect(await archiveOf(graph, stranger, archive.id)).toBeNull();
    const { data } = await graph.run(
      'accounts',
      '{ myDataExports { totalCount edges { node { id } } } }',
      {},
      stranger,
    );
    expect(data).toEqual({ myDataExports: { totalCount: 0, edges: [] } });
    const unsigned = new URL(String(archive.url));
    unsigned.searchParams.delete('signature');
    expect((await fetch(unsigned)).status).toBe(403);
  });

  it('says how far it is, and has no address until it is ready', async () => {
    const { id } = await unfinished();
    expect(await archiveOf(graph, anna, id)).toMatchObject({ status: 'PENDING', progress: 0, url: null });
    await database(graph).execute(
      `insert into accounts.data_export_parts (export_id, room, received_at) values (?, 'accounts', now())`,
      [id],
    );
    expect(await archiveOf(graph, anna, id)).toMatchObject({ progress: 1 / 3, url: null });
  });

  it('is packed once more when packing was cut off, and its owner is told once', async () => {
    const { id } = await unfinished();
    const pack = () => work(graph, 'pack-export', { exportId: id });
    await putPart(id, 'accounts', { from: 'accounts' });
    await expect(pack()).rejects.toThrow(/no file/);
    expect(await archiveOf(graph, anna, id)).toMatchObject({ status: 'PENDING' });
    await putPart(id, 'elsewhere', { from: 'elsewhere' });
    await Promise.all([pack(), pack()]);
    await pack();
    const archive = await archiveOf(graph, anna, id);
    expect(archive).toMatchObject({ status: 'READY' });
    const files = await unzip(Buffer.from(await (await fetch(String(archive?.url))).arrayBuffer()));
    expect([...files.keys()]).toEqual(['accounts.json', 'elsewhere.json']);
    expect(await keysUnder(graph, `exports/${id}/`)).toEqual([`exports/${id}/archive.zip`]);
    await until(async () => (await database(graph).count(PendingNotice, { userId: anna.userId })) === 0);
    expect(await messagesTo(graph, addressOf(anna), 1)).toHaveLength(1);
  });

  it('is removed after a week', async () => {
    const { id } = await readyExport(graph, anna);
    await work(graph, 'end-exports');
    expect(await archiveOf(graph, anna, id)).toMatchObject({ status: 'READY' });
    await database(graph).nativeUpdate(DataExport, { id }, { expiresAt: new Date(Date.now() - 1_000) });
    expect(await archiveOf(graph, anna, id)).toMatchObject({ url: null });
    await work(graph, 'end-exports');
    expect(await archiveOf(graph, anna, id)).toMatchObject({ status: 'EXPIRED', progress: 1, url: null });
    await until(async () => (await keysUnder(graph, `exports/${id}/`)).length === 0);
  });

  it('is given up after a day without every part, and its owner is told', async () => {
    const late = await unfinished(24.1);
    await putPart(late.id, 'accounts', {});
    await work(graph, 'end-exports');
    expect(await archiveOf(graph, anna, late.id)).toMatchObject({ status: 'FAILED' });
    await until(async () => (await keysUnder(graph, `exports/${late.id}/`)).length === 0);
    const [mail] = await messagesTo(graph, addressOf(anna), 1);
    expect(mail?.subject).toContain('could not be gathered');
    expect((await requestExport(graph, anna)).codes).toEqual([]);
  });
});
