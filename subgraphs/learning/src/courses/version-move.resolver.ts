import { Requires } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { EnrollmentType } from '../enrollments/enrollment.types.js';
import { LearningError } from '../errors.js';
import type { VersionMoveService } from './version-move.service.js';

@InputType({ description: 'Who is to learn what is published now.' })
export class MoveEnrollmentsToPublishedInput {
  @Field(() => [ID], { description: 'Whose enrolments, 1 to 100, of any courses.' })
  declare enrollmentIds: string[];
}

@ObjectType({ simpleResolvers: true, description: 'The enrolments as they are now.' })
export class MoveEnrollmentsToPublishedPayload {
  @Field(() => [EnrollmentType], { nullable: true, description: 'The enrolments; null when something was refused.' })
  declare enrollments?: EnrollmentType[] | null;

  @Field(() => [LearningError], {
    description: 'What went wrong: INVALID_INPUT, NOT_FOUND. Those before the one that was refused are moved.',
  })
  declare userErrors: LearningError[];
}

/** Moving students between versions of a course, in the graph. */
@Resolver()
export class VersionMoveResolver {
  constructor(private readonly service: VersionMoveService) {}

  @Requires('learning.students.manage')
  @Mutation(() => MoveEnrollmentsToPublishedPayload, {
    nullable: true,
    description:
      'Brings students from a former version of their course into the one that is published. What they did in lessons that are in both goes along; percent is counted anew. Who has completed the course stays as they are. It is audited.',
  })
  moveEnrollmentsToPublished(
    @Arg('input', () => MoveEnrollmentsToPublishedInput, { description: 'Whom.' })
    input: MoveEnrollmentsToPublishedInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ enrollments: await this.service.move(context, input) }));
  }
}
