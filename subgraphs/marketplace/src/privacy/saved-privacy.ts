import type { EntityManager } from '@mikro-orm/postgresql';
import { SavedTutor } from '../favourites/saved-tutor.entity.js';
import { SavedSearch } from '../saved-searches/saved-search.entity.js';

const OLDEST_FIRST = { createdAt: 'asc', id: 'asc' } as const;

/** Whom and what searches somebody has saved, for the archive. */
export async function collectSaved(em: EntityManager, userId: string): Promise<Record<string, unknown>> {
  const tutors = await em.find(SavedTutor, { userId }, { orderBy: OLDEST_FIRST });
  const searches = await em.find(SavedSearch, { userId }, { orderBy: OLDEST_FIRST });
  return {
    savedTutors: tutors.map(({ tutorId, createdAt }) => ({ tutorId, createdAt })),
    savedSearches: searches.map(({ id, name, notify, filter, createdAt, updatedAt }) => {
      return { id, name, notify, filter, createdAt, updatedAt };
    }),
  };
}

/** Forgets whom and what searches somebody has saved, and how their own profile was before it was erased. */
export async function eraseSaved(tx: EntityManager, userId: string): Promise<void> {
  await tx.nativeDelete(SavedTutor, { userId });
  await tx.nativeDelete(SavedSearch, { userId });
  // What is written until here changes the card, which saved searches would be compared with as it was.
  await tx.flush();
  const ofUser = 'select id from marketplace.tutors where user_id = ?';
  await tx.execute(`delete from marketplace.tutor_changes where tutor_id in (${ofUser})`, [userId]);
}
