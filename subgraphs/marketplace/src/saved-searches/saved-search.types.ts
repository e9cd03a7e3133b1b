import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { CurrencyCode, DateTime, SafeIntAmount } from '@tutorgraph/kit/graphql/scalars';
import { UserError } from '@tutorgraph/kit/graphql/user-error';
import { Field, Float, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import type { LanguageCode } from '../lessons/language-codes.js';
import type { LessonFormat, Level } from '../lessons/lesson.rules.js';
import { LanguageCodeEnum, LessonFormatEnum, LevelEnum } from '../lessons/lesson.types.js';
import { TutorFilter } from '../tutors/tutor.types.js';

@ObjectType('SavedTutorFilter', {
  simpleResolvers: true,
  description: 'Which tutors a saved search finds, as `TutorFilter` says it; null is what was left out.',
})
export class SavedTutorFilterType {
  @Field(() => String, { nullable: true, description: 'Words that are looked for.' })
  declare text: string | null;

  @Field(() => LevelEnum, { nullable: true, description: 'For whom the lessons are.' })
  declare level: Level | null;

  @Field(() => SafeIntAmount, { nullable: true, description: 'The least that an hour costs, in minor units.' })
  declare priceFrom: number | null;

  @Field(() => SafeIntAmount, { nullable: true, description: 'The most that an hour costs, in minor units.' })
  declare priceTo: number | null;

  @Field(() => CurrencyCode, { nullable: true, description: 'The currency of the rates.' })
  declare currency: string | null;

  @Field(() => String, { nullable: true, description: 'The city.' })
  declare city: string | null;

  @Field(() => LessonFormatEnum, { nullable: true, description: 'Where lessons take place.' })
  declare format: LessonFormat | null;

  @Field(() => LanguageCodeEnum, { nullable: true, description: 'A language of teaching that must be.' })
  declare language: LanguageCode | null;

  @Field(() => [LanguageCodeEnum], { nullable: true, description: 'Languages of teaching of which one must be.' })
  declare languages: LanguageCode[] | null;

  @Field(() => Float, { nullable: true, description: 'The least rating, from 1 to 5.' })
  declare ratingAtLeast: number | null;

  @Field(() => Boolean, { nullable: true, description: 'True when only verified tutors are looked for.' })
  declare verified: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'True when only premium tutors are looked for.' })
  declare premiumOnly: boolean | null;
}

@ObjectType('SavedSearch', { simpleResolvers: true, description: 'A search for tutors that you keep.' })
export class SavedSearchType {
  @Field(() => ID, { description: 'Identity of the saved search.' })
  declare id: string;

  @Field(() => String, { description: 'What you call it.' })
  declare name: string;

  @Field(() => Boolean, { description: 'Are you told of tutors who begin to match it?' })
  declare notify: boolean;

  @Field(() => DateTime, { description: 'When you saved it.' })
  declare createdAt: Date;

  @Field(() => DateTime, { description: 'When you last changed it.' })
  declare updatedAt: Date;
}

/** Every expected failure around saved searches. */
const savedSearchErrorCodes = ['INVALID_INPUT', 'NOT_FOUND', 'TOO_MANY_SEARCHES'] as const;
/** @see savedSearchErrorCodes */
export type SavedSearchErrorCode = (typeof savedSearchErrorCodes)[number];
const SavedSearchErrorCodes = enumOf(savedSearchErrorCodes);
registerEnumType(SavedSearchErrorCodes, {
  name: 'SavedSearchErrorCode',
  description: 'Expected failures around saved searches.',
  valuesConfig: {
    INVALID_INPUT: { description: 'A field is not as it must be; see `field` and `message`.' },
    NOT_FOUND: { description: 'There is no such saved search of yours, or no such subject.' },
    TOO_MANY_SEARCHES: { description: 'You have saved 20 searches: delete one first.' },
  },
});

@ObjectType({ implements: UserError, simpleResolvers: true, description: 'An expected failure around a saved search.' })
export class SavedSearchError extends UserError {
  @Field(() => SavedSearchErrorCodes, { description: 'What kind of failure, for the program.' })
  declare code: SavedSearchErrorCode;
}

@InputType({ description: 'A search to keep.' })
export class SaveSearchInput {
  @Field(() => String, { description: 'What you call it, 1 to 100 characters.' })
  declare name: string;

  @Field(() => TutorFilter, { description: 'Which tutors. Subjects must be taught now.' })
  declare filter: TutorFilter;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether to be told of tutors who begin to match it; true when left out.',
  })
  declare notify?: boolean | null;
}

@InputType({ description: 'What to change in a saved search; what is left out stays.' })
export class UpdateSavedSearchInput {
  @Field(() => ID, { description: 'Which saved search of yours.' })
  declare savedSearchId: string;

  @Field(() => String, { nullable: true, description: 'What you call it, 1 to 100 characters.' })
  declare name?: string | null;

  @Field(() => TutorFilter, {
    nullable: true,
    description: 'Which tutors, instead of the present filter; it starts anew, as if it were saved now.',
  })
  declare filter?: TutorFilter | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether to be told of tutors who begin to match it.' })
  declare notify?: boolean | null;
}

@InputType({ description: 'Which saved search you do not need any longer.' })
export class DeleteSavedSearchInput {
  @Field(() => ID, { description: 'Which saved search of yours.' })
  declare savedSearchId: string;
}

@ObjectType({ simpleResolvers: true, description: 'The search that you keep.' })
export class SaveSearchPayload {
  @Field(() => SavedSearchType, { nullable: true, description: 'The saved search; null when it was refused.' })
  declare savedSearch?: SavedSearchType | null;

  @Field(() => [SavedSearchError], { description: 'What went wrong: INVALID_INPUT, NOT_FOUND, TOO_MANY_SEARCHES.' })
  declare userErrors: SavedSearchError[];
}

@ObjectType({ simpleResolvers: true, description: 'The saved search after the change.' })
export class UpdateSavedSearchPayload {
  @Field(() => SavedSearchType, { nullable: true, description: 'The saved search; null when it was refused.' })
  declare savedSearch?: SavedSearchType | null;

  @Field(() => [SavedSearchError], { description: 'What went wrong: INVALID_INPUT, NOT_FOUND.' })
  declare userErrors: SavedSearchError[];
}

@ObjectType({ simpleResolvers: true, description: 'The saved search that is gone.' })
export class DeleteSavedSearchPayload {
  @Field(() => ID, { nullable: true, description: 'Its identity; null when nothing was deleted.' })
  declare deletedSavedSearchId?: string | null;

  @Field(() => [SavedSearchError], { description: 'What went wrong: NOT_FOUND.' })
  declare userErrors: SavedSearchError[];
}
