import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { RecommendationError } from '../errors.js';

@ObjectType('MarketCatchUp', {
  simpleResolvers: true,
  description: 'Recommendations copying the whole market: what was missed comes, what is gone goes.',
})
export class MarketCatchUpType {
  @Field(() => ID, { description: 'Identity of this time.' })
  declare id: string;

  @Field(() => Int, { description: 'How many tutors, orders, applications, bookings and reviews were looked at.' })
  declare copied: number;

  @Field(() => DateTime, { description: 'When it began.' })
  declare startedAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was done; null while it goes on.' })
  declare finishedAt: Date | null;
}

@ObjectType({ simpleResolvers: true, description: 'What became of it.' })
export class CatchUpMarketPayload {
  @Field(() => Boolean, { nullable: true, description: 'True when it is going to begin; null when there are errors.' })
  declare queued: boolean | null;

  @Field(() => [RecommendationError], { description: 'Why it was not done; empty when it was.' })
  declare userErrors: RecommendationError[];
}
