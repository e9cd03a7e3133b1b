import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { AccountError } from '../users/user.types.js';

@ObjectType('ActiveSession', {
  simpleResolvers: true,
  description: 'A device on which you are signed in, for you to know it again and to end it.',
})
export class ActiveSessionType {
  @Field(() => ID, { description: 'Identity of the session.' })
  declare id: string;

  @Field(() => String, {
    nullable: true,
    description: 'What the device is by its own account, such as "Chrome on Windows"; null when that says nothing.',
  })
  declare device: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'How the program named itself when it was last used, at most 300 characters; null when it did not.',
  })
  declare userAgent: string | null;

  @Field(() => String, { nullable: true, description: 'The network address of the last use; null when unknown.' })
  declare networkAddress: string | null;

  @Field(() => DateTime, { description: 'When it was signed in.' })
  declare createdAt: Date;

  @Field(() => DateTime, {
    description: 'When it was last used: signed in or refreshed, which a client in use does every 15 minutes.',
  })
  declare lastSeenAt: Date;

  @Field(() => DateTime, { description: 'When it ends unless it is used before; each use moves it on.' })
  declare expiresAt: Date;

  @Field(() => Boolean, { description: 'Is it the session with which you ask?' })
  declare isCurrent: boolean;
}

export const ActiveSessionConnection = connectionOf(ActiveSessionType, 'ActiveSession');

@InputType({ description: 'Which of your sessions to end.' })
export class RevokeSessionInput {
  @Field(() => ID, { description: 'Identity of the session, from `sessions`.' })
  declare sessionId: string;
}

@ObjectType({ simpleResolvers: true, description: 'What ending one of your sessions did.' })
export class RevokeSessionPayload {
  @Field(() => ID, { nullable: true, description: 'The session that is over; null when it was refused.' })
  declare sessionId?: string | null;

  @Field(() => [AccountError], { description: 'Why it was refused: SESSION_NOT_FOUND.' })
  declare userErrors: AccountError[];
}

@InputType({ description: 'Which of your sessions go on.' })
export class SignOutEverywhereInput {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Does the session with which you ask go on? It ends as well when this is not given.',
  })
  declare exceptCurrent?: boolean | null;
}

@ObjectType({ simpleResolvers: true, description: 'What signing out everywhere did.' })
export class SignOutEverywherePayload {
  @Field(() => Int, { nullable: true, description: 'How many sessions were ended; 0 when it is repeated.' })
  declare endedSessions?: number | null;

  @Field(() => [AccountError], { description: 'Always empty: signing out cannot fail.' })
  declare userErrors: AccountError[];
}
