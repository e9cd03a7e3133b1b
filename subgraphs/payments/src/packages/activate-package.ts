import type { EntityManager } from '@mikro-orm/postgresql';
import type { LessonPackage } from './package.entity.js';
import { lockPackage } from './package.repository.js';
import { movePackage } from './package.transitions.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Makes a package usable that was paid; its payment is locked. Its days count from now. */
export async function activatePackage(tx: EntityManager, id: string, now: Date): Promise<LessonPackage> {
  const lessons = await lockPackage(tx, id);
  if (!lessons) throw new Error(`There is no package ${id}, though it was paid`);
  movePackage(lessons, 'ACTIVE', now);
  lessons.creditMinor = lessons.amountMinor;
  lessons.validUntil = new Date(now.getTime() + lessons.validDays * DAY_MS);
  return lessons;
}
