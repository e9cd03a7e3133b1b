import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { LearningError } from '../errors.js';
import { EnrollmentType } from './enrollment.types.js';

const KEY = 'Any text of your own, the same when you try again: then it is done once. Kept for 24 hours.';
const COHORT = 'A cohort of the course; none without it.';

@InputType({ description: 'In which course you enrol.' })
export class EnrollInput {
  @Field(() => ID, { description: 'The course; one with the policy OPEN.' })
  declare courseId: string;

  @Field(() => ID, { nullable: true, description: COHORT })
  declare cohortId?: string | null;

  @Field(() => String, { nullable: true, description: KEY })
  declare idempotencyKey?: string | null;
}

@InputType({ description: 'Whom staff enrols in which course: either a student or an account.' })
export class EnrollStudentInput {
  @Field(() => ID, { nullable: true, description: 'The student.' })
  declare studentId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Somebody with an account, who becomes a student if they are none.' })
  declare userId?: string | null;

  @Field(() => ID, { description: 'The course, whatever its policy is.' })
  declare courseId: string;

  @Field(() => ID, { nullable: true, description: COHORT })
  declare cohortId?: string | null;

  @Field(() => String, { nullable: true, description: KEY })
  declare idempotencyKey?: string | null;
}

@InputType({ description: 'Which enrolment is left.' })
export class DropEnrollmentInput {
  @Field(() => ID, { description: 'The enrolment: your own, or any for staff.' })
  declare enrollmentId: string;
}

@InputType({ description: 'Which enrolment goes on.' })
export class ResumeEnrollmentInput {
  @Field(() => ID, { description: 'The enrolment: your own, or any for staff.' })
  declare enrollmentId: string;
}

@InputType({ description: 'Where an enrolment is to belong.' })
export class MoveToCohortInput {
  @Field(() => ID, { description: 'The enrolment.' })
  declare enrollmentId: string;

  @Field(() => ID, { nullable: true, description: 'A cohort of the same course; null for none.' })
  declare cohortId: string | null;
}

@ObjectType({ simpleResolvers: true })
class EnrollmentPayload {
  @Field(() => EnrollmentType, { nullable: true, description: 'The enrolment as it is now; null when refused.' })
  declare enrollment?: EnrollmentType | null;
}

@ObjectType({ simpleResolvers: true, description: 'What became of enrolling.' })
export class EnrollPayload extends EnrollmentPayload {
  @Field(() => [LearningError], {
    description:
      'Why it was refused: NOT_FOUND, PAYMENT_REQUIRED, ENROLLMENT_CLOSED, ALREADY_ENROLLED, COHORT_FULL; empty when it was not.',
  })
  declare userErrors: LearningError[];
}

@ObjectType({ simpleResolvers: true, description: 'What became of enrolling somebody.' })
export class EnrollStudentPayload extends EnrollmentPayload {
  @Field(() => [LearningError], {
    description:
      'Why it was refused: NOT_FOUND, ENROLLMENT_CLOSED, ALREADY_ENROLLED, COHORT_FULL; empty when it was not.',
  })
  declare userErrors: LearningError[];
}

@ObjectType({ simpleResolvers: true, description: 'What became of leaving a course.' })
export class DropEnrollmentPayload extends EnrollmentPayload {
  @Field(() => [LearningError], {
    description: 'Why it was refused: NOT_FOUND, ENROLLMENT_COMPLETED; empty when it was not.',
  })
  declare userErrors: LearningError[];
}

@ObjectType({ simpleResolvers: true, description: 'What became of going on with a course.' })
export class ResumeEnrollmentPayload extends EnrollmentPayload {
  @Field(() => [LearningError], {
    description:
      'Why it was refused: NOT_FOUND, PAYMENT_REQUIRED, ENROLLMENT_CLOSED, COHORT_FULL; empty when it was not.',
  })
  declare userErrors: LearningError[];
}

@ObjectType({ simpleResolvers: true, description: 'What became of moving somebody.' })
export class MoveToCohortPayload extends EnrollmentPayload {
  @Field(() => [LearningError], { description: 'Why it was refused: NOT_FOUND, COHORT_FULL; empty when it was not.' })
  declare userErrors: LearningError[];
}
