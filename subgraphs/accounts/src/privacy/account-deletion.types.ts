import { Field, InputType, ObjectType } from 'type-graphql';
import { AccountError, UserType } from '../users/user.types.js';

@InputType({ description: 'What proves that it is you who wants the account to be deleted.' })
export class RequestAccountDeletionInput {
  @Field(() => String, { nullable: true, description: 'Your password; an account without one needs none.' })
  declare password?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'Your account, which will be deleted.' })
export class RequestAccountDeletionPayload {
  @Field(() => UserType, {
    nullable: true,
    description: 'Your account; its `deletionDueAt` says when. Null when it was refused.',
  })
  declare user?: UserType | null;

  @Field(() => [AccountError], { description: 'Why it was refused: INVALID_CREDENTIALS, LAST_SUPER_ADMIN.' })
  declare userErrors: AccountError[];
}

@ObjectType({ simpleResolvers: true, description: 'Your account, which stays.' })
export class CancelAccountDeletionPayload {
  @Field(() => UserType, { nullable: true, description: 'Your account.' })
  declare user?: UserType | null;

  @Field(() => [AccountError], { description: 'Always empty: what was not asked for is cancelled already.' })
  declare userErrors: AccountError[];
}
