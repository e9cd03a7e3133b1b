import type { LiveMessage } from '@tutorgraph/kit/events/live-stream';
import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Arg, Ctx, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { ProgressLiveService, Watched } from './progress-live.service.js';
import { ProgressChangedEvent } from './progress-live.types.js';

interface Start {
  args: Watched & { after?: string | null };
  context: RequestContext;
}

/** Progress that people watch live. */
@Resolver(() => ProgressChangedEvent)
export class ProgressLiveResolver {
  constructor(readonly service: ProgressLiveService) {}

  @SignedIn()
  @Subscription(() => ProgressChangedEvent, {
    nullable: true,
    description:
      'What happens to your progress; or to that of a student whom you may see, or of a cohort that you guide. It ends with FORBIDDEN as soon as you may not any longer.',
    subscribe: ({ args, context }: Start) =>
      context.resolver(ProgressLiveResolver).service.watch(context, args, args.after),
  })
  async progressChanged(
    @Root() { cursor, event }: LiveMessage,
    @Arg('studentId', () => ID, { nullable: true, description: 'Whose progress; your own without it and `cohortId`.' })
    studentId: string | null | undefined,
    @Arg('cohortId', () => ID, { nullable: true, description: 'Of which cohort; instead of `studentId`.' })
    cohortId: string | null | undefined,
    @Arg('after', () => String, {
      nullable: true,
      description: 'The cursor of the last event that you have, to go on behind it; from now on without it.',
    })
    _after: string | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return { cursor, ...(await this.service.heard(context, { studentId, cohortId }, event)) };
  }
}
