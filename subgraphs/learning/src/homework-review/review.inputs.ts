import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { LearningError } from '../errors.js';
import { SubmissionType } from '../submissions/submission.types.js';
import type { AnnotationKind, ReviewDecision } from './review.rules.js';
import { AnnotationKindEnum, CommentTemplateType, ReviewDecisionEnum } from './review.types.js';

@InputType({ description: 'What you give for one criterion.' })
export class HomeworkScoreInput {
  @Field(() => ID, { description: 'Which criterion of the rubric.' })
  declare criterionId: string;

  @Field(() => Int, { description: 'From 0 to its points.' })
  declare score: number;
}

@InputType({
  description: 'A note at a place in the text. Places are counted in UTF-16 units, as JavaScript does.',
})
export class HomeworkAnnotationInput {
  @Field(() => Int, { description: 'Where it begins in the text; the first place is 0.' })
  declare start: number;

  @Field(() => Int, { description: 'The first place after it.' })
  declare end: number;

  @Field(() => String, { description: 'What stands there, exactly: so the note never comes to stand elsewhere.' })
  declare quote: string;

  @Field(() => AnnotationKindEnum, { description: 'What it is.' })
  declare kind: AnnotationKind;

  @Field(() => String, { description: 'What it says, 1 to 2,000 characters.' })
  declare comment: string;
}

@InputType({ description: 'Your decision on homework.' })
export class ReviewSubmissionInput {
  @Field(() => ID, { description: 'What was handed in: the newest version.' })
  declare submissionId: string;

  @Field(() => Int, {
    description: 'The `revision` that you have seen: refused with CHANGED when it is another by now.',
  })
  declare expectedRevision: number;

  @Field(() => ReviewDecisionEnum, { description: 'Accept it, or return it to be done better.' })
  declare decision: ReviewDecision;

  @Field(() => [HomeworkScoreInput], { description: 'One score for each criterion of the rubric.' })
  declare scores: HomeworkScoreInput[];

  @Field(() => String, { nullable: true, description: 'What you say to the student, 10,000 characters at most.' })
  declare comment?: string | null;

  @Field(() => [HomeworkAnnotationInput], {
    nullable: true,
    description: 'Notes in the text, 200 at most. They take the place of those of an earlier review.',
  })
  declare annotations?: HomeworkAnnotationInput[] | null;

  @Field(() => [ID], { nullable: true, description: 'Edits of `aiCheck` that are not to stand.' })
  declare dismissedEdits?: string[] | null;
}

@InputType({ description: 'Something to say again and again.' })
export class SaveCommentTemplateInput {
  @Field(() => ID, { nullable: true, description: 'Which one to change; a new one without it.' })
  declare templateId?: string | null;

  @Field(() => String, { description: 'By what it is found, 1 to 120 characters.' })
  declare title: string;

  @Field(() => String, { description: 'What is said, 1 to 4,000 characters.' })
  declare text: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Is it the whole school’s? Only who may see all students may say so.',
  })
  declare isShared: boolean;
}

@InputType({ description: 'Which template is to go.' })
export class DeleteCommentTemplateInput {
  @Field(() => ID, { description: 'The template.' })
  declare templateId: string;
}

@ObjectType({ simpleResolvers: true, description: 'What you reviewed.' })
export class ReviewSubmissionPayload {
  @Field(() => SubmissionType, {
    nullable: true,
    description: 'The submission as it is now; null when it was refused.',
  })
  declare submission?: SubmissionType | null;

  @Field(() => [LearningError], { description: 'INVALID_INPUT, NOT_FOUND, CHANGED, NOT_REVIEWABLE.' })
  declare userErrors: LearningError[];
}

@ObjectType({ simpleResolvers: true, description: 'What you keep to say.' })
export class SaveCommentTemplatePayload {
  @Field(() => CommentTemplateType, {
    nullable: true,
    description: 'The template as it is now; null when it was refused.',
  })
  declare template?: CommentTemplateType | null;

  @Field(() => [LearningError], { description: 'INVALID_INPUT, NOT_FOUND, TOO_MANY_TEMPLATES.' })
  declare userErrors: LearningError[];
}

@ObjectType({ simpleResolvers: true, description: 'What is gone.' })
export class DeleteCommentTemplatePayload {
  @Field(() => ID, { nullable: true, description: 'Which template is gone; null when it was refused.' })
  declare deletedTemplateId?: string | null;

  @Field(() => [LearningError], { description: 'NOT_FOUND.' })
  declare userErrors: LearningError[];
}
