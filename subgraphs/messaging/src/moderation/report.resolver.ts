import { Requires, SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { MessagingError } from '../errors.js';
import type { InspectionService } from './inspection.service.js';
import type { Report } from './report.entity.js';
import {
  DecideReportInput,
  DecideReportPayload,
  InspectChatRoomInput,
  InspectChatRoomPayload,
  ReportMessageInput,
  ReportMessagePayload,
} from './report.payloads.js';
import type { ReportService } from './report.service.js';
import { ChatReportFilter, ReportConnection } from './report.types.js';

/** Reports in the graph, and what those who moderate do. */
@Resolver()
export class ReportResolver {
  constructor(
    private readonly service: ReportService,
    private readonly inspections: InspectionService,
  ) {}

  @SignedIn()
  @Limited({ viewer: { points: 30, seconds: 60 * 60 } })
  @Mutation(() => ReportMessagePayload, {
    nullable: true,
    description: 'Asks staff to look at a message that somebody else wrote; once a message.',
  })
  reportMessage(
    @Arg('input', () => ReportMessageInput, { description: 'Which message, and why.' }) input: ReportMessageInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({ report: await this.service.report(context, input) }));
  }

  @Requires('messaging.rooms.moderate')
  @Query(() => ReportConnection, { nullable: true, description: 'Messages that people reported, the oldest first.' })
  reports(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => ChatReportFilter, { nullable: true, description: 'Which reports; all without it.' })
    filter: ChatReportFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Report>> {
    return this.service.list(context, filter, page);
  }

  @Requires('messaging.rooms.moderate')
  @Mutation(() => DecideReportPayload, {
    nullable: true,
    description:
      'Decides on a report, and with it on every open report about the same message. It is audited. Not about your own message.',
  })
  decideReport(
    @Arg('input', () => DecideReportInput, { description: 'What to do about which.' }) input: DecideReportInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({ report: await this.service.decide(context, input) }));
  }

  @Requires('messaging.rooms.moderate')
  @Mutation(() => InspectChatRoomPayload, {
    nullable: true,
    description:
      'Lets you read the messages of a room to which you do not belong, for an hour; it is audited each time. You cannot write in it.',
  })
  inspectChatRoom(
    @Arg('input', () => InspectChatRoomInput, { description: 'Which room.' }) input: InspectChatRoomInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, () => this.inspections.inspect(context, input));
  }
}
