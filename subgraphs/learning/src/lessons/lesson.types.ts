import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type LockReason, lockReasons } from '../progress/lesson-progress.rules.js';
import { type LessonKind, lessonKinds } from './lesson.rules.js';

/** @see lessonKinds */
export const LessonKindEnum = enumOf(lessonKinds);
registerEnumType(LessonKindEnum, {
  name: 'LessonKind',
  description: 'What a lesson is made of.',
  valuesConfig: {
    VIDEO: { description: 'A video; the text says what is said in it.' },
    TEXT: { description: 'A text to read.' },
    QUIZ: { description: 'A test to pass.' },
  },
});

/** @see lockReasons */
export const LockReasonEnum = enumOf(lockReasons);
registerEnumType(LockReasonEnum, {
  name: 'LessonLockReason',
  description: 'Why somebody does not see what a lesson says.',
  valuesConfig: {
    NOT_ENROLLED: { description: 'They do not learn this version of the course, or have left it.' },
    NOT_STARTED: { description: 'Their cohort has not begun yet.' },
    PREREQUISITE: { description: 'Other lessons must be completed first.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType('Lesson', { simpleResolvers: true, description: 'One step of a course, in one of its versions.' })
export class LessonType {
  @Field(() => ID, { description: 'Identity of the lesson in this version of the course.' })
  declare id: string;

  @Field(() => ID, { description: 'The same in every version of the course.' })
  declare lineageId: string;

  @Field(() => Int, { description: 'Its place in the module: 1, 2, …' })
  declare position: number;

  @Field(() => LessonKindEnum, { description: 'What it is made of.' })
  declare kind: LessonKind;

  @Field(() => String, { description: 'Its title.' })
  declare title: string;

  @Field(() => Int, { description: 'How many minutes it takes, about.' })
  declare minutes: number;

  @Field(() => Boolean, { description: 'May anybody see it before they enrol?' })
  declare isPreview: boolean;

  @Field(() => Boolean, { description: 'May it be left out on the way to completing the course?' })
  declare isOptional: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'Why you do not see what a lesson says, and what opens it.' })
export class LessonLock {
  @Field(() => LockReasonEnum, { description: 'Why it is locked.' })
  declare reason: LockReason;

  @Field(() => [LessonType], {
    description: 'With PREREQUISITE: the lessons that you have to complete first. Empty otherwise.',
  })
  declare requires: LessonType[];
}
