import type { LiveMessage } from '@tutorgraph/kit/events/live-stream';
import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Arg, Ctx, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { HomeworkLiveService } from './homework-live.service.js';
import { HomeworkChangedEvent } from './homework-live.types.js';

interface Start {
  args: { studentId?: string | null; after?: string | null };
  context: RequestContext;
}

/** Homework that people hear of live. */
@Resolver(() => HomeworkChangedEvent)
export class HomeworkLiveResolver {
  constructor(readonly service: HomeworkLiveService) {}

  @SignedIn()
  @Subscription(() => HomeworkChangedEvent, {
    nullable: true,
    description:
      'What happens to homework: to yours as a student, to that of your cohorts as a curator, to all when you may see all students.',
    subscribe: ({ args, context }: Start) =>
      context.resolver(HomeworkLiveResolver).service.watch(context, args.studentId, args.after),
  })
  async homeworkChanged(
    @Root() { cursor, event }: LiveMessage,
    @Arg('studentId', () => ID, { nullable: true, description: 'Only what happens to the homework of this student.' })
    _studentId: string | null | undefined,
    @Arg('after', () => String, {
      nullable: true,
      description: 'The cursor of the last event that you have, to go on behind it; from now on without it.',
    })
    _after: string | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return { cursor, ...(await this.service.heard(context, event)) };
  }
}
