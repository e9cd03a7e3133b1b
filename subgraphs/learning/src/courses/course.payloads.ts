import { MoneyInput } from '@tutorgraph/kit/graphql/money';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { LearningError } from '../errors.js';
import type { CertificateRule, CourseLanguage, EnrollmentPolicy } from './course.rules.js';
import {
  CertificateRuleEnum,
  CourseLanguageEnum,
  CourseModuleType,
  CourseType,
  CourseVersionType,
  EnrollmentPolicyEnum,
} from './course.types.js';

@InputType({ description: 'A new course; it begins with an empty draft.' })
export class CreateCourseInput {
  @Field(() => String, { description: 'Its name in addresses: lower-case words with hyphens, at most 80 characters.' })
  declare slug: string;

  @Field(() => String, { description: 'Its title, 1 to 200 characters.' })
  declare title: string;

  @Field(() => String, { description: 'What it is about and for whom, in Markdown, 1 to 10,000 characters.' })
  declare description: string;

  @Field(() => CourseLanguageEnum, { description: 'The language in which it is taught.' })
  declare language: CourseLanguage;

  @Field(() => EnrollmentPolicyEnum, { description: 'Who may enrol by themselves.' })
  declare enrollmentPolicy: EnrollmentPolicy;

  @Field(() => MoneyInput, { nullable: true, description: 'What it costs; needed when it is PAID.' })
  declare price?: MoneyInput | null;

  @Field(() => Int, { description: 'For how many days it is planned, 1 to 730.' })
  declare lengthDays: number;

  @Field(() => CertificateRuleEnum, { description: 'What earns a certificate.' })
  declare certificateRule: CertificateRule;

  @Field(() => Int, { nullable: true, description: 'With COMPLETION_AND_SCORE: the least mean score, 0 to 100.' })
  declare certificateScore?: number | null;
}

@InputType({ description: 'What is to change of a course, at once and for everybody; what is left out stays.' })
export class UpdateCourseInput {
  @Field(() => ID, { description: 'Which course.' })
  declare courseId: string;

  @Field(() => String, { nullable: true, description: 'Its name in addresses; the former one leads nowhere then.' })
  declare slug?: string | null;

  @Field(() => String, { nullable: true, description: 'Its title, 1 to 200 characters.' })
  declare title?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is about, in Markdown, 1 to 10,000 characters.' })
  declare description?: string | null;

  @Field(() => CourseLanguageEnum, { nullable: true, description: 'The language in which it is taught.' })
  declare language?: CourseLanguage | null;

  @Field(() => EnrollmentPolicyEnum, { nullable: true, description: 'Who may enrol by themselves.' })
  declare enrollmentPolicy?: EnrollmentPolicy | null;

  @Field(() => MoneyInput, { nullable: true, description: 'What it costs; null makes it cost nothing.' })
  declare price?: MoneyInput | null;

  @Field(() => Int, { nullable: true, description: 'For how many days it is planned, 1 to 730.' })
  declare lengthDays?: number | null;

  @Field(() => CertificateRuleEnum, { nullable: true, description: 'What earns a certificate.' })
  declare certificateRule?: CertificateRule | null;

  @Field(() => Int, { nullable: true, description: 'With COMPLETION_AND_SCORE: the least mean score, 0 to 100.' })
  declare certificateScore?: number | null;
}

@InputType()
class CourseReferenceInput {
  @Field(() => ID, { description: 'Which course.' })
  declare courseId: string;
}

@InputType({ description: 'Which course goes into the archive.' })
export class ArchiveCourseInput extends CourseReferenceInput {}

@InputType({ description: 'Which course leaves the archive.' })
export class RestoreCourseInput extends CourseReferenceInput {}

@InputType({ description: 'Of which course to make a draft.' })
export class DraftCourseInput extends CourseReferenceInput {}

@InputType({ description: 'The draft of which course to publish.' })
export class PublishCourseInput extends CourseReferenceInput {}

@InputType({ description: 'A new module of a draft.' })
export class AddModuleInput {
  @Field(() => ID, { description: 'Which draft.' })
  declare versionId: string;

  @Field(() => String, { description: 'Its title, 1 to 200 characters.' })
  declare title: string;

  @Field(() => String, { nullable: true, description: 'What it is about, at most 2,000 characters.' })
  declare description?: string | null;

  @Field(() => Int, { nullable: true, description: 'Its place: 1, 2, …; at the end without it.' })
  declare position?: number | null;
}

@InputType({ description: 'What is to change of a module of a draft; what is left out stays.' })
export class UpdateModuleInput {
  @Field(() => ID, { description: 'Which module.' })
  declare moduleId: string;

  @Field(() => String, { nullable: true, description: 'Its title, 1 to 200 characters.' })
  declare title?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What it is about, at most 2,000 characters; null says nothing.',
  })
  declare description?: string | null;
}

@InputType({ description: 'Where a module of a draft is to be.' })
export class MoveModuleInput {
  @Field(() => ID, { description: 'Which module.' })
  declare moduleId: string;

  @Field(() => Int, { description: 'Its new place: 1, 2, …; beyond the end means the end.' })
  declare position: number;
}

@InputType({ description: 'Which module of a draft goes, with its lessons.' })
export class RemoveModuleInput {
  @Field(() => ID, { description: 'Which module.' })
  declare moduleId: string;
}

@ObjectType({ simpleResolvers: true, description: 'The course as it is now.' })
export class CoursePayload {
  @Field(() => CourseType, { nullable: true, description: 'The course; null when nothing was done.' })
  declare course?: CourseType | null;

  @Field(() => [LearningError], {
    description: 'What went wrong: INVALID_INPUT, NOT_FOUND, SLUG_TAKEN, PRICE_REQUIRED.',
  })
  declare userErrors: LearningError[];
}

@ObjectType({ simpleResolvers: true, description: 'The version of a course as it is now.' })
export class CourseVersionPayload {
  @Field(() => CourseVersionType, { nullable: true, description: 'The version; null when nothing was done.' })
  declare version?: CourseVersionType | null;

  @Field(() => [LearningError], {
    description:
      'What went wrong: NOT_FOUND, VERSION_PUBLISHED, COURSE_ARCHIVED, NOTHING_TO_PUBLISH, and one for each thing that is missing for publishing: COURSE_EMPTY, MODULE_EMPTY, LESSON_EMPTY, QUIZ_WITHOUT_TEST, NOTHING_SCORED, PREREQUISITE_CYCLE.',
  })
  declare userErrors: LearningError[];
}

@ObjectType({ simpleResolvers: true, description: 'The module as it is now.' })
export class CourseModulePayload {
  @Field(() => CourseModuleType, { nullable: true, description: 'The module; null when nothing was done.' })
  declare module?: CourseModuleType | null;

  @Field(() => [LearningError], {
    description: 'What went wrong: INVALID_INPUT, NOT_FOUND, VERSION_PUBLISHED, TOO_MANY_MODULES.',
  })
  declare userErrors: LearningError[];
}
