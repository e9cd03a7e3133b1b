import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { EnglishEditKind } from '../english/english-check.js';
import { EnglishEditKindEnum } from '../english/english-edit.types.js';
import { type CardSource, cardSources } from './card.rules.js';
import { type CardRating, type CardState, cardRatings, cardStates } from './scheduler.js';

/** @see cardSources */
export const CardSourceEnum = enumOf(cardSources);
registerEnumType(CardSourceEnum, {
  name: 'VocabularyCardSource',
  description: 'Where a card comes from.',
  valuesConfig: {
    MISTAKE: { description: 'A mistake of theirs in homework that was checked.' },
    OWN: { description: 'They made it themselves.' },
    LESSON: { description: 'They made it of a lesson.' },
  },
});

const CardStateEnum = enumOf(cardStates);
registerEnumType(CardStateEnum, {
  name: 'VocabularyCardState',
  description: 'How far a card is learned.',
  valuesConfig: {
    NEW: { description: 'It was never reviewed.' },
    LEARNING: { description: 'It comes up again after minutes.' },
    REVIEW: { description: 'It is learned, and comes up again after days.' },
    RELEARNING: { description: 'It was forgotten, and is learned again.' },
  },
});

/** @see cardRatings */
export const CardRatingEnum = enumOf(cardRatings);
registerEnumType(CardRatingEnum, {
  name: 'VocabularyRating',
  description: 'How well somebody knew a card.',
  valuesConfig: {
    AGAIN: { description: 'They did not know it.' },
    HARD: { description: 'They knew it after long thought.' },
    GOOD: { description: 'They knew it.' },
    EASY: { description: 'They knew it at once.' },
  },
});

@ObjectType('VocabularyCard', {
  simpleResolvers: true,
  description: 'Something that a student learns by heart: a word, or a mistake of theirs.',
})
export class VocabularyCardType {
  @Field(() => ID, { description: 'Identity of the card.' })
  declare id: string;

  @Field(() => String, {
    description:
      'What is asked. Of a mistake: their sentence with it between square brackets, and `[…]` where a word is missing.',
  })
  declare front: string;

  @Field(() => String, {
    description: 'The answer. Of a mistake: the sentence as it should be, an empty line, and why.',
  })
  declare back: string;

  @Field(() => String, {
    nullable: true,
    description: 'A sentence in which the word stands; null when none was given.',
  })
  declare context: string | null;

  @Field(() => EnglishEditKindEnum, {
    nullable: true,
    description: 'What the mistake is about; null unless it is one.',
  })
  declare kind: EnglishEditKind | null;

  @Field(() => CardSourceEnum, { description: 'Where it comes from.' })
  declare source: CardSource;

  @Field(() => CardStateEnum, { description: 'How far it is learned.' })
  declare state: CardState;

  @Field(() => DateTime, { description: 'When it comes up; a new one comes up when the day has room for new ones.' })
  declare dueAt: Date;

  @Field(() => Int, { description: 'How often it was reviewed: send it as `expectedReviews`.' })
  declare reviewCount: number;

  @Field(() => Int, { description: 'How often it was forgotten once it had been learned.' })
  declare lapses: number;

  @Field(() => DateTime, { nullable: true, description: 'When it was last reviewed; null when it never was.' })
  declare lastReviewedAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Since when it rests; null while it comes up.' })
  declare suspendedAt: Date | null;

  @Field(() => DateTime, { description: 'When it was made.' })
  declare createdAt: Date;
}

export const VocabularyCardConnection = connectionOf(VocabularyCardType, 'VocabularyCard');

@ObjectType('VocabularyChoice', { simpleResolvers: true, description: 'What a rating would do to a card now.' })
export class CardChoiceType {
  @Field(() => CardRatingEnum, { description: 'The rating.' })
  declare rating: CardRating;

  @Field(() => DateTime, { description: 'When the card would come up again.' })
  declare dueAt: Date;
}

@ObjectType('VocabularyStatistics', {
  simpleResolvers: true,
  description: 'How somebody gets on with their cards. Days are days in UTC.',
})
export class CardStatisticsType {
  @Field(() => Int, { description: 'How many cards they have.' })
  declare total: number;

  @Field(() => Int, { description: 'How many of them rest.' })
  declare suspended: number;

  @Field(() => Int, { description: 'How many were never reviewed.' })
  declare fresh: number;

  @Field(() => Int, { description: 'How many are learned: those in the state REVIEW.' })
  declare learned: number;

  @Field(() => Int, { description: 'How many are due now, with the new ones that the day has room for.' })
  declare dueNow: number;

  @Field(() => Int, { description: 'How many are due before the day ends, with those due now.' })
  declare dueToday: number;

  @Field(() => Int, { description: 'How many reviews they did today.' })
  declare reviewedToday: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'The share of learned cards that they still knew when they came up, 0 to 1, in the last 30 days; null when none came up.',
  })
  declare retention: number | null;
}
