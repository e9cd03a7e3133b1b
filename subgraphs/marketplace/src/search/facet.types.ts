import { SafeIntAmount } from '@tutorgraph/kit/graphql/scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import type { LanguageCode } from '../lessons/language-codes.js';
import type { LessonFormat } from '../lessons/lesson.rules.js';
import { LanguageCodeEnum, LessonFormatEnum } from '../lessons/lesson.types.js';

@ObjectType('SubjectFacet', { simpleResolvers: true, description: 'How many tutors teach a subject.' })
export class SubjectFacetType {
  @Field(() => Int, { description: 'How many tutors.' })
  declare count: number;
}

@ObjectType('PriceFacet', { simpleResolvers: true, description: 'How many tutors have rates within a band.' })
export class PriceFacetType {
  @Field(() => SafeIntAmount, {
    description: 'Where the band begins, in minor units of the currency that is filtered by.',
  })
  declare from: number;

  @Field(() => SafeIntAmount, { description: 'Where the band ends: the last amount that lies in it.' })
  declare to: number;

  @Field(() => Int, { description: 'How many tutors; one with several rates may be in several bands.' })
  declare count: number;
}

@ObjectType('CityFacet', { simpleResolvers: true, description: 'How many tutors there are in a city.' })
export class CityFacetType {
  @Field(() => String, { description: 'The city, in lower case, as `TutorFilter.city` takes it.' })
  declare city: string;

  @Field(() => Int, { description: 'How many tutors.' })
  declare count: number;
}

@ObjectType('LanguageFacet', { simpleResolvers: true, description: 'How many tutors teach in a language.' })
export class LanguageFacetType {
  @Field(() => LanguageCodeEnum, { description: 'The language.' })
  declare language: LanguageCode;

  @Field(() => Int, { description: 'How many tutors.' })
  declare count: number;
}

@ObjectType('FormatFacet', { simpleResolvers: true, description: 'How many tutors teach in a format.' })
export class FormatFacetType {
  @Field(() => LessonFormatEnum, { description: 'The format.' })
  declare format: LessonFormat;

  @Field(() => Int, { description: 'How many tutors.' })
  declare count: number;
}

@ObjectType('TutorFacets', {
  simpleResolvers: true,
  description:
    'By what the tutors found can be narrowed down, the most frequent first and at most 50 values each. Each facet counts as if its own filter were not set, so that its other values can be chosen instead.',
})
export class TutorFacets {
  @Field(() => Boolean, {
    description: 'True when all were counted; otherwise counts are estimated from a sample of 1,000, to two digits.',
  })
  declare exact: boolean;

  @Field(() => [SubjectFacetType], { description: 'By subject.' })
  declare subjects: SubjectFacetType[];

  @Field(() => [PriceFacetType], {
    description: 'By what an hour costs, the cheapest band first; empty unless the filter has a `currency`.',
  })
  declare prices: PriceFacetType[];

  @Field(() => [CityFacetType], { description: 'By city.' })
  declare cities: CityFacetType[];

  @Field(() => [LanguageFacetType], { description: 'By language of teaching.' })
  declare languages: LanguageFacetType[];

  @Field(() => [FormatFacetType], { description: 'By where lessons take place.' })
  declare formats: FormatFacetType[];
}
