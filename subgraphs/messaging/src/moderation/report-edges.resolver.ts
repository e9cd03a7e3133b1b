import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { ChatMessage } from '../chat-messages/chat-message.entity.js';
import { ChatMessageType } from '../chat-messages/chat-message.types.js';
import type { ChatRoom } from '../chat-rooms/chat-room.entity.js';
import { ChatRoomType } from '../chat-rooms/chat-room.types.js';
import { UserReference } from '../people/user.types.js';
import type { Report } from './report.entity.js';
import { ReportType } from './report.types.js';
import type { ReportEdgesService } from './report-edges.service.js';

/** What lies around a report. */
@Resolver(() => ReportType)
export class ReportEdgesResolver {
  constructor(private readonly edges: ReportEdgesService) {}

  @FieldResolver(() => ChatMessageType, {
    nullable: true,
    description: 'The message as it is now; for those who moderate also of rooms that they do not read.',
  })
  message(@Root() report: Report, @Ctx() context: RequestContext): Promise<ChatMessage | null> {
    return this.edges.message(context, report);
  }

  @FieldResolver(() => ChatRoomType, { nullable: true, description: 'The room in which it was written.' })
  room(@Root() report: Report, @Ctx() context: RequestContext): Promise<ChatRoom | null> {
    return this.edges.room(context, report);
  }

  @FieldResolver(() => UserReference, { nullable: true, description: 'Who reported it; null once erased.' })
  reporter(@Root() { reporterId }: Report): UserReference | null {
    return reporterId ? { id: reporterId } : null;
  }

  @FieldResolver(() => UserReference, {
    nullable: true,
    description: 'Who decided; null while it is open, and for whoever does not moderate.',
  })
  decidedBy(@Root() report: Report, @Ctx() context: RequestContext): UserReference | null {
    return this.edges.decidedBy(context, report);
  }
}
