import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { EnrollmentType } from '../enrollments/enrollment.types.js';
import { LearningError } from '../errors.js';
import { LessonType } from '../lessons/lesson.types.js';
import { LessonProgressType } from './progress.types.js';

@InputType({ description: 'Which lesson you begin.' })
export class StartLessonInput {
  @Field(() => ID, { description: 'The lesson, of the version that you learn.' })
  declare lessonId: string;
}

@InputType({ description: 'Which lesson you have done.' })
export class CompleteLessonInput {
  @Field(() => ID, { description: 'The lesson, of the version that you learn.' })
  declare lessonId: string;
}

@ObjectType({ simpleResolvers: true, description: 'What became of beginning a lesson.' })
export class StartLessonPayload {
  @Field(() => EnrollmentType, { nullable: true, description: 'Your enrolment as it is now; null when refused.' })
  declare enrollment?: EnrollmentType | null;

  @Field(() => LessonType, { nullable: true, description: 'The lesson, which you may read; null when refused.' })
  declare lesson?: LessonType | null;

  @Field(() => LessonProgressType, { nullable: true, description: 'How far you are with it; null when refused.' })
  declare progress?: LessonProgressType | null;

  @Field(() => [LearningError], {
    description: 'Why it was refused: NOT_A_STUDENT, NOT_FOUND, NOT_ENROLLED, LESSON_LOCKED; empty when it was not.',
  })
  declare userErrors: LearningError[];
}

@ObjectType({ simpleResolvers: true, description: 'What became of completing a lesson.' })
export class CompleteLessonPayload {
  @Field(() => EnrollmentType, {
    nullable: true,
    description: 'Your enrolment as it is now, with where to go on in `currentLesson`; null when refused.',
  })
  declare enrollment?: EnrollmentType | null;

  @Field(() => LessonType, { nullable: true, description: 'The lesson; null when refused.' })
  declare lesson?: LessonType | null;

  @Field(() => LessonProgressType, { nullable: true, description: 'How far you are with it; null when refused.' })
  declare progress?: LessonProgressType | null;

  @Field(() => [LearningError], {
    description:
      'Why it was refused: NOT_A_STUDENT, NOT_FOUND, NOT_ENROLLED, LESSON_LOCKED, TEST_NOT_PASSED, HOMEWORK_NOT_SUBMITTED; empty when it was not.',
  })
  declare userErrors: LearningError[];
}
