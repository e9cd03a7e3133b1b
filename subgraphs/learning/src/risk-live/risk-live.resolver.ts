import type { LiveMessage } from '@tutorgraph/kit/events/live-stream';
import { Requires } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Arg, Ctx, Resolver, Root, Subscription } from 'type-graphql';
import type { RiskLiveService } from './risk-live.service.js';
import { StudentAtRiskEvent } from './risk-live.types.js';

interface Start {
  args: { after?: string | null };
  context: RequestContext;
}

/** Risk that people watch live. */
@Resolver(() => StudentAtRiskEvent)
export class RiskLiveResolver {
  constructor(readonly service: RiskLiveService) {}

  @Requires('learning.students.curate')
  @Subscription(() => StudentAtRiskEvent, {
    nullable: true,
    description:
      'Students of the cohorts that you guide when you subscribe, or all for staff, whose risk rises above the threshold; the same one not again for some days.',
    subscribe: ({ args, context }: Start) => context.resolver(RiskLiveResolver).service.watch(context, args.after),
  })
  async studentAtRisk(
    @Root() { cursor, event }: LiveMessage,
    @Arg('after', () => String, {
      nullable: true,
      description: 'The cursor of the last event that you have, to go on behind it; from now on without it.',
    })
    _after: string | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return { cursor, risk: await this.service.heard(context, event) };
  }
}
