import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { HomeworkCheck } from './homework-check.entity.js';
import { reviewableSubmissions } from './homework-check.repository.js';
import type { CheckDoubt, CriterionScore } from './homework-check.rules.js';
import { HomeworkCheckScore, HomeworkCheckType, HomeworkDoubtEnum } from './homework-check.types.js';

/** What the program found. */
@Resolver(() => HomeworkCheckType)
export class HomeworkCheckResolver {
  @FieldResolver(() => [HomeworkDoubtEnum], {
    nullable: true,
    description: 'Why a curator must look; empty when nobody has to, null unless you may review it.',
  })
  async doubts(
    @Root() { submissionId, doubts }: HomeworkCheck,
    @Ctx() context: RequestContext,
  ): Promise<readonly CheckDoubt[] | null> {
    return (await context.loader(reviewableSubmissions).load(submissionId)) ? doubts : null;
  }
}

/** What it gives for one criterion. */
@Resolver(() => HomeworkCheckScore)
export class HomeworkCheckScoreResolver {
  @FieldResolver(() => String, {
    description:
      'Why: what was counted, in your language, or what the model says, in that of whoever handed it in. Empty without a score.',
  })
  reason(@Root() { reason, counted }: CriterionScore, @Ctx() context: RequestContext): string {
    return counted ? context.text(counted.key, { ...counted.values }) : reason;
  }
}
