import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { LearningError } from '../errors.js';
import type { CardSource } from './card.rules.js';
import { CardRatingEnum, CardSourceEnum, VocabularyCardType } from './card.types.js';
import type { CardRating } from './scheduler.js';

const KEY = 'Any text of your own, the same when you try again: then it is done once. Kept for 24 hours.';
const WHICH = 'Your card.';
const REASONS = 'Why it was not done; empty when it was.';

@InputType({ description: 'Which of your cards; conditions add up.' })
export class VocabularyCardFilter {
  @Field(() => CardSourceEnum, { nullable: true, description: 'Only those that come from there.' })
  declare source?: CardSource | null;

  @Field(() => Boolean, { nullable: true, description: 'Only those that rest (true), or only the others (false).' })
  declare isSuspended?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Only those on which this stands, in capitals or not.' })
  declare text?: string | null;
}

@InputType({ description: 'A card that you make.' })
export class AddCardInput {
  @Field(() => String, { description: 'What is asked, 1 to 500 characters; one card of yours for each.' })
  declare front: string;

  @Field(() => String, { description: 'The answer, 1 to 1,000 characters.' })
  declare back: string;

  @Field(() => String, { nullable: true, description: 'A sentence in which the word stands, 1 to 500 characters.' })
  declare context?: string | null;

  @Field(() => ID, { nullable: true, description: 'The lesson that it is from; one that you may read.' })
  declare lessonId?: string | null;

  @Field(() => String, { nullable: true, description: KEY })
  declare idempotencyKey?: string | null;
}

@InputType({ description: 'What you change about a card; what you leave out stays as it is.' })
export class UpdateCardInput {
  @Field(() => ID, { description: WHICH })
  declare cardId: string;

  @Field(() => String, { nullable: true, description: 'What is asked, 1 to 500 characters.' })
  declare front?: string | null;

  @Field(() => String, { nullable: true, description: 'The answer, 1 to 1,000 characters.' })
  declare back?: string | null;

  @Field(() => String, { nullable: true, description: 'A sentence, up to 500 characters; an empty one takes it away.' })
  declare context?: string | null;
}

@InputType({ description: 'Which card rests, or comes up again.' })
export class SuspendCardInput {
  @Field(() => ID, { description: WHICH })
  declare cardId: string;

  @Field(() => Boolean, { description: 'Is it to rest? What was learned is kept.' })
  declare isSuspended: boolean;
}

@InputType({ description: 'Which card goes.' })
export class DeleteCardInput {
  @Field(() => ID, { description: WHICH })
  declare cardId: string;
}

@InputType({ description: 'How well you knew a card.' })
export class ReviewCardInput {
  @Field(() => ID, { description: WHICH })
  declare cardId: string;

  @Field(() => CardRatingEnum, { description: 'How well you knew it.' })
  declare rating: CardRating;

  @Field(() => Int, {
    description:
      'The `reviewCount` of the card that you were shown: refused with CHANGED when it was reviewed since, as on another device.',
  })
  declare expectedReviews: number;

  @Field(() => String, { nullable: true, description: KEY })
  declare idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true })
class CardPayload {
  @Field(() => VocabularyCardType, { nullable: true, description: 'The card; null when there are errors.' })
  declare card: VocabularyCardType | null;

  @Field(() => [LearningError], { description: REASONS })
  declare userErrors: LearningError[];
}

@ObjectType({ simpleResolvers: true, description: 'What became of it.' })
export class AddCardPayload extends CardPayload {}

@ObjectType({ simpleResolvers: true, description: 'What became of it.' })
export class UpdateCardPayload extends CardPayload {}

@ObjectType({ simpleResolvers: true, description: 'What became of it.' })
export class SuspendCardPayload extends CardPayload {}

@ObjectType({ simpleResolvers: true, description: 'What became of it.' })
export class ReviewCardPayload extends CardPayload {}

@ObjectType({ simpleResolvers: true, description: 'What became of it.' })
export class DeleteCardPayload {
  @Field(() => ID, { nullable: true, description: 'The card that is gone; null when there are errors.' })
  declare deletedCardId: string | null;

  @Field(() => [LearningError], { description: REASONS })
  declare userErrors: LearningError[];
}
