import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { RecommendationError } from '../errors.js';

@InputType({ description: 'Whose profile you open, and where you saw them.' })
export class RecordOpeningInput {
  @Field(() => ID, { description: 'The `requestId` of the list in which the tutor was shown to you.' })
  declare requestId: string;

  @Field(() => ID, { description: 'The tutor whose profile you open.' })
  declare tutorId: string;
}

@ObjectType({ simpleResolvers: true, description: 'What became of it.' })
export class RecordOpeningPayload {
  @Field(() => Boolean, { nullable: true, description: 'True when it is noted; null when there are errors.' })
  declare recorded: boolean | null;

  @Field(() => [RecommendationError], { description: 'Why it was not done; empty when it was.' })
  declare userErrors: RecommendationError[];
}
