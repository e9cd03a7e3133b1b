import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { CurrencyCode, DateTime, SafeIntAmount } from '@tutorgraph/kit/graphql/scalars';
import { Directive, Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { LanguageCode } from '../lessons/language-codes.js';
import type { LessonFormat, Level } from '../lessons/lesson.rules.js';
import { LanguageCodeEnum, LessonFormatEnum, LevelEnum } from '../lessons/lesson.types.js';
import { tutorOrders } from './tutor.rules.js';

@Directive('@key(fields: "id")')
@ObjectType('Tutor', { simpleResolvers: true, description: "A tutor's profile. Its id is its own, not the user's." })
export class TutorType {
  @Field(() => ID, { description: 'Identity of the profile.' })
  declare id: string;

  @Field(() => String, { description: 'How the tutor is called, such as "Anna K.".' })
  declare displayName: string;

  @Field(() => String, { description: 'The tutor in one line.' })
  declare headline: string;

  @Field(() => String, { nullable: true, description: 'What the tutor tells of themselves.' })
  declare biography: string | null;

  @Field(() => String, { nullable: true, description: 'Where the tutor has learnt it.' })
  declare education: string | null;

  @Field(() => String, { nullable: true, description: 'Where lessons in person take place.' })
  declare city: string | null;

  @Field(() => CurrencyCode, { description: 'The currency of all rates of this tutor.' })
  declare currency: string;

  @Field(() => [LanguageCodeEnum], { description: 'Languages in which the tutor teaches.' })
  declare languages: LanguageCode[];

  @Field(() => [LessonFormatEnum], { description: 'Where the tutor teaches.' })
  declare formats: LessonFormat[];

  @Field(() => Int, { description: 'Years of teaching.' })
  declare experienceYears: number;

  @Field(() => Int, { description: 'How many students have reviewed the tutor.' })
  declare reviewCount: number;

  @Field(() => Boolean, {
    description:
      'Does the tutor pay for a premium membership? Show it as such: it is a badge, not praise. Of tutors who are as good by RELEVANCE premium ones stand first, and nothing else is different.',
  })
  declare premium: boolean;

  @Field(() => DateTime, { description: 'When the profile was created.' })
  declare createdAt: Date;
}

export const TutorConnection = connectionOf(TutorType, 'Tutor');

export const TutorOrder = enumOf(tutorOrders);
registerEnumType(TutorOrder, {
  name: 'TutorOrder',
  description: 'How to order tutors.',
  valuesConfig: {
    RELEVANCE: {
      description:
        'Those first whose name, subjects or headline hold the words of `text`, then those who mention them; among each of them the best first: verified, rated well by many, and each day some newcomers; of those who are as good, premium ones.',
    },
    RATING: { description: 'The best rated first.' },
    PRICE_LOW: {
      description:
        'The cheapest first, by the lowest rate that fits the filter. Currencies are not compared: without `currency` in the filter they follow one another by code.',
    },
    PRICE_HIGH: { description: 'The dearest first; otherwise as PRICE_LOW.' },
    NEWEST: { description: 'The newest profiles first.' },
    EXPERIENCE: { description: 'The most experienced first.' },
  },
});

@InputType({
  description: 'Which tutors to find; conditions add up. Subject, level and price must hold for one offering.',
})
export class TutorFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'Words of the profile or of a subject that is taught, each from its beginning, in Russian or English; at most 100 characters. When nobody is found by them, typing errors, the other alphabet and the other layout of the keyboard are put right.',
  })
  declare text?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only tutors who teach this subject.' })
  declare subjectId?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Only tutors who teach one of these subjects, at most 20.' })
  declare subjectIds?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Only tutors who teach the subject with this slug.' })
  declare subjectSlug?: string | null;

  @Field(() => LevelEnum, { nullable: true, description: 'Only tutors who teach at this level.' })
  declare level?: Level | null;

  @Field(() => SafeIntAmount, {
    nullable: true,
    description: 'Only rates from this amount of an hour on, in minor units of `currency`, which must be given.',
  })
  declare priceFrom?: number | null;

  @Field(() => SafeIntAmount, {
    nullable: true,
    description: 'Only rates up to this amount for an hour, in minor units of `currency`, which must be given.',
  })
  declare priceTo?: number | null;

  @Field(() => CurrencyCode, { nullable: true, description: 'Only tutors whose rates are in this currency.' })
  declare currency?: string | null;

  @Field(() => String, { nullable: true, description: 'Only tutors of this city; case does not matter.' })
  declare city?: string | null;

  @Field(() => LessonFormatEnum, { nullable: true, description: 'Only tutors who teach so.' })
  declare format?: LessonFormat | null;

  @Field(() => LanguageCodeEnum, { nullable: true, description: 'Only tutors who teach in this language.' })
  declare language?: LanguageCode | null;

  @Field(() => [LanguageCodeEnum], {
    nullable: true,
    description: 'Only tutors who teach in one of these languages, at most 20.',
  })
  declare languages?: LanguageCode[] | null;

  @Field(() => Boolean, { nullable: true, description: 'True: only verified tutors. False is as leaving it out.' })
  declare verified?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'True: only premium tutors. False is as leaving it out.' })
  declare premiumOnly?: boolean | null;

  @Field(() => Float, { nullable: true, description: 'Only tutors rated so or better, from 1 to 5.' })
  declare ratingAtLeast?: number | null;
}
