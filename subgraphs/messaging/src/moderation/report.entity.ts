import { defineEntity, p } from '@mikro-orm/core';
import { ChatMessage } from '../chat-messages/chat-message.entity.js';
import { type ReportReason, type ReportStatus, reportReasons, reportStatuses } from './report.rules.js';

const ReportSchema = defineEntity({
  name: 'Report',
  tableName: 'reports',
  indexes: [{ name: 'reports_queue', properties: ['status', 'createdAt', 'id'] }],
  uniques: [{ name: 'reports_once', properties: ['messageId', 'reporterId'] }],
  checks: [{ name: 'reports_decided_check', expression: `(status = 'OPEN') = (decided_at is null)` }],
  properties: {
    id: p.uuid().primary(),
    messageId: () => p.manyToOne(ChatMessage).mapToPk().fieldName('message_id').deleteRule('cascade'),
    roomId: p.uuid(),
    /** Null once the reporter was erased. */
    reporterId: p.uuid().nullable(),
    reason: p.enum(reportReasons).$type<ReportReason>(),
    note: p.text().nullable(),
    /** What the message said when it was reported: its author may change it. */
    reportedText: p.text(),
    status: p.enum(reportStatuses).$type<ReportStatus>(),
    decidedBy: p.uuid().nullable(),
    decidedAt: p.datetime().columnType('timestamptz').nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/** Somebody asks staff to look at a message. */
export class Report extends ReportSchema.class {}
ReportSchema.setClass(Report);
