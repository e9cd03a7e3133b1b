import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { AccountError, UserType } from '../users/user.types.js';

@ObjectType('Session', { simpleResolvers: true, description: 'A sign-in on one device, with the tokens to go on.' })
export class SessionType {
  @Field(() => ID, { description: 'Identity of the session; it stays the same when tokens are refreshed.' })
  declare id: string;

  @Field(() => String, {
    description: 'Send it as `Authorization: Bearer <accessToken>`, over WebSocket in the connection_init payload.',
  })
  declare accessToken: string;

  @Field(() => DateTime, { description: 'When the access token stops working, 15 minutes from now: refresh before.' })
  declare accessTokenExpiresAt: Date;

  @Field(() => String, {
    description: 'Exchange it once for the next pair with refreshSession. Keep it secret and out of URLs.',
  })
  declare refreshToken: string;

  @Field(() => DateTime, { description: 'When the session ends unless it is used before; each use moves it on.' })
  declare expiresAt: Date;
}

@InputType({ description: 'Who signs in.' })
export class SignInInput {
  @Field(() => String, { description: 'The email address of the account.' })
  declare email: string;

  @Field(() => String, { description: 'The password of the account.' })
  declare password: string;
}

@ObjectType({ simpleResolvers: true, description: 'What signing in gave.' })
export class SignInPayload {
  @Field(() => SessionType, { nullable: true, description: 'The new session; null when it was refused.' })
  declare session?: SessionType | null;

  @Field(() => UserType, { nullable: true, description: 'Who signed in; null when it was refused.' })
  declare user?: UserType | null;

  @Field(() => [AccountError], { description: 'Why it was refused: INVALID_CREDENTIALS, ACCOUNT_SUSPENDED.' })
  declare userErrors: AccountError[];
}

@InputType({ description: 'The refresh token to exchange.' })
export class RefreshSessionInput {
  @Field(() => String, { description: 'The newest refresh token of the session.' })
  declare refreshToken: string;
}

@ObjectType({ simpleResolvers: true, description: 'What refreshing gave.' })
export class RefreshSessionPayload {
  @Field(() => SessionType, { nullable: true, description: 'The same session with its next tokens.' })
  declare session?: SessionType | null;

  @Field(() => UserType, { nullable: true, description: 'Whose session it is.' })
  declare user?: UserType | null;

  @Field(() => [AccountError], { description: 'Why it was refused: SESSION_ENDED, after which one signs in again.' })
  declare userErrors: AccountError[];
}

@InputType({ description: 'Which session to end.' })
export class SignOutInput {
  @Field(() => String, {
    nullable: true,
    description: 'A refresh token of the session to end; without it the session of the access token ends.',
  })
  declare refreshToken?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'What signing out did.' })
export class SignOutPayload {
  @Field(() => [AccountError], { description: 'Always empty: signing out cannot fail, also when repeated.' })
  declare userErrors: AccountError[];
}
