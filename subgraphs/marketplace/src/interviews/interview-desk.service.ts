import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { isId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { lockCalendars } from '../calendars/calendar.repository.js';
import { refusing } from '../constraints.js';
import { interviewCompleted, interviewRejected, interviewRescheduled, interviewScheduled } from '../events.js';
import { findBusyTimes } from '../schedules/busy.repository.js';
import { displayNameOf } from '../tutors/display-name.js';
import { Tutor } from '../tutors/tutor.entity.js';
import { tutorOfViewer } from '../tutors/tutor.repository.js';
import { keepsInterviews } from './interview.access.js';
import type { Interview } from './interview.entity.js';
import type { InterviewErrorCode } from './interview.payloads.js';
import { findInterview, lockInterview } from './interview.repository.js';
import {
  interviewCancellation,
  interviewChange,
  interviewOutcome,
  interviewPlan,
  interviewRejection,
  liveInterviewStatuses,
} from './interview.rules.js';
import { aboutInterview, cancelInterview, moveInterview, touchInterview } from './interview.transitions.js';

/** An interview with its tutor, locked. */
interface Held {
  interview: Interview;
  tutor: Tutor;
}

const busy = {
  interviews_interviewer_free: 'INTERVIEWER_BUSY',
  interviews_tutor_free: 'TUTOR_BUSY',
} as const satisfies Record<string, InterviewErrorCode>;

/** What staff does with interviews. Of two who decide at once the second one is told, and overwrites nothing unseen. */
export class InterviewDeskService {
  constructor(private readonly graph: GraphClient) {}

  /**
   * Changes what the tutor does not see, and who talks with the tutor.
   *
   * @throws Refusal NOT_FOUND, INTERVIEW_OVER, INTERVIEW_CHANGED, INTERVIEWER_UNKNOWN, INTERVIEWER_BUSY, OWN_INTERVIEW
   */
  async update(context: RequestContext, input: unknown): Promise<Interview> {
    const change = accept(interviewChange, input, context.locale);
    await this.checkInterviewer(context, change.interviewerId);
    return refusing<InterviewErrorCode, Interview>(busy, () =>
      transaction(context.em, async (tx) => {
        const held = await hold(context, tx, change.interviewId, change.interviewerId);
        const { interview } = held;
        checkVersion(interview, change.expectedVersion);
        const fields = changedFields(interview, change);
        if (fields.length === 0) return interview;
        const isOver = !liveInterviewStatuses.includes(interview.status);
        // Of a tutor who was forgotten nothing is written any more.
        const isClosed = isOver && (fields.includes('interviewerId') || held.tutor.erasedAt);
        if (isClosed) throw new Refusal<InterviewErrorCode>('INTERVIEW_OVER');
        if (change.internalNote !== undefined) interview.internalNote = change.internalNote;
        touchInterview(interview, new Date());
        if (change.interviewerId && fields.includes('interviewerId')) {
          interview.interviewerId = change.interviewerId;
          if (interview.status === 'SCHEDULED') rescheduled(tx, held);
        }
        note(context, tx, held, 'update', fields);
        return interview;
      }),
    );
  }

  /**
   * Gives an interview a time, or another one.
   *
   * @throws Refusal NOT_FOUND, INTERVIEW_OVER, INTERVIEW_CHANGED, INTERVIEW_IN_THE_PAST, INTERVIEWER_UNKNOWN,
   *   INTERVIEWER_BUSY, TUTOR_BUSY, OWN_INTERVIEW
   */
  async schedule(context: RequestContext, input: unknown): Promise<Interview> {
    const plan = accept(interviewPlan, input, context.locale);
    await this.checkInterviewer(context, plan.interviewerId);
    const { startsAt } = plan;
    const endsAt = new Date(startsAt.getTime() + plan.durationMinutes * 60_000);
    return refusing<InterviewErrorCode, Interview>(busy, () =>
      transaction(context.em, async (tx) => {
        const held = await hold(context, tx, plan.interviewId, plan.interviewerId ?? context.user.userId);
        const { interview } = held;
        const now = new Date();
        checkVersion(interview, plan.expectedVersion);
        if (startsAt <= now) throw new Refusal<InterviewErrorCode>('INTERVIEW_IN_THE_PAST', ['input', 'startsAt']);
        const before = interview.status;
        if (!moveInterview(interview, 'SCHEDULED', now)) throw new Refusal<InterviewErrorCode>('INTERVIEW_OVER');
        await checkTutorFree(tx, held, { startsAt, endsAt, now });
        interview.startsAt = startsAt;
        interview.endsAt = endsAt;
        interview.interviewerId = plan.interviewerId ?? interview.interviewerId ?? context.user.userId;
        if (before === 'SCHEDULED') rescheduled(tx, held);
        else recordEvent(tx, interviewScheduled.create(aboutInterview(interview, held.tutor.userId)));
        note(context, tx, held, 'schedule', ['startsAt', 'endsAt', 'interviewerId']);
        return interview;
      }),
    );
  }

  /** @throws Refusal NOT_FOUND, INTERVIEW_NOT_PENDING, OWN_INTERVIEW */
  async reject(context: RequestContext, input: unknown): Promise<Interview> {
    const { interviewId, reason } = accept(interviewRejection, input, context.locale);
    return transaction(context.em, async (tx) => {
      const held = await hold(context, tx, interviewId);
      const { interview, tutor } = held;
      if (!moveInterview(interview, 'REJECTED', new Date())) {
        throw new Refusal<InterviewErrorCode>('INTERVIEW_NOT_PENDING');
      }
      interview.rejectionReason = reason;
      recordEvent(tx, interviewRejected.create(aboutInterview(interview, tutor.userId)));
      note(context, tx, held, 'reject', ['rejectionReason']);
      return interview;
    });
  }

  /** @throws Refusal NOT_FOUND, INTERVIEW_NOT_SCHEDULED, INTERVIEW_NOT_BEGUN, OWN_INTERVIEW */
  async complete(context: RequestContext, input: unknown): Promise<Interview> {
    const { interviewId, verdict, note: words } = accept(interviewOutcome, input, context.locale);
    return transaction(context.em, async (tx) => {
      const held = await hold(context, tx, interviewId);
      const { interview, tutor } = held;
      const now = new Date();
      const { startsAt } = interview;
      if (!moveInterview(interview, 'COMPLETED', now)) throw new Refusal<InterviewErrorCode>('INTERVIEW_NOT_SCHEDULED');
      if (!startsAt || startsAt > now) throw new Refusal<InterviewErrorCode>('INTERVIEW_NOT_BEGUN');
      interview.verdict = verdict;
      interview.outcomeNote = words ?? null;
      const { subject, data } = aboutInterview(interview, tutor.userId);
      recordEvent(tx, interviewCompleted.create({ subject, data: { ...data, verdict } }));
      note(context, tx, held, 'complete', ['verdict', 'outcomeNote']);
      return interview;
    });
  }

  /** Gives an interview up, as its tutor or as staff. @throws Refusal NOT_FOUND, INTERVIEW_OVER */
  async cancel(context: RequestContext, input: unknown): Promise<Interview> {
    const { interviewId, reason } = accept(interviewCancellation, input, context.locale);
    const own = await tutorOfViewer(context);
    return transaction(context.em, async (tx) => {
      const found = await findInterview(tx, interviewId);
      const isOwn = found?.tutorId === own?.id;
      if (!found || !(isOwn || keepsInterviews(context))) throw notFound();
      const held = await holdRow(tx, found, []);
      const { interview, tutor } = held;
      const by = { userId: tutor.userId, canceller: isOwn ? 'TUTOR' : 'STAFF', reason: reason ?? null } as const;
      if (!cancelInterview(tx, interview, { ...by, now: new Date() })) {
        throw new Refusal<InterviewErrorCode>('INTERVIEW_OVER');
      }
      if (!isOwn) note(context, tx, held, 'cancel', ['cancelReason']);
      return interview;
    });
  }

  /** Is there such an account? What it may do is asked whenever it does something. @throws Refusal INTERVIEWER_UNKNOWN */
  private async checkInterviewer({ user }: RequestContext, id: string | null | undefined): Promise<void> {
    if (!id || id === user.userId) return;
    const name = isId(id) ? await displayNameOf(this.graph, id) : undefined;
    if (!name) throw new Refusal<InterviewErrorCode>('INTERVIEWER_UNKNOWN', ['input', 'interviewerId']);
  }
}

/** The interview, locked, for staff to decide about; first the calendars of whoever is busy then. */
async function hold(
  context: RequestContext,
  tx: EntityManager,
  id: string,
  interviewerId?: string | null,
): Promise<Held> {
  const found = await findInterview(tx, id);
  if (!found) throw notFound();
  const people = [interviewerId, found.interviewerId].filter((person) => typeof person === 'string');
  const held = await holdRow(tx, found, people);
  if (context.isUser(held.tutor.userId)) throw new Refusal<InterviewErrorCode>('OWN_INTERVIEW');
  if (interviewerId === held.tutor.userId) {
    throw new Refusal<InterviewErrorCode>('INTERVIEWER_UNKNOWN', ['input', 'interviewerId']);
  }
  return held;
}

async function holdRow(tx: EntityManager, { id, tutorId }: Interview, people: readonly string[]): Promise<Held> {
  const { userId } = await tx.findOneOrFail(Tutor, { id: tutorId });
  await lockCalendars(tx, [userId, ...people]);
  const interview = await lockInterview(tx, id);
  // Whoever erases a tutor locks the calendar too: as of now it is certain.
  const tutor = await tx.findOneOrFail(Tutor, { id: tutorId }, { refresh: true });
  if (!interview) throw notFound();
  return { interview, tutor };
}

function notFound(): Refusal<InterviewErrorCode> {
  return new Refusal<InterviewErrorCode>('NOT_FOUND', ['input', 'interviewId']);
}

function checkVersion({ version }: Interview, expected: number): void {
  if (version !== expected) throw new Refusal<InterviewErrorCode>('INTERVIEW_CHANGED', ['input', 'expectedVersion']);
}

function changedFields(
  interview: Interview,
  {
    internalNote,
    interviewerId,
  }: { internalNote?: string | null | undefined; interviewerId?: string | null | undefined },
): string[] {
  return [
    ...(internalNote !== undefined && internalNote !== (interview.internalNote ?? null) ? ['internalNote'] : []),
    ...(interviewerId && interviewerId !== interview.interviewerId ? ['interviewerId'] : []),
  ];
}

/** @throws Refusal TUTOR_BUSY when the tutor has something else then; their calendar is locked */
async function checkTutorFree(
  tx: EntityManager,
  { interview, tutor }: Held,
  { startsAt, endsAt, now }: Record<'startsAt' | 'endsAt' | 'now', Date>,
): Promise<void> {
  const { lessons, tutor: others } = await findBusyTimes(tx, {
    tutorId: tutor.id,
    tutorUserId: tutor.userId,
    from: startsAt,
    to: endsAt,
    now,
    ignoreInterviewIds: [interview.id],
  });
  if (lessons.length + others.length > 0) throw new Refusal<InterviewErrorCode>('TUTOR_BUSY', ['input', 'startsAt']);
}

function rescheduled(tx: EntityManager, { interview, tutor }: Held): void {
  interview.sequence += 1;
  recordEvent(tx, interviewRescheduled.create(aboutInterview(interview, tutor.userId)));
}

/** Tells the audit log what the viewer did as staff. */
function note(
  context: RequestContext,
  tx: EntityManager,
  { interview, tutor }: Held,
  verb: 'update' | 'schedule' | 'reject' | 'complete' | 'cancel',
  fields: readonly string[],
): void {
  recordStaffAction(tx, context, {
    action: `marketplace.interview.${verb}`,
    resource: 'Interview',
    resourceId: interview.id,
    userId: tutor.userId,
    fields,
  });
}
