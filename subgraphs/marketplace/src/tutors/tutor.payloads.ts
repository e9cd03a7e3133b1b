import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { CurrencyCode } from '@tutorgraph/kit/graphql/scalars';
import { UserError } from '@tutorgraph/kit/graphql/user-error';
import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { LanguageCode } from '../lessons/language-codes.js';
import type { LessonFormat } from '../lessons/lesson.rules.js';
import { LanguageCodeEnum, LessonFormatEnum } from '../lessons/lesson.types.js';
import { TutorType } from './tutor.types.js';

/** Every expected failure around profiles and offerings. */
export const tutorErrorCodes = [
  'INVALID_INPUT',
  'NOT_FOUND',
  'PROFILE_EXISTS',
  'PROFILE_REQUIRED',
  'CITY_REQUIRED',
  'CURRENCY_IN_USE',
  'CURRENCY_MISMATCH',
  'SUBJECT_ARCHIVED',
  'ALREADY_OFFERED',
  'TOO_MANY_OFFERINGS',
] as const;
/** @see tutorErrorCodes */
export type TutorErrorCode = (typeof tutorErrorCodes)[number];
const TutorErrorCodes = enumOf(tutorErrorCodes);
registerEnumType(TutorErrorCodes, {
  name: 'TutorErrorCode',
  description: 'Expected failures around tutor profiles and their offerings.',
  valuesConfig: {
    INVALID_INPUT: { description: 'A field is not as it must be; see `field` and `message`.' },
    NOT_FOUND: { description: 'There is no such subject, or no such offering of yours.' },
    PROFILE_EXISTS: { description: 'You have a profile already: change that one.' },
    PROFILE_REQUIRED: { description: 'Create your profile first.' },
    CITY_REQUIRED: { description: 'Lessons in person need a city.' },
    CURRENCY_IN_USE: { description: 'Offerings have rates in the present currency: withdraw them first.' },
    CURRENCY_MISMATCH: { description: "The rate must be in the profile's currency." },
    SUBJECT_ARCHIVED: { description: 'This subject is not offered any longer.' },
    ALREADY_OFFERED: { description: 'You offer this subject already: change that offering.' },
    TOO_MANY_OFFERINGS: { description: 'A profile has at most 20 offerings.' },
  },
});

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'An expected failure around a tutor profile.',
})
export class TutorError extends UserError {
  @Field(() => TutorErrorCodes, { description: 'What kind of failure, for the program.' })
  declare code: TutorErrorCode;
}

/** What a profile may say besides what it must. */
@InputType()
abstract class ProfileDetailsInput {
  @Field(() => String, { nullable: true, description: 'What you tell of yourself, at most 5,000 characters.' })
  declare biography?: string | null;

  @Field(() => String, { nullable: true, description: 'Where you have learnt it, at most 2,000 characters.' })
  declare education?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Your city, at most 100 characters; needed for lessons in person.',
  })
  declare city?: string | null;
}

@InputType({ description: 'Your new tutor profile.' })
export class CreateTutorProfileInput extends ProfileDetailsInput {
  @Field(() => String, { description: 'You in one line, 1 to 150 characters.' })
  declare headline: string;

  @Field(() => CurrencyCode, { description: 'The currency of all your rates.' })
  declare currency: string;

  @Field(() => [LanguageCodeEnum], { description: 'Languages in which you teach, 1 to 10.' })
  declare languages: LanguageCode[];

  @Field(() => [LessonFormatEnum], { description: 'Where you teach, at least one.' })
  declare formats: LessonFormat[];

  @Field(() => Int, { description: 'Years of teaching, 0 to 80.' })
  declare experienceYears: number;
}

@InputType({ description: 'What to change in your profile: what is left out stays, null clears what may be empty.' })
export class UpdateTutorProfileInput extends ProfileDetailsInput {
  @Field(() => String, { nullable: true, description: 'You in one line, 1 to 150 characters.' })
  declare headline?: string | null;

  @Field(() => CurrencyCode, {
    nullable: true,
    description: 'The currency of your rates; only while you offer nothing.',
  })
  declare currency?: string | null;

  @Field(() => [LanguageCodeEnum], { nullable: true, description: 'Languages in which you teach, 1 to 10.' })
  declare languages?: LanguageCode[] | null;

  @Field(() => [LessonFormatEnum], { nullable: true, description: 'Where you teach, at least one.' })
  declare formats?: LessonFormat[] | null;

  @Field(() => Int, { nullable: true, description: 'Years of teaching, 0 to 80.' })
  declare experienceYears?: number | null;
}

@InputType({ description: 'Whether you are to be found.' })
export class HideTutorProfileInput {
  @Field(() => Boolean, { description: 'True to leave lists and search, false to be found again.' })
  declare hidden: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'Your new profile.' })
export class CreateTutorProfilePayload {
  @Field(() => TutorType, { nullable: true, description: 'The profile; null when it was refused.' })
  declare tutor?: TutorType | null;

  @Field(() => [TutorError], { description: 'What has to be corrected: INVALID_INPUT, CITY_REQUIRED, PROFILE_EXISTS.' })
  declare userErrors: TutorError[];
}

@ObjectType({ simpleResolvers: true, description: 'Your profile after the change.' })
export class UpdateTutorProfilePayload {
  @Field(() => TutorType, { nullable: true, description: 'The profile; null when the change was refused.' })
  declare tutor?: TutorType | null;

  @Field(() => [TutorError], {
    description: 'What has to be corrected: INVALID_INPUT, CITY_REQUIRED, CURRENCY_IN_USE, PROFILE_REQUIRED.',
  })
  declare userErrors: TutorError[];
}

@ObjectType({ simpleResolvers: true, description: 'Your profile, to be found or not.' })
export class HideTutorProfilePayload {
  @Field(() => TutorType, { nullable: true, description: 'The profile; null when you have none.' })
  declare tutor?: TutorType | null;

  @Field(() => [TutorError], { description: 'What went wrong: PROFILE_REQUIRED.' })
  declare userErrors: TutorError[];
}
