import type { EntityManager } from '@mikro-orm/postgresql';
import { FollowedChange } from './followed-change.entity.js';

/** Forgets for whose devices things of other rooms changed. They are references only: archives have the things. */
export async function eraseFollowed(tx: EntityManager, userId: string): Promise<void> {
  await tx.nativeDelete(FollowedChange, { userId });
}
