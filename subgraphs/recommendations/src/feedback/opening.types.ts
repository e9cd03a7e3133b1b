import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { RecommendationError } from '../errors.js';

@InputType({ description: 'Whose profile, or which order, you open, and where you saw it: one of both.' })
export class RecordOpeningInput {
  @Field(() => ID, { description: 'The `requestId` of the list in which it was shown to you.' })
  declare requestId: string;

  @Field(() => ID, { nullable: true, description: 'The tutor whose profile you open.' })
  declare tutorId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The order that you open as a tutor, out of `recommendedOrders`.' })
  declare orderId?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'What became of it.' })
export class RecordOpeningPayload {
  @Field(() => Boolean, { nullable: true, description: 'True when it is noted; null when there are errors.' })
  declare recorded: boolean | null;

  @Field(() => [RecommendationError], { description: 'Why it was not done; empty when it was.' })
  declare userErrors: RecommendationError[];
}
