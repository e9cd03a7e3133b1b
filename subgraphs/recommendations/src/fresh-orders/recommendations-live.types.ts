import { Field, ObjectType } from 'type-graphql';
import { OrderReference } from '../people/references.types.js';

@ObjectType({ simpleResolvers: true, description: 'Other tutors are recommended for an order than before.' })
export class RecommendationsChangedEvent {
  @Field(() => String, {
    description: 'How far the stream has come: pass it as `after` to go on from here without a gap.',
  })
  declare cursor: string;

  @Field(() => OrderReference, {
    nullable: true,
    description:
      'The order whose `recommendedTutors` to ask for again; null when the event only tells the cursor, as the first one does.',
  })
  declare order: OrderReference | null;
}
