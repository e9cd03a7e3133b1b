import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type AnnotationKind, annotationKinds, type ReviewDecision, reviewDecisions } from './review.rules.js';

/** @see reviewDecisions */
export const ReviewDecisionEnum = enumOf(reviewDecisions);
registerEnumType(ReviewDecisionEnum, {
  name: 'HomeworkDecision',
  description: 'What a curator decides on homework.',
  valuesConfig: {
    ACCEPT: { description: 'It is done.' },
    RETURN: { description: 'The student is to make another version.' },
  },
});

/** @see annotationKinds */
export const AnnotationKindEnum = enumOf(annotationKinds);
registerEnumType(AnnotationKindEnum, {
  name: 'HomeworkAnnotationKind',
  description: 'What a note in a text is.',
  valuesConfig: {
    MISTAKE: { description: 'Something is wrong here.' },
    SUGGESTION: { description: 'It could be said better.' },
    QUESTION: { description: 'It is not clear.' },
    PRAISE: { description: 'It is good.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'What a curator gave for one criterion.' })
export class HomeworkReviewScore {
  @Field(() => ID, { description: 'Which criterion of the rubric.' })
  declare criterionId: string;

  @Field(() => Int, { description: 'Its score.' })
  declare score: number;
}

@ObjectType('HomeworkReview', { simpleResolvers: true, description: 'What a curator decided on homework.' })
export class SubmissionReviewType {
  @Field(() => ID, { description: 'Identity of the review.' })
  declare id: string;

  @Field(() => Int, { description: '1, then one more each time that a curator thought again; the last one stands.' })
  declare number: number;

  @Field(() => ReviewDecisionEnum, { description: 'What was decided.' })
  declare decision: ReviewDecision;

  @Field(() => [HomeworkReviewScore], { description: 'What each criterion gave.' })
  declare scores: HomeworkReviewScore[];

  @Field(() => Int, { description: 'The sum.' })
  declare score: number;

  @Field(() => String, { nullable: true, description: 'What the curator says to it; null when nothing.' })
  declare comment: string | null;

  @Field(() => [ID], { description: 'Ids of the edits of `aiCheck` that are not to stand.' })
  declare dismissedEdits: string[];

  @Field(() => DateTime, { description: 'When it was decided.' })
  declare createdAt: Date;
}

@ObjectType('HomeworkAnnotation', {
  simpleResolvers: true,
  description: 'A note of a curator at a place in the text. Places are counted in UTF-16 units, as JavaScript does.',
})
export class SubmissionAnnotationType {
  @Field(() => ID, { description: 'Identity of the note.' })
  declare id: string;

  @Field(() => Int, { description: 'Where it begins in the text; the first place is 0.' })
  declare start: number;

  @Field(() => Int, { description: 'The first place after it.' })
  declare end: number;

  @Field(() => AnnotationKindEnum, { description: 'What it is.' })
  declare kind: AnnotationKind;

  @Field(() => String, { description: 'What it says.' })
  declare comment: string;
}

@ObjectType('HomeworkCommentTemplate', {
  simpleResolvers: true,
  description: 'Something that curators say again and again: their own, or the school’s.',
})
export class CommentTemplateType {
  @Field(() => ID, { description: 'Identity of the template.' })
  declare id: string;

  @Field(() => String, { description: 'By what it is found.' })
  declare title: string;

  @Field(() => String, { description: 'What is said.' })
  declare text: string;

  @Field(() => DateTime, { description: 'When it was written.' })
  declare createdAt: Date;

  @Field(() => DateTime, { description: 'When it changed last.' })
  declare updatedAt: Date;
}

export const CommentTemplateConnection = connectionOf(CommentTemplateType, 'HomeworkCommentTemplate');
