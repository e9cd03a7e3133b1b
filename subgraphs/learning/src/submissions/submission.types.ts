import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { HomeworkStatusEnum } from './homework-assignment.types.js';
import { type GradeSource, gradeSources } from './homework-grade.entity.js';
import type { SubmissionStatus } from './submission.rules.js';

const GradeSourceEnum = enumOf(gradeSources);
registerEnumType(GradeSourceEnum, {
  name: 'HomeworkGradeSource',
  description: 'Who gave a score.',
  valuesConfig: {
    AI: { description: 'The program.' },
    CURATOR: { description: 'A person.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType('HomeworkSubmission', {
  simpleResolvers: true,
  description:
    'One version of what a student made of their homework. Seen by whoever sees the assignment; a draft by the student alone.',
})
export class SubmissionType {
  @Field(() => ID, { description: 'Identity of the submission.' })
  declare id: string;

  @Field(() => Int, { description: '1, then one more each time that it was returned.' })
  declare version: number;

  @Field(() => HomeworkStatusEnum, { description: 'Where it stands; never ASSIGNED.' })
  declare status: SubmissionStatus;

  @Field(() => String, { description: 'What was written; empty when there are only files.' })
  declare text: string;

  @Field(() => DateTime, { nullable: true, description: 'When it was handed in; null for a draft.' })
  declare submittedAt: Date | null;

  @Field(() => Boolean, { description: 'Was it late?' })
  declare isLate: boolean;

  @Field(() => Int, {
    description: 'Grows with each change. Send the one that you have seen as `expectedRevision` when you change it.',
  })
  declare revision: number;

  @Field(() => DateTime, { description: 'When it was begun.' })
  declare createdAt: Date;

  @Field(() => DateTime, { description: 'When it changed last.' })
  declare updatedAt: Date;
}

@ObjectType('HomeworkFile', { simpleResolvers: true, description: 'A file that goes with homework.' })
export class SubmissionFileType {
  @Field(() => ID, { description: 'Identity of the file: the upload that it was.' })
  declare id: string;

  @Field(() => String, { description: 'What it is called.' })
  declare name: string;

  @Field(() => String, { description: 'What it is: image/jpeg, image/png, image/webp or application/pdf.' })
  declare contentType: string;

  @Field(() => Int, { description: 'How many bytes it has.' })
  declare size: number;
}

@ObjectType('HomeworkGrade', {
  simpleResolvers: true,
  description: 'A score as it was given once. Grades are only added, never changed.',
})
export class HomeworkGradeType {
  @Field(() => ID, { description: 'Identity of the grade.' })
  declare id: string;

  @Field(() => GradeSourceEnum, { description: 'Who gave it.' })
  declare source: GradeSource;

  @Field(() => Int, { description: 'The score.' })
  declare score: number;

  @Field(() => Int, { description: 'The most that there was.' })
  declare maxScore: number;

  @Field(() => DateTime, { description: 'When it was given.' })
  declare gradedAt: Date;
}
