import { Requires, SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { LearningError } from '../errors.js';
import {
  DropEnrollmentInput,
  DropEnrollmentPayload,
  EnrollInput,
  EnrollPayload,
  EnrollStudentInput,
  EnrollStudentPayload,
  MoveToCohortInput,
  MoveToCohortPayload,
  ResumeEnrollmentInput,
  ResumeEnrollmentPayload,
} from './enrollment.payloads.js';
import type { EnrollmentService } from './enrollment.service.js';
import type { EnrollmentDesk } from './enrollment-desk.service.js';

/** Coming into courses and leaving them, in the graph. */
@Resolver()
export class EnrollingResolver {
  constructor(
    private readonly service: EnrollmentService,
    private readonly desk: EnrollmentDesk,
  ) {}

  @SignedIn()
  @Limited({ viewer: { points: 30, seconds: 60 * 60 } })
  @Mutation(() => EnrollPayload, {
    nullable: true,
    description:
      'Enrols you in a course with the policy OPEN; with the first one you become a student. A course that you had left goes on where you were. For one with the policy PAID pay by payForCourse.',
  })
  enroll(
    @Arg('input', () => EnrollInput, { description: 'In which course.' }) input: EnrollInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, () => this.service.enroll(context, input));
  }

  @Requires('learning.students.manage')
  @Mutation(() => EnrollStudentPayload, {
    nullable: true,
    description: 'Enrols somebody in a course, whatever its policy is. For staff.',
  })
  enrollStudent(
    @Arg('input', () => EnrollStudentInput, { description: 'Whom, and in which course.' }) input: EnrollStudentInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, () => this.desk.enroll(context, input));
  }

  @SignedIn()
  @Mutation(() => DropEnrollmentPayload, {
    nullable: true,
    description: 'Leaves a course, or takes somebody out of it as staff; what was done is kept. Twice is once.',
  })
  dropEnrollment(
    @Arg('input', () => DropEnrollmentInput, { description: 'Which enrolment.' }) input: DropEnrollmentInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, () => this.service.drop(context, input));
  }

  @SignedIn()
  @Mutation(() => ResumeEnrollmentPayload, {
    nullable: true,
    description:
      'Goes on with a course that was left, in the version that was learned. Where one cannot enrol by oneself, and has not paid, only staff lets somebody back in. Twice is once.',
  })
  resumeEnrollment(
    @Arg('input', () => ResumeEnrollmentInput, { description: 'Which enrolment.' }) input: ResumeEnrollmentInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, () => this.service.resume(context, input));
  }

  @Requires('learning.students.manage')
  @Mutation(() => MoveToCohortPayload, {
    nullable: true,
    description: 'Puts somebody into another cohort of their course, or into none. For staff.',
  })
  moveToCohort(
    @Arg('input', () => MoveToCohortInput, { description: 'Whom, and where to.' }) input: MoveToCohortInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, () => this.desk.move(context, input));
  }
}
