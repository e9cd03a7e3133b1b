import { Field, InputType, ObjectType } from 'type-graphql';
import { AccountError } from '../users/user.types.js';

@InputType({ description: 'Whose password was lost.' })
export class RequestPasswordResetInput {
  @Field(() => String, { description: 'The email address of the account.' })
  declare email: string;
}

@ObjectType({
  simpleResolvers: true,
  description: 'The answer to asking for a new password. It is the same whether or not the address has an account.',
})
export class RequestPasswordResetPayload {
  @Field(() => Boolean, {
    nullable: true,
    description: 'True when a code is on its way if there is an account; null when it was refused.',
  })
  declare accepted?: boolean | null;

  @Field(() => [AccountError], { description: 'Why it was refused: INVALID_INPUT.' })
  declare userErrors: AccountError[];
}

@InputType({ description: 'A new password, with the code from the mail.' })
export class ResetPasswordInput {
  @Field(() => String, { description: 'The address to which the code was mailed.' })
  declare email: string;

  @Field(() => String, { description: 'The four digits.' })
  declare code: string;

  @Field(() => String, { description: 'The new password, 10 to 200 characters; none that many people use.' })
  declare password: string;
}

@ObjectType({
  simpleResolvers: true,
  description: 'What setting a new password did: every session of the account is over, sign in next.',
})
export class ResetPasswordPayload {
  @Field(() => Boolean, { nullable: true, description: 'True when the password is set; null when it was refused.' })
  declare accepted?: boolean | null;

  @Field(() => [AccountError], {
    description: 'Why it was refused: INVALID_INPUT, WEAK_PASSWORD; INVALID_CODE also when there is no such account.',
  })
  declare userErrors: AccountError[];
}

@InputType({ description: 'A new password for your account.' })
export class ChangePasswordInput {
  @Field(() => String, { description: 'The password so far.' })
  declare currentPassword: string;

  @Field(() => String, { description: 'The new password, 10 to 200 characters; none that many people use.' })
  declare newPassword: string;
}

@ObjectType({ simpleResolvers: true, description: 'What changing your password did: every other session is over.' })
export class ChangePasswordPayload {
  @Field(() => Boolean, { nullable: true, description: 'True when the password is set; null when it was refused.' })
  declare accepted?: boolean | null;

  @Field(() => [AccountError], {
    description: 'Why it was refused: INVALID_INPUT, INVALID_CREDENTIALS, WEAK_PASSWORD, NO_PASSWORD.',
  })
  declare userErrors: AccountError[];
}
