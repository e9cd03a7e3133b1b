import { Url } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { LearningError } from '../errors.js';
import type { LessonKind } from './lesson.rules.js';
import { LessonKindEnum, LessonType } from './lesson.types.js';

@InputType({ description: 'A new lesson of a draft.' })
export class AddLessonInput {
  @Field(() => ID, { description: 'In which module.' })
  declare moduleId: string;

  @Field(() => LessonKindEnum, { description: 'What it is made of.' })
  declare kind: LessonKind;

  @Field(() => String, { description: 'Its title, 1 to 200 characters.' })
  declare title: string;

  @Field(() => String, { nullable: true, description: 'What it says, in Markdown, at most 100,000 bytes.' })
  declare body?: string | null;

  @Field(() => Url, { nullable: true, description: 'With VIDEO: where the video is, an http or https address.' })
  declare videoUrl?: string | null;

  @Field(() => Int, { description: 'How many minutes it takes, about: 1 to 600.' })
  declare minutes: number;

  @Field(() => Boolean, { nullable: true, description: 'May anybody see it before they enrol? False without it.' })
  declare isPreview?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'May it be left out? False without it.' })
  declare isOptional?: boolean | null;

  @Field(() => Int, { nullable: true, description: 'Its place in the module: 1, 2, …; at the end without it.' })
  declare position?: number | null;
}

@InputType({ description: 'What is to change of a lesson of a draft; what is left out stays.' })
export class UpdateLessonInput {
  @Field(() => ID, { description: 'Which lesson.' })
  declare lessonId: string;

  @Field(() => LessonKindEnum, { nullable: true, description: 'What it is made of.' })
  declare kind?: LessonKind | null;

  @Field(() => String, { nullable: true, description: 'Its title, 1 to 200 characters.' })
  declare title?: string | null;

  @Field(() => String, { nullable: true, description: 'What it says, in Markdown, at most 100,000 bytes.' })
  declare body?: string | null;

  @Field(() => Url, { nullable: true, description: 'With VIDEO: where the video is; null takes it away.' })
  declare videoUrl?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many minutes it takes, about: 1 to 600.' })
  declare minutes?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'May anybody see it before they enrol?' })
  declare isPreview?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'May it be left out on the way to completing the course?' })
  declare isOptional?: boolean | null;
}

@InputType({ description: 'Where a lesson of a draft is to be.' })
export class MoveLessonInput {
  @Field(() => ID, { description: 'Which lesson.' })
  declare lessonId: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Into which module of the same draft; it stays in its own without it.',
  })
  declare moduleId?: string | null;

  @Field(() => Int, { description: 'Its new place in the module: 1, 2, …; beyond the end means the end.' })
  declare position: number;
}

@InputType({ description: 'Which lesson of a draft goes.' })
export class RemoveLessonInput {
  @Field(() => ID, { description: 'Which lesson.' })
  declare lessonId: string;
}

@InputType({ description: 'What has to be completed before a lesson of a draft.' })
export class SetPrerequisitesInput {
  @Field(() => ID, { description: 'Which lesson waits.' })
  declare lessonId: string;

  @Field(() => [ID], { description: 'For which lessons of the same draft, all of them; at most 20, none opens it.' })
  declare requiredIds: string[];
}

@ObjectType({ simpleResolvers: true, description: 'The lesson as it is now.' })
export class LessonPayload {
  @Field(() => LessonType, { nullable: true, description: 'The lesson; null when nothing was done.' })
  declare lesson?: LessonType | null;

  @Field(() => [LearningError], {
    description:
      'What went wrong: INVALID_INPUT, NOT_FOUND, VERSION_PUBLISHED, OTHER_VERSION, VIDEO_MISMATCH, TOO_MANY_LESSONS, PREREQUISITE_CYCLE.',
  })
  declare userErrors: LearningError[];
}
