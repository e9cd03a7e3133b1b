import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { ObjectStorage } from '@tutorgraph/kit/storage/object-storage';
import { User } from '../users/user.entity.js';
import { Upload } from './upload.entity.js';
import { objectKeys } from './upload-kinds.js';

/** A checked file of somebody. */
export interface FileOfUser {
  /** Key in the storage; of several sizes, the largest. */
  key: string;
  contentType: string;
  /** A name for people, such as `document-2.pdf`. */
  name: string;
}

/** Every checked file of somebody, for the export of their data. */
export async function filesOfUser(em: EntityManager, userId: string): Promise<FileOfUser[]> {
  const uploads = await em.find(Upload, { userId, status: 'CONFIRMED' }, { orderBy: { createdAt: 'asc', id: 'asc' } });
  return uploads.flatMap(({ kind, storageKey, contentType }, index) => {
    const [key] = storageKey ? objectKeys(kind, storageKey) : [];
    return key ? [{ key, contentType, name: `${kind.toLowerCase()}-${index + 1}.${contentType.split('/')[1]}` }] : [];
  });
}

/**
 * Removes every file of somebody for good: from the storage first, then what names them in the database. What fails
 * between is done by calling it again. A place to put a file that may still be open stays noted, without anything of the
 * person, until the purge job has removed what may come there.
 */
export async function eraseFilesOfUser(em: EntityManager, storage: ObjectStorage, userId: string): Promise<void> {
  // Whoever checks a file at this moment cannot confirm it any more, and removes it again.
  const refused = { status: 'REFUSED', refusal: 'FILE_DAMAGED', claimedAt: null } as const;
  await transaction(em, async (tx) => {
    await tx.nativeUpdate(User, { id: userId }, { avatarKey: null });
    await tx.nativeUpdate(Upload, { userId }, refused);
  });
  const uploads = await em.fork().find(Upload, { userId });
  const keys = uploads.flatMap(({ kind, rawKey, storageKey }) => [
    ...(rawKey ? [rawKey] : []),
    ...(storageKey ? objectKeys(kind, storageKey) : []),
  ]);
  await storage.remove(keys);
  const ids = uploads.map(({ id }) => id);
  await transaction(em, async (tx) => {
    await tx.nativeDelete(Upload, { id: { $in: ids }, rawKey: null });
    await tx.nativeUpdate(Upload, { id: { $in: ids } }, { storageKey: null });
  });
}
