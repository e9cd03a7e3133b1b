import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { ChatRoomType } from '../chat-rooms/chat-room.types.js';
import { MessagingError } from '../errors.js';
import { ReportDecisionEnum, ReportReasonEnum } from './report.enums.js';
import type { ReportDecision, ReportReason } from './report.rules.js';
import { ReportType } from './report.types.js';

@InputType({ description: 'Which message staff is to look at, and why.' })
export class ReportMessageInput {
  @Field(() => ID, { description: 'Which message of a room of yours.' })
  declare messageId: string;

  @Field(() => ReportReasonEnum, { description: 'Why.' })
  declare reason: ReportReason;

  @Field(() => String, { nullable: true, description: 'What you want to say of it, at most 1,000 characters.' })
  declare note?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'Your report.' })
export class ReportMessagePayload {
  @Field(() => ReportType, { nullable: true, description: 'The report; null when it was refused.' })
  declare report?: ReportType | null;

  @Field(() => [MessagingError], { description: 'What went wrong: INVALID_INPUT, NOT_FOUND, OWN_MESSAGE.' })
  declare userErrors: MessagingError[];
}

@InputType({ description: 'What to do about a report.' })
export class DecideReportInput {
  @Field(() => ID, { description: 'Which report.' })
  declare reportId: string;

  @Field(() => ReportDecisionEnum, { description: 'What to do.' })
  declare decision: ReportDecision;
}

@ObjectType({ simpleResolvers: true, description: 'The report, decided.' })
export class DecideReportPayload {
  @Field(() => ReportType, { nullable: true, description: 'The report; null when nothing was decided.' })
  declare report?: ReportType | null;

  @Field(() => [MessagingError], {
    description: 'What went wrong: INVALID_INPUT, NOT_FOUND, REPORT_DECIDED, OWN_MESSAGE.',
  })
  declare userErrors: MessagingError[];
}

@InputType({ description: 'Which chat room to inspect.' })
export class InspectChatRoomInput {
  @Field(() => ID, { description: 'Identity of the room.' })
  declare roomId: string;
}

@ObjectType({ simpleResolvers: true, description: 'The room whose messages you may read for a while.' })
export class InspectChatRoomPayload {
  @Field(() => ChatRoomType, { nullable: true, description: 'The room; null when it was refused.' })
  declare room?: ChatRoomType | null;

  @Field(() => DateTime, { nullable: true, description: 'Until when you may read it.' })
  declare inspectedUntil?: Date | null;

  @Field(() => [MessagingError], { description: 'What went wrong: INVALID_INPUT, NOT_FOUND.' })
  declare userErrors: MessagingError[];
}
