import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { isId, newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { EventType } from '@tutorgraph/kit/events/event';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { AssistantMessage, AssistantSession } from '../assistant/assistant.entity.js';
import { lockOwnSession } from '../assistant/assistant.repository.js';
import { Enrollment } from '../enrollments/enrollment.entity.js';
import type { LearningErrorCode } from '../errors.js';
import { handOverClosed, handOverOpened, handOverTaken } from '../events.js';
import { findStudentOf } from '../students/student.repository.js';
import { HandOver } from './hand-over.entity.js';
import { findHandOvers, type HandOverSearch, lockHandOver } from './hand-over.repository.js';
import {
  type HandOverStatus,
  handOverClosing,
  handOverTaking,
  mayMoveHandOver,
  newHandOver,
} from './hand-over.rules.js';

/** Conversations that curators go on with. */
export class HandOverService {
  /** Whoever hands over again gets the hand-over that is open. @throws Refusal INVALID_INPUT, NOT_FOUND */
  async open(context: RequestContext, input: unknown): Promise<HandOver> {
    const { sessionId, note = null } = accept(newHandOver, input, context.locale);
    const { userId } = context.user;
    return transaction(context.em, async (tx) => {
      // The conversation's lock lets one of two requests at once find the other one's hand-over.
      const session = await lockOwnSession(tx, sessionId, userId);
      if (!session) throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'sessionId']);
      const known = await tx.findOne(HandOver, { sessionId: session.id, status: { $ne: 'CLOSED' } });
      if (known) return known;
      const student = await findStudentOf(tx, userId);
      const handOver = tx.create(HandOver, {
        ...{ id: newId(), sessionId: session.id, status: 'OPEN', note, createdAt: new Date() },
        studentId: student?.id ?? null,
        cohortId: student ? await cohortOf(tx, student.id) : null,
      });
      await tx.flush();
      await markUnresolved(tx, session);
      tell(tx, handOverOpened, handOver, session);
      return handOver;
    });
  }

  /** A page of the hand-overs that the viewer may answer, the oldest first. */
  list(
    context: RequestContext,
    search: HandOverSearch | null | undefined,
    page: PageRequest,
  ): Promise<Connection<HandOver>> {
    return findHandOvers(context, search ?? {}, page);
  }

  /** @throws Refusal NOT_FOUND, HAND_OVER_CLOSED, HAND_OVER_TAKEN */
  async take(context: RequestContext, input: unknown): Promise<HandOver> {
    const { handOverId } = accept(handOverTaking, input, context.locale);
    return transaction(context.em, async (tx) => {
      const { handOver, session } = await this.moved(context, tx, handOverId, 'TAKEN');
      if (handOver.takenBy === context.user.userId) return handOver;
      Object.assign(handOver, { status: 'TAKEN', takenBy: context.user.userId, takenAt: new Date() });
      tell(tx, handOverTaken, handOver, session);
      audit(context, tx, 'learning.hand-over.take', handOver, session);
      return handOver;
    });
  }

  /** Settles it; an answer goes into the conversation. @throws Refusal INVALID_INPUT, NOT_FOUND, HAND_OVER_CLOSED, HAND_OVER_TAKEN */
  async close(context: RequestContext, input: unknown): Promise<HandOver> {
    const { handOverId, answer } = accept(handOverClosing, input, context.locale);
    return transaction(context.em, async (tx) => {
      const { handOver, session } = await this.moved(context, tx, handOverId, 'CLOSED');
      const now = new Date();
      if (answer) addAnswer(tx, session, context.user.userId, answer, now);
      Object.assign(handOver, { status: 'CLOSED', closedBy: context.user.userId, closedAt: now });
      tell(tx, handOverClosed, handOver, session);
      audit(context, tx, 'learning.hand-over.close', handOver, session);
      return handOver;
    });
  }

  /** A hand-over on its way to another status, and its conversation, both locked. */
  private async moved(
    context: RequestContext,
    tx: EntityManager,
    id: string,
    to: HandOverStatus,
  ): Promise<{ handOver: HandOver; session: AssistantSession }> {
    const known = isId(id) ? await tx.findOne(HandOver, { id }) : null;
    // The conversation first, as whoever hands over does.
    const session =
      known &&
      (await tx.findOne(
        AssistantSession,
        { id: known.sessionId },
        { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
      ));
    const handOver = session && (await lockHandOver(context, tx, id));
    if (!(handOver && session)) throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'handOverId']);
    if (!mayMoveHandOver(handOver.status, to))
      throw new Refusal<LearningErrorCode>('HAND_OVER_CLOSED', ['input', 'handOverId']);
    const isOthers = handOver.takenBy && handOver.takenBy !== context.user.userId;
    // Whoever reads all students may step in for a curator.
    if (isOthers && !context.can('learning.students.read')) {
      throw new Refusal<LearningErrorCode>('HAND_OVER_TAKEN', ['input', 'handOverId']);
    }
    return { handOver, session };
  }
}

function addAnswer(tx: EntityManager, session: AssistantSession, authorId: string, text: string, now: Date): void {
  session.lastSequence += 1;
  session.lastMessageAt = now;
  tx.create(AssistantMessage, {
    ...{ id: newId(), sessionId: session.id, sequence: session.lastSequence, role: 'CURATOR', authorId, text },
    ...{ status: 'DONE', citations: [], createdAt: now },
  });
}

/** Where the student learns now, the newest first: its curator is asked. */
async function cohortOf(tx: EntityManager, studentId: string): Promise<string | null> {
  const enrollment = await tx.findOne(
    Enrollment,
    { studentId, status: 'ACTIVE', cohortId: { $ne: null } },
    { orderBy: { enrolledAt: 'desc' } },
  );
  return enrollment?.cohortId ?? null;
}

/** Whoever asks a person was not helped by what the assistant said last, unless they said otherwise. */
async function markUnresolved(tx: EntityManager, { id }: AssistantSession): Promise<void> {
  await sql`
    update learning.assistant_messages set resolved = false
     where resolved is null and id = (
       select last.id from learning.assistant_messages last where last.session_id = ${id} and last.role = 'ASSISTANT'
        order by last.sequence desc limit 1)`.execute(tx.getKysely());
}

type HandOverEvent = EventType<typeof handOverOpened extends EventType<infer Data> ? Data : never>;

function tell(tx: EntityManager, event: HandOverEvent, handOver: HandOver, { id, userId }: AssistantSession): void {
  const { studentId = null, cohortId = null } = handOver;
  recordEvent(tx, event.create({ subject: handOver.id, data: { sessionId: id, userId, studentId, cohortId } }));
}

function audit(
  context: RequestContext,
  tx: EntityManager,
  action: 'learning.hand-over.take' | 'learning.hand-over.close',
  { id }: HandOver,
  { userId }: AssistantSession,
): void {
  recordStaffAction(tx, context, { action, resource: 'HandOver', resourceId: id, userId });
}
