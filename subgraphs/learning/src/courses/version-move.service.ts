import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { z } from 'zod';
import type { Enrollment } from '../enrollments/enrollment.entity.js';
import { lockEnrollment } from '../enrollments/enrollment.repository.js';
import { moveEnrollment } from '../enrollments/enrollment.transitions.js';
import type { LearningErrorCode } from '../errors.js';
import { reference } from '../input.rules.js';
import { countLessons } from '../progress/complete-lesson.js';
import { CourseVersion } from './course.entity.js';
import { carryOver } from './version-move.repository.js';

const wantedMove = z.object({
  enrollmentIds: z
    .array(reference)
    .min(1)
    .max(100)
    .transform((ids) => [...new Set(ids)]),
});

/** Brings those who learn a former version of a course into the one that is published. */
export class VersionMoveService {
  /**
   * Each in a transaction of its own, so that those before a refusal are moved. Who has completed the course, or learns what is
   * published already, stays as they are.
   *
   * @throws Refusal NOT_FOUND
   */
  async move(context: RequestContext, input: unknown): Promise<Enrollment[]> {
    const { enrollmentIds } = accept(wantedMove, input, context.locale);
    const moved: Enrollment[] = [];
    for (const [index, id] of enrollmentIds.entries()) {
      moved.push(
        await transaction(context.em, async (tx) => {
          const locked = await lockEnrollment(tx, id);
          if (!locked) throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'enrollmentIds', String(index)]);
          const { enrollment, userId } = locked;
          if (await moveOne(tx, enrollment, userId, new Date())) {
            const resource = { resource: 'Enrollment', resourceId: id, userId };
            recordStaffAction(tx, context, { action: 'learning.enrollment.move-version', ...resource });
          }
          return enrollment;
        }),
      );
    }
    return moved;
  }
}

async function moveOne(tx: EntityManager, enrollment: Enrollment, userId: string | null, at: Date): Promise<boolean> {
  const { id: enrollmentId, courseId, versionId: fromId, status } = enrollment;
  const published = await tx.findOne(CourseVersion, { courseId, status: 'PUBLISHED' });
  if (!published || published.id === fromId || status === 'COMPLETED') return false;
  await carryOver(tx, { enrollmentId, fromId, toId: published.id });
  enrollment.versionId = published.id;
  enrollment.updatedAt = at;
  await tx.flush();
  const { done, required } = await countLessons(tx, enrollment);
  enrollment.percent = Math.floor((done * 100) / required);
  if (done === required && status === 'ACTIVE') await moveEnrollment(tx, enrollment, 'COMPLETED', userId, at);
  return true;
}
