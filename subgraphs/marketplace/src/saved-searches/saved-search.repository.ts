import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { SavedSearch } from './saved-search.entity.js';
import { SavedSearchMatch } from './saved-search-match.entity.js';

/** Somebody's saved searches, the newest first. */
export function findSavedSearches(em: EntityManager, userId: string): Promise<SavedSearch[]> {
  return em.find(SavedSearch, { userId }, { orderBy: { createdAt: 'desc', id: 'desc' } });
}

/** How many somebody has saved. */
export function countSavedSearches(tx: EntityManager, userId: string): Promise<number> {
  return tx.count(SavedSearch, { userId });
}

/** A saved search of somebody's own, locked until the transaction ends. */
export function lockSavedSearch(tx: EntityManager, userId: string, id: string): Promise<SavedSearch | null> {
  if (!isId(id)) return Promise.resolve(null);
  return tx.findOne(SavedSearch, { id, userId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

/** Forgets of whom a search has told. */
export async function forgetMatches(tx: EntityManager, searchId: string): Promise<void> {
  await tx.nativeDelete(SavedSearchMatch, { searchId });
}
