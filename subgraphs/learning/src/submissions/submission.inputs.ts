import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { LearningError } from '../errors.js';
import { HomeworkAssignmentType } from './homework-assignment.types.js';
import { SubmissionType } from './submission.types.js';

@InputType({ description: 'A file that goes with homework.' })
export class HomeworkFileInput {
  @Field(() => ID, {
    description: 'Your confirmed upload of the kind ATTACHMENT or DOCUMENT; it goes with one homework, in any version.',
  })
  declare uploadId: string;

  @Field(() => String, {
    nullable: true,
    description: 'What it is called, 1 to 200 characters; a plain name without it.',
  })
  declare name?: string | null;
}

@InputType({ description: 'What you have of your homework; what you leave out stays as it is.' })
export class SaveHomeworkDraftInput {
  @Field(() => ID, { description: 'Your homework.' })
  declare assignmentId: string;

  @Field(() => String, { nullable: true, description: 'What you write, 20,000 characters at most.' })
  declare text?: string | null;

  @Field(() => [HomeworkFileInput], { nullable: true, description: 'All its files in their order, 10 at most.' })
  declare files?: HomeworkFileInput[] | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The `revision` of the version that you began from: refused with CHANGED when it is another by now, as from another device.',
  })
  declare expectedRevision?: number | null;
}

@InputType({ description: 'Homework that you hand in: your draft, with what you say here.' })
export class SubmitHomeworkInput extends SaveHomeworkDraftInput {
  @Field(() => String, {
    nullable: true,
    description:
      'A key that you choose, 1 to 128 visible characters of ASCII: the same homework with the same key within 24 hours is handed in once.',
  })
  declare idempotencyKey?: string | null;
}

@InputType({ description: 'More time for a student.' })
export class ExtendHomeworkInput {
  @Field(() => ID, { description: 'Whose homework, which one.' })
  declare assignmentId: string;

  @Field(() => DateTime, { description: 'Until when; later than now and than before, within a year.' })
  declare dueAt: Date;

  @Field(() => String, { description: 'Why, 1 to 500 characters; the student sees it.' })
  declare reason: string;
}

@ObjectType({ simpleResolvers: true, description: 'Your draft.' })
export class SaveHomeworkDraftPayload {
  @Field(() => SubmissionType, { nullable: true, description: 'The draft as it is now; null when it was refused.' })
  declare submission?: SubmissionType | null;

  @Field(() => [LearningError], {
    description:
      'INVALID_INPUT, NOT_A_STUDENT, NOT_FOUND, NOT_ENROLLED, HANDED_IN, CHANGED, UPLOAD_NOT_FOUND, UPLOAD_NOT_USABLE.',
  })
  declare userErrors: LearningError[];
}

@ObjectType({ simpleResolvers: true, description: 'What you handed in.' })
export class SubmitHomeworkPayload {
  @Field(() => SubmissionType, { nullable: true, description: 'What you handed in; null when it was refused.' })
  declare submission?: SubmissionType | null;

  @Field(() => [LearningError], {
    description:
      'INVALID_INPUT, NOT_A_STUDENT, NOT_FOUND, NOT_ENROLLED, HANDED_IN, CHANGED, UPLOAD_NOT_FOUND, UPLOAD_NOT_USABLE, IDEMPOTENCY_KEY_REUSED.',
  })
  declare userErrors: LearningError[];
}

@ObjectType({ simpleResolvers: true, description: 'Homework with more time.' })
export class ExtendHomeworkPayload {
  @Field(() => HomeworkAssignmentType, {
    nullable: true,
    description: 'The assignment as it is now; null when it was refused.',
  })
  declare assignment?: HomeworkAssignmentType | null;

  @Field(() => [LearningError], { description: 'INVALID_INPUT, NOT_FOUND, ALREADY_ACCEPTED.' })
  declare userErrors: LearningError[];
}
