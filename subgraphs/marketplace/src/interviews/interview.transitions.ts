import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { interviewCancelled } from '../events.js';
import type { Interview } from './interview.entity.js';
import { lockLiveInterviews } from './interview.repository.js';
import {
  type InterviewCanceller,
  type InterviewStatus,
  liveInterviewStatuses,
  mayInterviewBecome,
} from './interview.rules.js';

/** What every event says of an interview. @param userId the account behind the tutor */
export function aboutInterview(interview: Interview, userId: string) {
  const { id: subject, tutorId, subjectId, interviewerId = null, status } = interview;
  return { subject, data: { tutorId, userId, subjectId, interviewerId, status } };
}

/**
 * Moves an interview on. The caller has locked it and records the event.
 *
 * @returns false, and changes nothing, when the transition table does not allow it
 */
export function moveInterview(interview: Interview, to: InterviewStatus, now: Date): boolean {
  if (!mayInterviewBecome(interview.status, to)) return false;
  interview.status = to;
  if (!liveInterviewStatuses.includes(to)) interview.decidedAt = now;
  touchInterview(interview, now);
  return true;
}

/** Marks a change that leaves the status as it is. */
export function touchInterview(interview: Interview, now: Date): void {
  interview.version += 1;
  interview.updatedAt = now;
}

/** Cancels an interview that is locked and tells everybody; false when it is over. */
export function cancelInterview(
  tx: EntityManager,
  interview: Interview,
  by: { userId: string; canceller: InterviewCanceller; reason: string | null; now: Date },
): boolean {
  const wasScheduled = interview.status === 'SCHEDULED';
  if (!moveInterview(interview, 'CANCELLED', by.now)) return false;
  interview.cancelledBy = by.canceller;
  interview.cancelReason = by.reason;
  if (wasScheduled) interview.sequence += 1;
  const { subject, data } = aboutInterview(interview, by.userId);
  recordEvent(tx, interviewCancelled.create({ subject, data: { ...data, cancelledBy: by.canceller } }));
  return true;
}

/** Cancels, in the tutor's name, what is still to come of a tutor or about an offering that goes. */
export async function cancelInterviews(
  tx: EntityManager,
  which: { tutorId: string } | { offeringId: string },
  userId: string,
  now: Date,
): Promise<void> {
  for (const interview of await lockLiveInterviews(tx, which)) {
    cancelInterview(tx, interview, { userId, canceller: 'TUTOR', reason: null, now });
  }
}
