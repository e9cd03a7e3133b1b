import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { LearningErrorCode } from '../errors.js';
import { coursePublished } from '../events.js';
import { auditAuthoring } from './authoring-audit.js';
import { cloneVersion } from './clone-version.js';
import { type Course, CourseVersion } from './course.entity.js';
import { lockCourse } from './course.repository.js';
import { courseReference } from './course.rules.js';
import { publishingProblems } from './publishing-problems.js';

/** How versions of a course follow one another. */
export class PublishingService {
  /** The draft of a course: the one that there is, or a copy of what is published. @throws Refusal NOT_FOUND */
  draft(context: RequestContext, input: unknown): Promise<CourseVersion> {
    const { courseId } = accept(courseReference, input, context.locale);
    return transaction(context.em, async (tx) => {
      await requireCourse(tx, courseId);
      const versions = await lockVersions(tx, courseId);
      const known = versions.find(({ status }) => status === 'DRAFT');
      if (known) return known;
      const now = new Date();
      const draft = tx.create(CourseVersion, {
        ...{ id: newId(), courseId, number: (versions[0]?.number ?? 0) + 1, status: 'DRAFT', publishedAt: null },
        ...{ createdAt: now, updatedAt: now },
      });
      await tx.flush();
      const published = versions.find(({ status }) => status === 'PUBLISHED');
      if (published) await cloneVersion(tx, published.id, draft.id);
      auditAuthoring(tx, context, 'learning.version.draft', draft.id);
      return draft;
    });
  }

  /**
   * Whoever enrols from now on learns the draft; who learns another version goes on with it.
   *
   * @throws Refusal NOT_FOUND, COURSE_ARCHIVED, NOTHING_TO_PUBLISH, and for each thing that is missing what
   *   `publishingProblems` says
   */
  publish(context: RequestContext, input: unknown): Promise<CourseVersion> {
    const { courseId } = accept(courseReference, input, context.locale);
    const field = ['input', 'courseId'];
    return transaction(context.em, async (tx) => {
      const course = await requireCourse(tx, courseId);
      if (course.archivedAt) throw new Refusal<LearningErrorCode>('COURSE_ARCHIVED', field);
      const versions = await lockVersions(tx, courseId);
      const draft = versions.find(({ status }) => status === 'DRAFT');
      if (!draft) throw new Refusal<LearningErrorCode>('NOTHING_TO_PUBLISH', field);
      const problems = await publishingProblems(tx, draft.id);
      if (problems.length > 0) throw new Refusal<LearningErrorCode>(problems);
      const now = new Date();
      const former = versions.find(({ status }) => status === 'PUBLISHED');
      if (former) Object.assign(former, { status: 'RETIRED', updatedAt: now });
      // First of all: only one is published at any moment.
      await tx.flush();
      Object.assign(draft, { status: 'PUBLISHED', publishedAt: now, updatedAt: now });
      recordEvent(tx, coursePublished.create({ subject: courseId, data: { versionId: draft.id } }));
      auditAuthoring(tx, context, 'learning.version.publish', draft.id);
      return draft;
    });
  }
}

async function requireCourse(tx: EntityManager, courseId: string): Promise<Course> {
  const course = await lockCourse(tx, courseId);
  if (!course) throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'courseId']);
  return course;
}

/** Every version of a course that is locked itself, the newest first. */
function lockVersions(tx: EntityManager, courseId: string): Promise<CourseVersion[]> {
  return tx.find(
    CourseVersion,
    { courseId },
    { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { number: 'desc' }, refresh: true },
  );
}
