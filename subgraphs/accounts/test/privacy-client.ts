import { setTimeout as pause } from 'node:timers/promises';
import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import type { TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { fromBuffer } from 'yauzl';
import { AccountDeletion } from '../src/privacy/account-deletion.entity.js';
import { DataExport } from '../src/privacy/data-export.entity.js';
import { database } from './account-fixtures.js';

const USER_ERRORS = 'userErrors { code field message }';
const EXPORT_FIELDS = 'id status requestedAt finishedAt expiresAt progress url';
const EXPORT = `mutation { exportMyData { dataExport { ${EXPORT_FIELDS} } ${USER_ERRORS} } }`;
const DATA_EXPORT = `query ($id: ID!) { dataExport(id: $id) { ${EXPORT_FIELDS} } }`;
export const REQUEST_DELETION = `mutation ($input: RequestAccountDeletionInput) {
  requestAccountDeletion(input: $input) { user { id deletionDueAt } ${USER_ERRORS} }
}`;
export const CANCEL_DELETION = `mutation { cancelAccountDeletion { user { id deletionDueAt } ${USER_ERRORS} } }`;

/** An archive as the API gives it. */
export interface ArchiveOfApi {
  id: string;
  status: string;
  progress: number;
  expiresAt: string | null;
  url: string | null;
}

/** A run of a job outside its queue. */
const run = { id: 'test', attempt: 1, signal: new AbortController().signal, logger: silentLogger };

/** Works a job of accounts now. */
export async function work(graph: TestGraph, name: string, payload: object = {}): Promise<void> {
  const job = graph.rooms.get('accounts')?.parts.jobs?.find((one) => one.name === name);
  if (!job) throw new Error(`accounts has no job ${name}`);
  await job.handler(job.payload.parse(payload), run);
}

/** Asks for an archive; answers it, or the codes with which it was refused. */
export async function requestExport(
  graph: TestGraph,
  person: TestPerson,
): Promise<{ archive: ArchiveOfApi | null; codes: string[] }> {
  const { data, codes } = await graph.run('accounts', EXPORT, {}, person);
  const { exportMyData: answer } = data as {
    exportMyData?: { dataExport: ArchiveOfApi | null; userErrors: { code: string }[] };
  };
  return {
    archive: answer?.dataExport ?? null,
    codes: [...codes, ...(answer?.userErrors ?? []).map(({ code }) => code)],
  };
}

/** An archive as its owner sees it. */
export async function archiveOf(graph: TestGraph, person: TestPerson, id: string): Promise<ArchiveOfApi | null> {
  const { data } = await graph.run('accounts', DATA_EXPORT, { id }, person);
  return (data['dataExport'] ?? null) as ArchiveOfApi | null;
}

/** Waits until something holds. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(20);
}

/** Waits until an archive is not pending any longer, and what it was gathered from is removed. */
export async function packed(graph: TestGraph, id: string): Promise<DataExport> {
  await until(async () => {
    const archive = await database(graph).findOneOrFail(DataExport, { id });
    return archive.status !== 'PENDING' && (await keysUnder(graph, `exports/${id}/parts/`)).length === 0;
  });
  return database(graph).findOneOrFail(DataExport, { id });
}

/** Asks for an archive and waits for it. */
export async function readyExport(graph: TestGraph, person: TestPerson): Promise<ArchiveOfApi> {
  const { archive, codes } = await requestExport(graph, person);
  if (!archive) throw new Error(codes.join());
  await packed(graph, archive.id);
  const found = await archiveOf(graph, person, archive.id);
  if (!found) throw new Error('The archive is gone');
  return found;
}

/** Lets the time for a change of mind be over, erases, and waits until every room has done so. */
export async function eraseNow(graph: TestGraph, userId: string): Promise<void> {
  await makeDue(graph, userId);
  await work(graph, 'erase-accounts');
  await erased(graph, userId);
}

/** Lets the time for a change of mind be over. */
export async function makeDue(graph: TestGraph, userId: string): Promise<void> {
  await database(graph).nativeUpdate(AccountDeletion, { userId }, { dueAt: new Date(Date.now() - 1_000) });
}

/** Waits until every room has erased somebody. */
export async function erased(graph: TestGraph, userId: string): Promise<void> {
  await until(async () => Boolean((await database(graph).findOneOrFail(AccountDeletion, { userId })).completedAt));
}

/** Keys of files that begin so. */
export async function keysUnder(graph: TestGraph, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of graph.files.storage.list(prefix)) keys.push(key);
  return keys.sort();
}

/** Files of a ZIP by name. */
export function unzip(archive: Buffer): Promise<Map<string, Buffer>> {
  return new Promise((resolve, reject) => {
    const files = new Map<string, Buffer>();
    fromBuffer(archive, { lazyEntries: true }, (opening, zip) => {
      if (opening) return reject(opening);
      zip.on('error', reject);
      zip.on('end', () => resolve(files));
      zip.on('entry', (entry) => {
        zip.openReadStream(entry, (error, stream) => {
          if (error) return reject(error);
          const chunks: Buffer[] = [];
          stream.on('data', (chunk: Buffer) => chunks.push(chunk));
          stream.on('end', () => {
            files.set(entry.fileName, Buffer.concat(chunks));
            zip.readEntry();
          });
        });
      });
      zip.readEntry();
    });
  });
}
