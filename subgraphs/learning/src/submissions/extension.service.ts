import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { LearningErrorCode } from '../errors.js';
import { homeworkExtended } from '../events.js';
import { requireReviewable } from './assignment-access.js';
import { type HomeworkAssignment, HomeworkExtension } from './homework-assignment.entity.js';
import { concernsOf, findNewest, lockAssignment, tell } from './submission.repository.js';
import { extension } from './submission-input.rules.js';

const LONGEST_MS = 366 * 24 * 60 * 60 * 1_000;

/** Giving students more time. */
export class ExtensionService {
  /**
   * Moves the day until which homework should be handed in. What was late and is not by the new day is late no longer.
   *
   * @throws Refusal INVALID_INPUT, NOT_FOUND, ALREADY_ACCEPTED
   */
  async extend(context: RequestContext, input: unknown): Promise<HomeworkAssignment> {
    const { assignmentId, dueAt, reason } = accept(extension, input, context.locale);
    return transaction(context.em, async (tx) => {
      await requireReviewable(context, tx, assignmentId, ['input', 'assignmentId']);
      const assignment = await lockAssignment(tx, assignmentId);
      if (!assignment) throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'assignmentId']);
      if (assignment.status === 'REVIEWED') throw new Refusal<LearningErrorCode>('ALREADY_ACCEPTED');
      const now = new Date();
      const { dueAt: previousDueAt } = assignment;
      if (dueAt <= now || dueAt <= previousDueAt || dueAt.getTime() > now.getTime() + LONGEST_MS) {
        throw new Refusal<LearningErrorCode>('INVALID_INPUT', ['input', 'dueAt']);
      }
      const { userId: grantedBy } = context.user;
      const given = { id: newId(), assignmentId, previousDueAt, dueAt, reason, grantedBy, createdAt: now };
      tx.persist(Object.assign(new HomeworkExtension(), given));
      Object.assign(assignment, { dueAt, remindedAt: null, updatedAt: now });
      const newest = await findNewest(tx, assignment);
      if (newest?.submittedAt) {
        newest.isLate = newest.submittedAt > dueAt;
        assignment.isLate = newest.isLate;
      }
      await tell(tx, assignment, homeworkExtended, assignmentId);
      const { about } = await concernsOf(tx, assignment);
      recordStaffAction(tx, context, {
        action: 'learning.homework.extend',
        resource: 'HomeworkAssignment',
        resourceId: assignmentId,
        userId: about.userId,
        fields: ['dueAt'],
      });
      await tx.flush();
      return assignment;
    });
  }
}
