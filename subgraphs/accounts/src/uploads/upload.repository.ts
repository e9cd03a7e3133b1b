import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { Upload } from './upload.entity.js';
import { type FinalRefusal, mayUploadBecome, type UploadStatus } from './upload.rules.js';
import { rulesOf, type UploadKind } from './upload-kinds.js';

const KEY_BYTES = 20;

/** A key that nobody can guess, for a file that is on its way in. */
export function newRawKey(): string {
  return `incoming/${randomBytes(KEY_BYTES).toString('hex')}`;
}

/** A key that nobody can guess, for a checked file; it tells nothing of whose it is. */
export function newStorageKey(kind: UploadKind): string {
  return `${rulesOf(kind).folder}/${randomBytes(KEY_BYTES).toString('hex')}`;
}

/** Uploads by id, batched. */
export const uploadsById = defineLoader<string, Upload | null>(
  async ({ em }, ids) => {
    const uploads = await em.find(Upload, { id: { $in: ids.filter(isId) } });
    return new Map(uploads.map((upload) => [upload.id, upload]));
  },
  { absent: () => null },
);

/** Somebody's own upload, as it is now. */
export function findOwnUpload(em: EntityManager, id: string, userId: string): Promise<Upload | null> {
  return isId(id) ? em.findOne(Upload, { id, userId }, { refresh: true }) : Promise.resolve(null);
}

/** The right to check an upload, until another takes it over. */
export interface Claim {
  upload: Upload;
  /** Where this check writes, and nobody else does. It stays in the row until a check has ended well or badly. */
  storageKey: string;
}

/** Takes an upload from a process that seems to have died: whatever it still does, it cannot settle it any more. */
export async function releaseStaleClaim(em: EntityManager, { id, status, claimedAt }: Upload): Promise<void> {
  assertStep(status, 'REQUESTED');
  await em.nativeUpdate(Upload, { id, status, claimedAt }, { status: 'REQUESTED', claimedAt: null });
}

/** Begins a check, unless somebody was faster. */
export async function claimUpload(em: EntityManager, upload: Upload, now: Date): Promise<Claim | undefined> {
  const storageKey = newStorageKey(upload.kind);
  const { id, status, claimedAt } = upload;
  assertStep(status, 'PROCESSING');
  const change = { status: 'PROCESSING', claimedAt: now, storageKey } as const;
  const claimed = await em.nativeUpdate(Upload, { id, status, claimedAt }, change);
  return claimed === 1 ? { upload, storageKey } : undefined;
}

/** How a check ended. */
export type CheckResult =
  | { status: 'CONFIRMED'; contentType: string; size: number; confirmedAt: Date }
  | { status: 'REFUSED'; refusal: FinalRefusal }
  /** Nothing was decided: somebody may begin anew, and removes what is at the claim's key first. */
  | { status: 'REQUESTED' };

/** Stores how a check ended. @returns false when another process has taken it over */
export async function settleClaim(
  em: EntityManager,
  { upload, storageKey }: Claim,
  result: CheckResult,
): Promise<boolean> {
  assertStep('PROCESSING', result.status);
  const keys = result.status === 'REFUSED' ? { storageKey: null } : {};
  const owned = { id: upload.id, status: 'PROCESSING' as const, storageKey };
  return (await em.nativeUpdate(Upload, owned, { ...result, ...keys, claimedAt: null })) === 1;
}

function assertStep(from: UploadStatus, to: UploadStatus): void {
  if (!mayUploadBecome(from, to)) throw new Error(`An upload that is ${from} cannot become ${to}`);
}

/** Uploads whose place to put a file is not needed any longer, after `afterId` in the order of their ids. */
export function findUnswept(
  em: EntityManager,
  bounds: { afterId: string; confirmedBefore: Date; othersBefore: Date; limit: number },
): Promise<Upload[]> {
  const { afterId, confirmedBefore, othersBefore, limit } = bounds;
  return em.find(
    Upload,
    {
      id: { $gt: afterId },
      rawKey: { $ne: null },
      $or: [
        { status: 'CONFIRMED', createdAt: { $lt: confirmedBefore } },
        { status: { $ne: 'CONFIRMED' }, createdAt: { $lt: othersBefore } },
      ],
    },
    { orderBy: { id: 'asc' }, limit },
  );
}

/** Notes that nothing is where the client could put the file. */
export async function forgetRawKey(em: EntityManager, id: string): Promise<void> {
  await em.nativeUpdate(Upload, { id, status: 'CONFIRMED' }, { rawKey: null });
}

/** Removes an upload that came to nothing, unless it has changed since it was read. */
export async function deleteUnconfirmed(em: EntityManager, { id, status, claimedAt }: Upload): Promise<void> {
  await em.nativeDelete(Upload, { id, status, claimedAt });
}

/** Removes the upload behind a checked file; answers its kind. */
export async function deleteUploadOfFile(tx: EntityManager, userId: string, storageKey: string): Promise<void> {
  await tx.nativeDelete(Upload, { userId, storageKey });
}
