import { z } from 'zod';
import { longText, reference } from '../input.rules.js';

/** Why a message is reported. */
export const reportReasons = ['SPAM', 'ABUSE', 'CONTACTS', 'FRAUD', 'OTHER'] as const;
/** @see reportReasons */
export type ReportReason = (typeof reportReasons)[number];

/** Where a report stands. */
export const reportStatuses = ['OPEN', 'UPHELD', 'DISMISSED'] as const;
/** @see reportStatuses */
export type ReportStatus = (typeof reportStatuses)[number];

/** What staff does about a report. */
export const reportDecisions = ['DISMISS', 'DELETE_MESSAGE', 'BAN_AUTHOR'] as const;
/** @see reportDecisions */
export type ReportDecision = (typeof reportDecisions)[number];

/** Where a report stands once it was decided on so; only open ones are. */
export const statusAfter: Readonly<Record<ReportDecision, Exclude<ReportStatus, 'OPEN'>>> = {
  DISMISS: 'DISMISSED',
  DELETE_MESSAGE: 'UPHELD',
  BAN_AUTHOR: 'UPHELD',
};

/** What a report must look like. */
export const newReport = z.object({
  messageId: reference,
  reason: z.enum(reportReasons),
  note: longText(1_000).nullish(),
});

/** What staff decides on which report. */
export const reportDecision = z.object({ reportId: reference, decision: z.enum(reportDecisions) });
