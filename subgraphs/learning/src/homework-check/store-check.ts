import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { homeworkChecked } from '../events.js';
import type { Homework } from '../homework/homework.entity.js';
import { meetDuty } from '../homework/meet-duty.js';
import { HomeworkGrade } from '../submissions/homework-grade.entity.js';
import { concernsOf, lockSubmission, place } from '../submissions/submission.repository.js';
import { after, passes } from '../submissions/submission.rules.js';
import { addCardsFromEdits } from '../vocabulary/cards-from-mistakes.js';
import { HomeworkCheck } from './homework-check.entity.js';
import type { CheckFindings } from './homework-checker.js';

/** A check that is done, and of what. */
export interface DoneCheck {
  submissionId: string;
  /** The text that was checked. */
  text: string;
  homework: Homework;
  findings: CheckFindings;
  at: Date;
}

/** Keeps what a check found, unless the submission waits for it no longer: a curator was faster, or another check was. */
export async function storeCheck(
  tx: EntityManager,
  { submissionId, text, homework, findings, at }: DoneCheck,
): Promise<void> {
  const locked = await lockSubmission(tx, submissionId);
  if (!locked) return;
  const { submission, assignment } = locked;
  const needsReview = findings.doubts.length > 0;
  const status = after(needsReview ? 'doubt' : 'passCheck', submission.status);
  if (!status || submission.text !== text) return;
  const { score } = findings;
  tx.persist(Object.assign(new HomeworkCheck(), { submissionId, ...findings, checkedAt: at }));
  if (score !== null) {
    const { maxScore } = homework;
    const grade = { id: newId(), submissionId, source: 'AI' as const, score, maxScore, gradedBy: null, gradedAt: at };
    tx.persist(Object.assign(new HomeworkGrade(), grade));
  }
  place(assignment, submission, status, at);
  assignment.score = needsReview ? null : score;
  const { about, enrollment } = await concernsOf(tx, assignment);
  recordEvent(tx, homeworkChecked.create({ subject: submissionId, data: { ...about, needsReview } }));
  await tx.flush();
  await addCardsFromEdits(tx, assignment.studentId, findings.edits, text, at);
  if (!needsReview && score !== null && passes(score, homework)) await meetDuty(tx, enrollment, homework, at);
}
