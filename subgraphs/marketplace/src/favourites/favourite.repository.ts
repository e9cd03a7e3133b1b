import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { SavedTutor } from './saved-tutor.entity.js';

/** Has the viewer saved each tutor? Batched. */
export const savedByViewer = defineLoader<string, boolean>(
  async ({ em, user }, tutorIds) => {
    const saved = await em.find(SavedTutor, { userId: user.userId, tutorId: { $in: [...tutorIds] } });
    return new Map(saved.map(({ tutorId }) => [tutorId, true]));
  },
  { absent: () => false },
);

/** A page of the tutors whom somebody has saved and who are to be found, the newest saved first. */
export function findSavedTutors(em: EntityManager, userId: string, page: PageRequest): Promise<Connection<SavedTutor>> {
  return keysetPage(
    em,
    {
      entity: SavedTutor,
      from: sql`from marketplace.saved_tutors t join marketplace.tutors on tutors.id = t.tutor_id
        where t.user_id = ${userId} and tutors.hidden_at is null`,
      order: [
        { expression: sql`t.created_at`, type: 'timestamptz', direction: 'desc' },
        { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
      ],
    },
    page,
  );
}

/** Lets what one person saves happen one after another until the transaction ends, so that it can be counted. */
export async function lockSaving(tx: EntityManager, userId: string): Promise<void> {
  await tx.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`marketplace saving ${userId}`]);
}

/** How many tutors somebody has saved; hidden ones too. */
export function countSavedTutors(tx: EntityManager, userId: string): Promise<number> {
  return tx.count(SavedTutor, { userId });
}

/** Has somebody saved this tutor? */
export async function hasSavedTutor(tx: EntityManager, userId: string, tutorId: string): Promise<boolean> {
  return (await tx.count(SavedTutor, { userId, tutorId })) > 0;
}

/** Adds a tutor to those whom somebody has saved. */
export function addSavedTutor(tx: EntityManager, userId: string, tutorId: string): void {
  tx.create(SavedTutor, { id: newId(), userId, tutorId, createdAt: new Date() });
}

/** Takes a tutor away from those whom somebody has saved. */
export async function removeSavedTutor(tx: EntityManager, userId: string, tutorId: string): Promise<void> {
  await tx.nativeDelete(SavedTutor, { userId, tutorId });
}
