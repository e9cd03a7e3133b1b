import { ServiceOnly } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Arg, Ctx, Directive, ID, Query, Resolver } from 'type-graphql';
import type { CourseTerms } from './course-terms.repository.js';
import type { CourseTermsService } from './course-terms.service.js';
import { CoursePaymentTerms } from './course-terms.types.js';

/** What courses cost, for payments. */
@Resolver()
export class CourseTermsResolver {
  constructor(private readonly service: CourseTermsService) {}

  @ServiceOnly('coursePaymentTerms')
  @Directive('@inaccessible')
  @Query(() => CoursePaymentTerms, {
    nullable: true,
    description:
      'Under what somebody can buy a course; null when it is not for sale, or no place is left in the cohort. For our services only.',
  })
  coursePaymentTerms(
    @Arg('userId', () => ID, { description: 'The account of who buys.' }) userId: string,
    @Arg('courseId', () => ID, { description: 'The course.' }) courseId: string,
    @Arg('cohortId', () => ID, { nullable: true, description: 'The cohort that they want to belong to.' })
    cohortId: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<CourseTerms | null> {
    return this.service.find(context, { userId, courseId, cohortId });
  }
}
