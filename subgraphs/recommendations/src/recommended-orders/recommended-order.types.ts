import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { Field, Float, Int, ObjectType } from 'type-graphql';
import { OrderReference } from '../people/references.types.js';
import { CompatibilityType } from '../results/recommendation.types.js';

@ObjectType('OrderRecommendation', {
  simpleResolvers: true,
  description: 'An open order that is worth answering for a tutor.',
})
export class OrderRecommendationType {
  @Field(() => OrderReference, { description: 'The order.' })
  declare order: OrderReference;

  @Field(() => Float, {
    description: 'How well you and the order match, 0 to 100: the same figure that its student sees of you.',
  })
  declare score: number;

  @Field(() => Float, {
    description: 'The chance that its student, who is shown you, chooses you: 0 to 1, calibrated by what others did.',
  })
  declare chanceOfSuccess: number;

  @Field(() => CompatibilityType, { description: 'How well you fit in each respect.' })
  declare compatibility: CompatibilityType;

  @Field(() => Int, { description: 'How many applications of others wait for the student’s choice.' })
  declare waitingCount: number;
}

/** A page of orders that are worth answering. */
export const OrderRecommendationConnection = connectionOf(OrderRecommendationType, 'OrderRecommendation');
