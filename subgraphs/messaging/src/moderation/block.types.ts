import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { MessagingError } from '../errors.js';

@ObjectType('UserBlock', {
  simpleResolvers: true,
  description: 'Somebody whom you have blocked: neither of you writes to the other directly.',
})
export class UserBlockType {
  @Field(() => DateTime, { description: 'Since when.' })
  declare createdAt: Date;
}

export const UserBlockConnection = connectionOf(UserBlockType, 'UserBlock');

@InputType({ description: 'Whom to block.' })
export class BlockUserInput {
  @Field(() => ID, { description: 'Which user.' })
  declare userId: string;
}

@InputType({ description: 'Whom to hear of again.' })
export class UnblockUserInput {
  @Field(() => ID, { description: 'Which user.' })
  declare userId: string;
}

@ObjectType({ simpleResolvers: true, description: 'Whom you have blocked.' })
export class BlockUserPayload {
  @Field(() => UserBlockType, { nullable: true, description: 'The block; null when it was refused.' })
  declare block?: UserBlockType | null;

  @Field(() => [MessagingError], { description: 'What went wrong: INVALID_INPUT, PERSON_NOT_FOUND, NOT_YOURSELF.' })
  declare userErrors: MessagingError[];
}

@ObjectType({ simpleResolvers: true, description: 'Whom you hear of again.' })
export class UnblockUserPayload {
  @Field(() => ID, { nullable: true, description: 'The user whom you do not block any longer; null when refused.' })
  declare unblockedUserId?: string | null;

  @Field(() => [MessagingError], { description: 'What went wrong: INVALID_INPUT.' })
  declare userErrors: MessagingError[];
}
