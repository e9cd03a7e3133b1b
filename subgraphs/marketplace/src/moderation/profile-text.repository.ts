import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { ProfileText } from './profile-text.entity.js';

/** What moderation knows of a profile's texts, locked until the transaction ends; the tutor must be locked before. */
export function lockProfileText(tx: EntityManager, tutorId: string): Promise<ProfileText | null> {
  return tx.findOne(ProfileText, { tutorId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}
