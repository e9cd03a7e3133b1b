import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { LearningErrorCode } from '../errors.js';
import { Lesson } from '../lessons/lesson.entity.js';
import { CourseModule, CourseVersion } from './course.entity.js';

/**
 * A draft that is about to change, locked until the transaction ends: whoever else changes or publishes it waits. What the
 * change rests on is to be read after this.
 *
 * @throws Refusal NOT_FOUND, VERSION_PUBLISHED
 */
export async function lockDraft(
  tx: EntityManager,
  versionId: string,
  field: readonly string[] = ['input', 'versionId'],
  at = new Date(),
): Promise<CourseVersion> {
  const version = isId(versionId)
    ? await tx.findOne(CourseVersion, { id: versionId }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true })
    : null;
  if (!version) throw new Refusal<LearningErrorCode>('NOT_FOUND', field);
  if (version.status !== 'DRAFT') throw new Refusal<LearningErrorCode>('VERSION_PUBLISHED', field);
  version.updatedAt = at;
  return version;
}

/** A module of a draft that is about to change, with the draft locked. @throws Refusal NOT_FOUND, VERSION_PUBLISHED */
export async function lockDraftOfModule(
  tx: EntityManager,
  moduleId: string,
  field: readonly string[] = ['input', 'moduleId'],
): Promise<CourseModule> {
  const known = isId(moduleId) ? await tx.findOne(CourseModule, { id: moduleId }) : null;
  if (known) await lockDraft(tx, known.versionId, field);
  const module = known && (await tx.findOne(CourseModule, { id: moduleId }, { refresh: true }));
  if (!module) throw new Refusal<LearningErrorCode>('NOT_FOUND', field);
  return module;
}

/** A lesson of a draft that is about to change, with the draft locked. @throws Refusal NOT_FOUND, VERSION_PUBLISHED */
export async function lockDraftOfLesson(
  tx: EntityManager,
  lessonId: string,
  field: readonly string[] = ['input', 'lessonId'],
): Promise<Lesson> {
  const known = isId(lessonId) ? await tx.findOne(Lesson, { id: lessonId }) : null;
  if (known) await lockDraft(tx, known.versionId, field);
  const lesson = known && (await tx.findOne(Lesson, { id: lessonId }, { refresh: true }));
  if (!lesson) throw new Refusal<LearningErrorCode>('NOT_FOUND', field);
  return lesson;
}
