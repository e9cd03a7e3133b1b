import { CalendarDate } from '@tutorgraph/kit/graphql/scalars';
import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { Days } from './days.js';
import { type Fairness, LEAST_TUTORS } from './fairness.rules.js';

@ObjectType({
  simpleResolvers: true,
  description: 'How many times as much as expected, and between what it lies with a certainty of 95 %.',
})
export class ExposureRatio {
  @Field(() => Float, { description: '1 is just as much as expected.' })
  declare ratio: number;

  @Field(() => Float, { description: 'The lower end of the interval.' })
  declare low: number;

  @Field(() => Float, { description: 'The upper end.' })
  declare high: number;
}

@ObjectType({
  simpleResolvers: true,
  description: 'How much a group of tutors was shown, beside how many they are and what came of it.',
})
export class ExposureGroup {
  @Field(() => Float, { description: 'How many tutors it has: the mean of the days.' })
  declare tutors: number;

  @Field(() => Float, { description: 'Their share of all tutors, 0 to 1.' })
  declare supplyShare: number;

  @Field(() => Float, {
    description: 'Their share of how much tutors were seen, 0 to 1; a place counts as in DCG: 1 / log2(place + 1).',
  })
  declare exposureShare: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Their share of recommendations that led to a choice or a lesson; null while there are fewer than 20.',
  })
  declare outcomeShare: number | null;

  @Field(() => ExposureRatio, {
    description: 'Exposure by supply. An alert is raised when the upper end is below 0.5.',
  })
  declare toSupply: ExposureRatio;

  @Field(() => ExposureRatio, {
    nullable: true,
    description: 'Exposure by outcomes: above 1 they are shown more than comes of it; null without outcomes.',
  })
  declare toOutcomes: ExposureRatio | null;
}

@ObjectType({ simpleResolvers: true, description: 'How much tutors of one city were shown.' })
export class CityExposureGroup {
  @Field(() => String, {
    nullable: true,
    description: 'The city, in lower case; null for those who teach online only.',
  })
  declare city: string | null;

  @Field(() => ExposureGroup, { description: 'Its tutors.' })
  declare group: ExposureGroup;
}

@ObjectType('RecommendationFairness', {
  simpleResolvers: true,
  description: `How much groups of tutors were shown. Nothing is told of groups with fewer than ${LEAST_TUTORS} tutors.`,
})
export class RecommendationFairnessType {
  @Field(() => CalendarDate, { description: 'The first day, in UTC.' })
  declare from: string;

  @Field(() => CalendarDate, { description: 'The last day.' })
  declare to: string;

  @Field(() => ExposureGroup, {
    nullable: true,
    description: 'Tutors who came in the 30 days before; null when they or the others are too few.',
  })
  declare newcomers: ExposureGroup | null;

  @Field(() => ExposureGroup, { nullable: true, description: 'All others; null when they or newcomers are too few.' })
  declare others: ExposureGroup | null;

  @Field(() => [CityExposureGroup], { description: 'By city, the largest first; 100 at most.' })
  declare cities: CityExposureGroup[];

  @Field(() => Int, { description: 'Cities with too few tutors to be told of.' })
  declare withheldCities: number;
}

/** @see RecommendationFairnessType */
export type RecommendationFairness = RecommendationFairnessType;

/** Fairness of some days, as the graph has it. */
export function toFairness(days: Days, { cities, ...fairness }: Fairness): RecommendationFairness {
  return { ...days, ...fairness, cities: cities.map(({ city, ...group }) => ({ city, group })) };
}
