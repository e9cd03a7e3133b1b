import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { Field, Float, ObjectType, registerEnumType } from 'type-graphql';
import { TutorReference } from '../people/references.types.js';
import { degradedParts } from './degraded.js';
import { relaxations } from './hard-filter.js';
import { type RecommendationReasonCode, recommendationReasonCodes } from './recommendation-reasons.js';

const RecommendationReasonCodeEnum = enumOf(recommendationReasonCodes);
registerEnumType(RecommendationReasonCodeEnum, {
  name: 'RecommendationReasonCode',
  description: 'Why a tutor is recommended; each says what its `value` is.',
  valuesConfig: {
    TAUGHT_YOU: { description: 'They had lessons together; `value`: how many.' },
    HOURS_FIT: { description: 'Lessons can be when they are wanted; `value`: in which percentage of the hours.' },
    STUDENTS_RETURN: { description: 'Students come back after the first lesson; `value`: which percentage.' },
    RATED_WELL: { description: 'Students rate the tutor well; `value`: the mean, at most 5.' },
    PROFILE_FITS: { description: 'The profile speaks of what is wanted; no value.' },
    CHOSEN_BY_SIMILAR: { description: 'Students with similar wishes chose the tutor; no value.' },
    WITHIN_BUDGET: { description: 'An hour costs no more than was meant; `value`: how many percent less.' },
    CHEAPER_THAN_USUAL: { description: 'An hour costs less than is usual; `value`: how many percent.' },
    STYLE_FITS: { description: 'The tutor teaches in the wanted way; no value.' },
    TAUGHT_SUBJECT: { description: 'There is experience with the subject; `value`: completed lessons.' },
    EXPERIENCED: { description: 'There is experience; `value`: years.' },
    SPECIALIST: { description: 'The tutor teaches nothing else; no value.' },
    NEARBY: { description: 'The tutor teaches in the city or near it; `value`: kilometres between the cities.' },
    ANSWERS_FAST: { description: 'The tutor answers orders soon; `value`: minutes.' },
    RELIABLE: { description: 'Lessons take place as agreed; `value`: which percentage.' },
    OFTEN_CHOSEN: { description: 'Applications of the tutor are chosen; `value`: which percentage.' },
    POPULAR: { description: 'Many learn with the tutor; `value`: lessons of the last 90 days.' },
    PRAISED: { description: 'Reviews speak well of the tutor; no value.' },
    SPEAKS_LANGUAGE: { description: 'The tutor speaks the wanted language; no value.' },
    TEACHES_LEVEL: { description: 'The tutor teaches the wanted level; no value.' },
    HAS_TIME: { description: 'There are hours left; no value.' },
    VERIFIED: { description: 'Documents were checked; no value.' },
    ACTIVE: { description: 'The tutor was here in the last days; no value.' },
  },
});

const RecommendationPartEnum = enumOf(degradedParts);
registerEnumType(RecommendationPartEnum, {
  name: 'RecommendationPart',
  description: 'A part of recommending that may fail without there being no answer.',
  valuesConfig: {
    TEXTS: { description: 'Texts of profiles were not compared, or not all: embeddings or their index failed.' },
    SIMILAR_STUDENTS: { description: 'It is not known whom students with similar wishes chose.' },
    MODEL: { description: 'The ranking model cannot be read; weights that were chosen by hand ranked.' },
    EXPERIMENTS: { description: 'Variants of experiments are not known; the usual was done.' },
    LANGUAGE_MODEL: { description: 'No language model looked at the first places, though one was to.' },
  },
});

const RecommendationRelaxationEnum = enumOf(relaxations);
registerEnumType(RecommendationRelaxationEnum, {
  name: 'RecommendationRelaxation',
  description: 'What was asked and is given up when too few tutors fulfil it, in this order.',
  valuesConfig: {
    HOURS: { description: 'Lessons at the wanted hours.' },
    LANGUAGE: { description: 'Lessons in one of the wanted languages.' },
    PRICE: { description: 'A rate at most 15 % above the budget, in its currency.' },
    PLACE: { description: 'Lessons in person in the city or near it: those online are an answer, too.' },
    LEVEL: { description: 'The wanted level.' },
  },
});

@ObjectType('RecommendationReason', {
  simpleResolvers: true,
  description: 'Why a tutor is recommended. It is true of the tutor, and it counted for them.',
})
export class RecommendationReasonType {
  @Field(() => RecommendationReasonCodeEnum, { description: 'What kind of reason, for the program.' })
  declare code: RecommendationReasonCode;

  @Field(() => String, { description: "The reason in the viewer's language; ready to be shown." })
  declare text: string;

  @Field(() => Float, {
    nullable: true,
    description: 'The figure that shows it; see `code`. Null where there is none.',
  })
  declare value: number | null;
}

@ObjectType('Compatibility', {
  simpleResolvers: true,
  description: 'How well a tutor fits in each respect, 0 to 1; null where nothing was asked or is known.',
})
export class CompatibilityType {
  @Field(() => Float, { nullable: true, description: 'Experience with the subject, and what the profile says of it.' })
  declare subject: number | null;

  @Field(() => Float, { nullable: true, description: 'The rate beside the budget: 1 within it, 0 at twice as much.' })
  declare price: number | null;

  @Field(() => Float, { nullable: true, description: 'The share of the wanted hours in which lessons can be.' })
  declare schedule: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'How much of the wanted way of teaching profile and reviews show.',
  })
  declare style: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The level: 1 when it is taught, half when the one beside it is.',
  })
  declare level: number | null;
}

@ObjectType('TutorRecommendation', {
  simpleResolvers: true,
  description: 'A tutor who is recommended, and why.',
})
class TutorRecommendationType {
  @Field(() => TutorReference, { nullable: true, description: 'The tutor; null when they have just left.' })
  declare tutor: TutorReference | null;

  @Field(() => Float, { description: 'How well the tutor fits, 0 to 100; a usual one has 50.' })
  declare score: number;

  @Field(() => [RecommendationReasonType], { description: 'Up to three, the strongest first.' })
  declare reasons: RecommendationReasonType[];

  @Field(() => CompatibilityType, { description: 'How well the tutor fits in each respect.' })
  declare compatibility: CompatibilityType;

  @Field(() => Float, {
    nullable: true,
    description:
      'How likely it is that a student who is shown this tutor learns with them, 0 to 1, as it came true so far.',
  })
  declare chanceOfSuccess: number | null;

  @Field(() => Boolean, {
    description: 'Is the tutor at this place because little is known of them, so that it can be found out?',
  })
  declare explored: boolean;

  @Field(() => Boolean, { description: 'Did somebody pay for this place? Never: no place can be bought.' })
  declare sponsored: boolean;
}

export const TutorRecommendationConnection = connectionOf(TutorRecommendationType, 'TutorRecommendation');

export { RecommendationPartEnum, RecommendationRelaxationEnum };
