import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { refusing } from '../constraints.js';
import type { LearningErrorCode } from '../errors.js';
import { auditAuthoring } from './authoring-audit.js';
import { Course, CourseVersion } from './course.entity.js';
import { lockCourse } from './course.repository.js';
import { courseChange, courseReference, newCourse } from './course.rules.js';

const REFUSALS = {
  courses_slug_unique: ['SLUG_TAKEN', 'slug'],
  courses_paid_check: ['PRICE_REQUIRED', 'price'],
} as const;

/** What holds for all versions of a course. */
export class CourseAuthoringService {
  /** A course with an empty draft. @throws Refusal INVALID_INPUT, SLUG_TAKEN, PRICE_REQUIRED */
  create(context: RequestContext, input: unknown): Promise<Course> {
    const { price, certificateScore, ...wanted } = accept(newCourse, input, context.locale);
    const now = new Date();
    return refusing(REFUSALS, () =>
      transaction(context.em, async (tx) => {
        const course = tx.create(Course, {
          id: newId(),
          ...wanted,
          certificateScore: certificateScore ?? 0,
          priceMinor: price?.amountMinor ?? null,
          currency: price?.currency ?? null,
          archivedAt: null,
          ...{ createdBy: context.user.userId, createdAt: now, updatedAt: now },
        });
        tx.create(CourseVersion, {
          ...{ id: newId(), courseId: course.id, number: 1, status: 'DRAFT', publishedAt: null },
          ...{ createdAt: now, updatedAt: now },
        });
        auditAuthoring(tx, context, 'learning.course.create', course.id);
        return course;
      }),
    );
  }

  /** At once, for whoever learns it, too. @throws Refusal INVALID_INPUT, NOT_FOUND, SLUG_TAKEN, PRICE_REQUIRED */
  update(context: RequestContext, input: unknown): Promise<Course> {
    const { courseId, price, ...change } = accept(courseChange, input, context.locale);
    return refusing(REFUSALS, () =>
      transaction(context.em, async (tx) => {
        const course = await lockCourse(tx, courseId);
        if (!course) throw notFound();
        for (const [name, value] of Object.entries(change)) {
          if (value !== null && value !== undefined) Object.assign(course, { [name]: value });
        }
        if (price !== undefined) {
          course.priceMinor = price?.amountMinor ?? null;
          course.currency = price?.currency ?? null;
        }
        course.updatedAt = new Date();
        auditAuthoring(tx, context, 'learning.course.update', course.id, { ...change, price });
        return course;
      }),
    );
  }

  /** Nobody enrols any more; who learns goes on. Repeating it changes nothing. @throws Refusal NOT_FOUND */
  archive(context: RequestContext, input: unknown): Promise<Course> {
    return this.setArchived(context, input, true);
  }

  /** Takes a course out of the archive. Repeating it changes nothing. @throws Refusal NOT_FOUND */
  restore(context: RequestContext, input: unknown): Promise<Course> {
    return this.setArchived(context, input, false);
  }

  private setArchived(context: RequestContext, input: unknown, isArchived: boolean): Promise<Course> {
    const { courseId } = accept(courseReference, input, context.locale);
    return transaction(context.em, async (tx) => {
      const course = await lockCourse(tx, courseId);
      if (!course) throw notFound();
      if (Boolean(course.archivedAt) === isArchived) return course;
      const now = new Date();
      course.archivedAt = isArchived ? now : null;
      course.updatedAt = now;
      auditAuthoring(tx, context, isArchived ? 'learning.course.archive' : 'learning.course.restore', course.id);
      return course;
    });
  }
}

function notFound(): Refusal<LearningErrorCode> {
  return new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'courseId']);
}
