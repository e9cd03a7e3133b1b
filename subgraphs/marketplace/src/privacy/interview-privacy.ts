import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { lockCalendars } from '../calendars/calendar.repository.js';
import { Interview } from '../interviews/interview.entity.js';
import { cancelInterviews } from '../interviews/interview.transitions.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { lockTutorByUser } from '../tutors/tutor.repository.js';

/** Interviews with a tutor, for the archive: without what staff noted for itself, and without who of staff it was. */
export async function collectInterviews(em: EntityManager, tutor: Tutor | null): Promise<object[]> {
  if (!tutor) return [];
  const interviews = await em.find(Interview, { tutorId: tutor.id }, { orderBy: { createdAt: 'asc', id: 'asc' } });
  return interviews.map((interview) => {
    const { id, subjectId, status, note, preferredTimes, startsAt, endsAt } = interview;
    const { verdict, rejectionReason, cancelledBy, cancelReason, decidedAt, meetingUrl, createdAt } = interview;
    const words = { note, preferredTimes, rejectionReason, cancelReason };
    return {
      id,
      subjectId,
      status,
      ...words,
      startsAt,
      endsAt,
      verdict,
      cancelledBy,
      decidedAt,
      meetingUrl,
      createdAt,
    };
  });
}

/** Cancels what is still to come and removes what was written by and about the tutor; that they took place stays. */
export async function eraseInterviews(tx: EntityManager, userId: string): Promise<void> {
  await lockCalendars(tx, [userId]);
  // While it is locked, nothing is asked for in its name.
  const tutor = await lockTutorByUser(tx, userId);
  if (!tutor) return;
  await cancelInterviews(tx, { tutorId: tutor.id }, userId, new Date());
  const locked = { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } } as const;
  for (const interview of await tx.find(Interview, { tutorId: tutor.id }, locked)) {
    Object.assign(interview, { note: null, preferredTimes: null, internalNote: null, outcomeNote: null });
    interview.cancelReason = null;
    if (interview.rejectionReason) interview.rejectionReason = '[…]';
  }
}
