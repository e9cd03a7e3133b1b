import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal, type RefusalItem } from '@tutorgraph/kit/graphql/refusal';
import type { LearningErrorCode } from '../errors.js';
import { homeworkReturned, homeworkReviewed } from '../events.js';
import { Homework } from '../homework/homework.entity.js';
import { meetDuty } from '../homework/meet-duty.js';
import { HomeworkCheck } from '../homework-check/homework-check.entity.js';
import { requireReviewable } from '../submissions/assignment-access.js';
import type { HomeworkAssignment } from '../submissions/homework-assignment.entity.js';
import { HomeworkGrade } from '../submissions/homework-grade.entity.js';
import type { Submission } from '../submissions/submission.entity.js';
import { concernsOf, lockSubmission, place } from '../submissions/submission.repository.js';
import { after } from '../submissions/submission.rules.js';
import { dropCardsOfEdits } from '../vocabulary/cards-from-mistakes.js';
import { SubmissionAnnotation, SubmissionReview } from './review.entity.js';
import { misfits, misplaced, type NewReview, newReview } from './review.rules.js';

const WHICH_SUBMISSION = ['input', 'submissionId'];
const DAY_MS = 24 * 60 * 60 * 1_000;

/** What is reviewed, locked until the transaction ends. */
interface Reviewed {
  submission: Submission;
  assignment: HomeworkAssignment;
  homework: Homework;
  check: HomeworkCheck | null;
}

/** Curators' decisions on homework. */
export class ReviewService {
  /**
   * Accepts or returns what was handed in. Of two curators at once one wins, and the other learns that it has changed.
   *
   * @throws Refusal INVALID_INPUT, NOT_FOUND, CHANGED, NOT_REVIEWABLE
   */
  async review(context: RequestContext, input: unknown): Promise<Submission> {
    const wanted = accept(newReview, input, context.locale);
    return transaction(context.em, async (tx) => {
      const reviewed = await this.reviewed(context, tx, wanted);
      refuseUnfit(wanted, reviewed);
      const { submission, assignment, homework } = reviewed;
      const isAccepted = wanted.decision === 'ACCEPT';
      const status = after(isAccepted ? 'accept' : 'return', submission.status);
      if (!status) throw new Refusal<LearningErrorCode>('NOT_REVIEWABLE', WHICH_SUBMISSION);
      const now = new Date();
      const score = wanted.scores.reduce((sum, one) => sum + one.score, 0);
      await keepReview(tx, reviewed, wanted, { score, reviewerId: context.user.userId, now });
      place(assignment, submission, status, now);
      assignment.score = score;
      if (!isAccepted) giveTime(assignment, homework, now);
      await dropDismissedCards(tx, reviewed, wanted);
      const { about, enrollment } = await concernsOf(tx, assignment);
      recordEvent(
        tx,
        (isAccepted ? homeworkReviewed : homeworkReturned).create({ subject: submission.id, data: about }),
      );
      recordStaffAction(tx, context, {
        action: isAccepted ? 'learning.homework.accept' : 'learning.homework.return',
        resource: 'HomeworkSubmission',
        resourceId: submission.id,
        userId: about.userId,
        fields: ['score'],
      });
      await tx.flush();
      if (isAccepted) await meetDuty(tx, enrollment, homework, now);
      return submission;
    });
  }

  private async reviewed(context: RequestContext, tx: EntityManager, wanted: NewReview): Promise<Reviewed> {
    const locked = await lockSubmission(tx, wanted.submissionId);
    if (!locked || locked.submission.status === 'DRAFT')
      throw new Refusal<LearningErrorCode>('NOT_FOUND', WHICH_SUBMISSION);
    const { submission, assignment } = locked;
    await requireReviewable(context, tx, assignment.id, WHICH_SUBMISSION);
    if (submission.revision !== wanted.expectedRevision) {
      throw new Refusal<LearningErrorCode>('CHANGED', ['input', 'expectedRevision']);
    }
    // The student works at the next version: this one is history.
    if (submission.version !== assignment.version)
      throw new Refusal<LearningErrorCode>('NOT_REVIEWABLE', WHICH_SUBMISSION);
    const [homework, check] = [
      await tx.findOneOrFail(Homework, { id: assignment.homeworkId }),
      await tx.findOne(HomeworkCheck, { submissionId: submission.id }),
    ];
    return { submission, assignment, homework, check };
  }
}

/** Whose homework comes back has as many days as at first, so that nobody is late because a curator was. */
function giveTime(assignment: HomeworkAssignment, { dueDays }: Homework, now: Date): void {
  const dueAt = new Date(now.getTime() + dueDays * DAY_MS);
  if (dueAt > assignment.dueAt) Object.assign(assignment, { dueAt, remindedAt: null });
}

/** @throws Refusal INVALID_INPUT for each score, note and edit that does not fit what is reviewed */
function refuseUnfit(wanted: NewReview, { submission, homework, check }: Reviewed): void {
  const refused: RefusalItem<LearningErrorCode>[] = [];
  const refuse = (...field: (string | number)[]) =>
    refused.push({ code: 'INVALID_INPUT', field: ['input', ...field.map(String)] });
  for (const index of misfits(homework.rubric, wanted.scores)) refuse('scores', index);
  if (refused.length === 0 && wanted.scores.length < homework.rubric.length) refuse('scores');
  for (const index of misplaced(submission.text, wanted.annotations)) refuse('annotations', index, 'quote');
  const edits = new Set(check?.edits.map(({ id }) => id));
  if (wanted.dismissedEdits.some((id) => !edits.has(id))) refuse('dismissedEdits');
  if (refused.length > 0) throw new Refusal(refused);
}

/** What was no mistake is not learned by heart. */
function dropDismissedCards(
  tx: EntityManager,
  { submission, assignment, check }: Reviewed,
  { dismissedEdits }: NewReview,
): Promise<void> {
  const dismissed = check?.edits.filter(({ id }) => dismissedEdits.includes(id)) ?? [];
  return dropCardsOfEdits(tx, assignment.studentId, dismissed, submission.text);
}

async function keepReview(
  tx: EntityManager,
  { submission, homework, check }: Reviewed,
  wanted: NewReview,
  { score, reviewerId, now }: { score: number; reviewerId: string; now: Date },
): Promise<void> {
  const { id: submissionId } = submission;
  const { decision, scores, dismissedEdits, comment = null } = wanted;
  const number = (await tx.count(SubmissionReview, { submissionId })) + 1;
  const overridden = { aiScore: check?.score ?? null, editCount: check?.edits.length ?? 0, dismissedEdits };
  const kept = { id: newId(), submissionId, number, reviewerId, decision, scores, score, comment, createdAt: now };
  tx.persist(Object.assign(new SubmissionReview(), { ...kept, ...overridden }));
  const { maxScore } = homework;
  const grade = { id: newId(), submissionId, source: 'CURATOR' as const, score, maxScore };
  tx.persist(Object.assign(new HomeworkGrade(), { ...grade, gradedBy: reviewerId, gradedAt: now }));
  await tx.nativeDelete(SubmissionAnnotation, { submissionId });
  for (const { start, end, kind, comment: said } of wanted.annotations) {
    const note = { id: newId(), submissionId, start, end, kind, comment: said, authorId: reviewerId, createdAt: now };
    tx.persist(Object.assign(new SubmissionAnnotation(), note));
  }
}
