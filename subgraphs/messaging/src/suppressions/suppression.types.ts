import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { MessagingError } from '../errors.js';
import { NotificationChannelEnum } from '../notifications/notification.enums.js';
import type { SuppressibleChannel } from './address-hash.js';

@InputType({ description: 'Whose addresses are to get messages again.' })
export class LiftSuppressionsInput {
  @Field(() => ID, { description: 'The account.' })
  declare userId: string;
}

@ObjectType({ simpleResolvers: true, description: 'On which channels somebody gets messages again.' })
export class LiftSuppressionsPayload {
  @Field(() => [NotificationChannelEnum], {
    nullable: true,
    description: 'Channels on which nothing was sent before, EMAIL or SMS; empty when there were none.',
  })
  declare lifted?: SuppressibleChannel[] | null;

  @Field(() => [MessagingError], { description: 'Why it was refused: NOT_FOUND.' })
  declare userErrors: MessagingError[];
}
