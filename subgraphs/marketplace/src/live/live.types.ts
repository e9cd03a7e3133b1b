import { Field, ObjectType } from 'type-graphql';
import { ApplicationType } from '../applications/application.types.js';
import { OrderType } from '../orders/order.types.js';

const CURSOR = 'How far the stream has come: pass it as `after` to go on from here without a gap.';

@ObjectType({ simpleResolvers: true, description: 'An application arrived.' })
export class ApplicationReceivedEvent {
  @Field(() => String, { description: CURSOR })
  declare cursor: string;

  @Field(() => ApplicationType, {
    nullable: true,
    description: 'The application as it is now; null when the message only tells the cursor, as the first one does.',
  })
  declare application: ApplicationType | null;
}

@ObjectType({ simpleResolvers: true, description: 'An order changed.' })
export class OrderChangedEvent {
  @Field(() => String, { description: CURSOR })
  declare cursor: string;

  @Field(() => OrderType, {
    nullable: true,
    description: 'The order as it is now; null when it was deleted or the message only tells the cursor.',
  })
  declare order: OrderType | null;

  @Field(() => Boolean, { description: 'True when the order was deleted; nothing follows.' })
  declare deleted: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'An application of yours changed.' })
export class ApplicationChangedEvent {
  @Field(() => String, { description: CURSOR })
  declare cursor: string;

  @Field(() => ApplicationType, {
    nullable: true,
    description: 'The application as it is now; null when the message only tells the cursor, as the first one does.',
  })
  declare application: ApplicationType | null;
}
