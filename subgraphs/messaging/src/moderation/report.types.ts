import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { ReportReasonEnum, ReportStatusEnum } from './report.enums.js';
import type { ReportReason, ReportStatus } from './report.rules.js';

@ObjectType('ChatReport', { simpleResolvers: true, description: 'Somebody asks staff to look at a message.' })
export class ReportType {
  @Field(() => ID, { description: 'Identity of the report.' })
  declare id: string;

  @Field(() => ReportReasonEnum, { description: 'Why the message was reported.' })
  declare reason: ReportReason;

  @Field(() => String, { nullable: true, description: 'What the reporter says of it.' })
  declare note: string | null;

  @Field(() => String, {
    description: 'What the message said when it was reported; its author may have changed it since.',
  })
  declare reportedText: string;

  @Field(() => ReportStatusEnum, { description: 'Where it stands.' })
  declare status: ReportStatus;

  @Field(() => DateTime, { description: 'When it was reported.' })
  declare createdAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When staff decided; null while it is open.' })
  declare decidedAt: Date | null;
}

export const ReportConnection = connectionOf(ReportType, 'ChatReport');

@InputType({ description: 'Which reports; conditions add up.' })
export class ChatReportFilter {
  @Field(() => ReportStatusEnum, { nullable: true, description: 'Only reports that stand so.' })
  declare status?: ReportStatus | null;

  @Field(() => ReportReasonEnum, { nullable: true, description: 'Only reports for this reason.' })
  declare reason?: ReportReason | null;

  @Field(() => ID, { nullable: true, description: 'Only reports about messages of this room.' })
  declare roomId?: string | null;
}
