import { Field, Float, ObjectType } from 'type-graphql';
import { CompatibilityType, RecommendationReasonType } from '../results/recommendation.types.js';

@ObjectType('TutorMatch', { simpleResolvers: true, description: 'How well a tutor fits an order.' })
export class TutorMatchType {
  @Field(() => Float, {
    description: 'How well, 0 to 100; a usual tutor has 50. The same figure as in the recommendations for the order.',
  })
  declare score: number;

  @Field(() => Float, {
    description:
      'How likely it is that a student who is shown this tutor learns with them, 0 to 1, as it came true so far.',
  })
  declare chanceOfSuccess: number;

  @Field(() => Boolean, {
    description: 'Did something fail, so that this is only a sensible guess, made without texts or without the model?',
  })
  declare degraded: boolean;

  @Field(() => CompatibilityType, { description: 'How well in each respect.' })
  declare compatibility: CompatibilityType;

  @Field(() => [RecommendationReasonType], {
    description: 'What speaks for the tutor: up to three, the strongest first.',
  })
  declare reasons: RecommendationReasonType[];
}
