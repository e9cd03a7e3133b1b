import type { EntityManager } from '@mikro-orm/postgresql';
import { SigningKey } from './signing-key.entity.js';

/** The key that signs now, if there is one yet. */
export function findActiveKey(em: EntityManager): Promise<SigningKey | null> {
  return em.findOne(SigningKey, { active: true });
}

/** Every key whose tokens may still be unexpired, the newest first. */
export function findPublishedKeys(em: EntityManager, retiredAfter: Date): Promise<SigningKey[]> {
  return em.find(
    SigningKey,
    { $or: [{ retiredAt: null }, { retiredAt: { $gt: retiredAfter } }] },
    { orderBy: { createdAt: 'desc' } },
  );
}

/** Makes the active key one that no longer signs; several replicas that do it at once retire it once. */
export async function retireActiveKey(em: EntityManager, createdBefore: Date, now: Date): Promise<boolean> {
  const retired = await em.nativeUpdate(
    SigningKey,
    { active: true, createdAt: { $lt: createdBefore } },
    { active: null, retiredAt: now },
  );
  return retired > 0;
}

/** Adds a key as the active one, unless another replica was first. */
export async function insertActiveKey(em: EntityManager, key: SigningKey): Promise<void> {
  await em.upsert(SigningKey, key, { onConflictFields: ['active'], onConflictAction: 'ignore' });
}

/** Removes keys that no unexpired token can name. */
export function deleteKeysRetiredBefore(em: EntityManager, moment: Date): Promise<number> {
  return em.nativeDelete(SigningKey, { retiredAt: { $lt: moment } });
}
