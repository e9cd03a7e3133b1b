import { Field, InputType, ObjectType } from 'type-graphql';
import { SessionType } from '../sessions/session.types.js';
import { AccountError, UserType } from '../users/user.types.js';

@InputType({ description: 'What a Mini App was opened with.' })
export class TelegramInitDataInput {
  @Field(() => String, {
    description:
      '`Telegram.WebApp.initData`, unchanged, at most 4,096 characters. It is good once, for 24 hours after Telegram gave it out.',
  })
  declare initData: string;
}

@ObjectType({ simpleResolvers: true, description: 'What signing in with Telegram gave.' })
export class SignInWithTelegramPayload {
  @Field(() => SessionType, { nullable: true, description: 'The new session; null when it was refused.' })
  declare session?: SessionType | null;

  @Field(() => UserType, { nullable: true, description: 'Who signed in; null when it was refused.' })
  declare user?: UserType | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Was the account opened just now? Null when it was refused.',
  })
  declare isNewAccount?: boolean | null;

  @Field(() => [AccountError], {
    description:
      'Why it was refused: TELEGRAM_UNAVAILABLE, TELEGRAM_INVALID, TELEGRAM_EXPIRED, TELEGRAM_REPLAYED, ACCOUNT_SUSPENDED.',
  })
  declare userErrors: AccountError[];
}

@ObjectType({ simpleResolvers: true, description: 'Your account after it was linked to Telegram.' })
export class LinkTelegramPayload {
  @Field(() => UserType, { nullable: true, description: 'Your account; null when it was refused.' })
  declare user?: UserType | null;

  @Field(() => [AccountError], {
    description:
      'Why it was refused: TELEGRAM_UNAVAILABLE, TELEGRAM_INVALID, TELEGRAM_EXPIRED, TELEGRAM_REPLAYED, TELEGRAM_LINKED_ELSEWHERE, TELEGRAM_ALREADY_LINKED.',
  })
  declare userErrors: AccountError[];
}

@ObjectType({ simpleResolvers: true, description: 'Your account after its link to Telegram was taken away.' })
export class UnlinkTelegramPayload {
  @Field(() => UserType, { nullable: true, description: 'Your account; null when it was refused.' })
  declare user?: UserType | null;

  @Field(() => [AccountError], { description: 'Why it was refused: LAST_SIGN_IN_METHOD.' })
  declare userErrors: AccountError[];
}
