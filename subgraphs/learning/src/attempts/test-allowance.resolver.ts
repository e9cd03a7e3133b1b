import { Requires } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { LearningError } from '../errors.js';
import type { TestAllowanceService } from './test-allowance.service.js';
import { GrantTestAllowanceInput, GrantTestAllowancePayload } from './test-allowance.types.js';

/** What curators grant students at tests, in the graph. */
@Resolver()
export class TestAllowanceResolver {
  constructor(private readonly service: TestAllowanceService) {}

  @Requires('learning.students.curate')
  @Mutation(() => GrantTestAllowancePayload, {
    nullable: true,
    description:
      'Grants a student whom you guide more attempts or time at a test, or that they need not wait. It is audited.',
  })
  grantTestAllowance(
    @Arg('input', () => GrantTestAllowanceInput, { description: 'What to grant to whom.' })
    input: GrantTestAllowanceInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ allowance: await this.service.grant(context, input) }));
  }
}
