import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { banMember, findEver } from '../chat-members/ban.service.js';
import { auditModeration } from '../chat-members/member-audit.js';
import { lockReadableRoom, lockRoom } from '../chat-members/membership.js';
import { ChatMessage } from '../chat-messages/chat-message.entity.js';
import { chatMessagesById } from '../chat-messages/chat-message.repository.js';
import { removeMessage } from '../chat-messages/message-removal.js';
import type { ChatRoom } from '../chat-rooms/chat-room.entity.js';
import type { MessagingErrorCode } from '../errors.js';
import { chatReportOpened } from '../events.js';
import { Report } from './report.entity.js';
import { findReport, findReports, lockOpenReports, type ReportSearch } from './report.repository.js';
import { newReport, type ReportDecision, reportDecision, statusAfter } from './report.rules.js';

/** Messages that people want staff to look at, and what staff does. */
export class ReportService {
  /** Whoever reports a message again gets the same report. @throws Refusal NOT_FOUND, OWN_MESSAGE */
  async report(context: RequestContext, input: unknown): Promise<Report> {
    const { messageId, reason, note } = accept(newReport, input, context.locale);
    const { userId } = context.user;
    const seen = await context.loader(chatMessagesById).load(messageId);
    if (!seen) throw notFound('messageId');
    return transaction(context.em, async (tx) => {
      const { room } = await lockReadableRoom(context, tx, seen.roomId, ['input', 'messageId']);
      const message = await tx.findOne(ChatMessage, { id: seen.id, deletedAt: null });
      if (!message) throw notFound('messageId');
      if (message.authorId === userId) throw new Refusal<MessagingErrorCode>('OWN_MESSAGE', ['input', 'messageId']);
      const id = newId();
      const { numAffectedRows } = await sql`
        insert into messaging.reports
          (id, message_id, room_id, reporter_id, reason, note, reported_text, status, created_at)
        values (${id}, ${message.id}, ${room.id}, ${userId}, ${reason}, ${note ?? null}, ${message.text}, 'OPEN', ${new Date()})
        on conflict (message_id, reporter_id) do nothing`.execute(tx.getKysely());
      if (numAffectedRows === 1n) recordEvent(tx, chatReportOpened.create({ subject: id, data: { roomId: room.id } }));
      return tx.findOneOrFail(Report, { messageId: message.id, reporterId: userId });
    });
  }

  /** A page of reports, the oldest first. */
  list(
    context: RequestContext,
    search: ReportSearch | null | undefined,
    page: PageRequest,
  ): Promise<Connection<Report>> {
    return findReports(context.em, search ?? {}, page);
  }

  /** One decision is for all open reports about the message. @throws Refusal NOT_FOUND, REPORT_DECIDED, OWN_MESSAGE */
  async decide(context: RequestContext, input: unknown): Promise<Report> {
    const { reportId, decision } = accept(reportDecision, input, context.locale);
    const { userId } = context.user;
    const known = await findReport(context.em, reportId);
    if (!known) throw notFound('reportId');
    return transaction(context.em, async (tx) => {
      const room = await lockRoom(tx, known.roomId);
      const message = await tx.findOne(ChatMessage, { id: known.messageId });
      if (!(room && message)) throw notFound('reportId');
      if (message.authorId === userId) throw new Refusal<MessagingErrorCode>('OWN_MESSAGE', ['input', 'reportId']);
      const open = await lockOpenReports(tx, message.id);
      const report = open.find(({ id }) => id === known.id);
      if (!report) throw new Refusal<MessagingErrorCode>('REPORT_DECIDED', ['input', 'reportId']);
      const now = new Date();
      for (const each of open) {
        Object.assign(each, { status: statusAfter[decision], decidedBy: userId, decidedAt: now });
      }
      await carryOut(context, tx, { room, message, decision, now });
      recordStaffAction(tx, context, {
        action: decision === 'DISMISS' ? 'messaging.report.dismiss' : 'messaging.report.uphold',
        resource: 'ChatReport',
        resourceId: report.id,
        userId: message.authorId,
      });
      return report;
    });
  }
}

interface Verdict {
  room: ChatRoom;
  message: ChatMessage;
  decision: ReportDecision;
  now: Date;
}

async function carryOut(
  context: RequestContext,
  tx: EntityManager,
  { room, message, decision, now }: Verdict,
): Promise<void> {
  if (decision === 'DISMISS') return;
  const { authorId } = message;
  await removeMessage(tx, message, context.user.userId);
  const author = decision === 'BAN_AUTHOR' && authorId ? await findEver(tx, room.id, authorId) : null;
  if (author && banMember(tx, room, author, now)) {
    auditModeration(context, tx, { room, member: null }, 'messaging.member.ban', author.userId);
  }
}

function notFound(field: string): Refusal<MessagingErrorCode> {
  return new Refusal<MessagingErrorCode>('NOT_FOUND', ['input', field]);
}
