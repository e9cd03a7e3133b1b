import { Public } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import { mapConnection } from '@tutorgraph/kit/graphql/connection-map';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Args, Ctx, Query, Resolver } from 'type-graphql';
import type { DevelopmentMessage } from './development-message.entity.js';
import type { MailboxService } from './mailbox.service.js';
import { DevelopmentMessageConnection, type DevelopmentMessageType } from './mailbox.types.js';

/** The development mailbox in the graph. */
@Resolver()
export class MailboxResolver {
  constructor(private readonly mailbox: MailboxService) {}

  @Public()
  @Query(() => DevelopmentMessageConnection, {
    nullable: true,
    description:
      'Messages of every channel that were kept here instead of being sent, the newest first. In development only: where messages are really sent it is refused with the code DEVELOPMENT_ONLY.',
  })
  async developmentMailbox(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<DevelopmentMessageType>> {
    return mapConnection(await this.mailbox.list(context, page), shapeMessage);
  }
}

function shapeMessage(message: DevelopmentMessage): DevelopmentMessageType {
  const { id, channel, recipient, subject, text, html, createdAt } = message;
  return { id, channel, recipient, subject: subject ?? null, text, html: html ?? null, sentAt: createdAt };
}
