import { ServiceOnly } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Arg, Ctx, Directive, ID, Query, Resolver } from 'type-graphql';
import type { AccountMessageService } from './account-message.service.js';
import { CodeMessage, NoticeMessage } from './account-message.types.js';

/** What messaging sends for accounts. */
@Resolver()
export class AccountMessageResolver {
  constructor(private readonly accountMessages: AccountMessageService) {}

  @ServiceOnly('codeMessage')
  @Directive('@inaccessible')
  @Query(() => CodeMessage, {
    nullable: true,
    description: 'A code that is to be sent; null once it is worth nothing. For our services only.',
  })
  codeMessage(
    @Arg('id', () => ID, { description: 'The code, as in the event code.requested.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<CodeMessage | null> {
    return this.accountMessages.code(context, id);
  }

  @ServiceOnly('noticeMessage')
  @Directive('@inaccessible')
  @Query(() => NoticeMessage, {
    nullable: true,
    description:
      'What an owner is to be told; null once it was sent, and for whoever has no proven address. For our services only.',
  })
  noticeMessage(
    @Arg('id', () => ID, { description: 'The notice, as in the event notice.requested.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<NoticeMessage | null> {
    return this.accountMessages.notice(context, id);
  }
}
