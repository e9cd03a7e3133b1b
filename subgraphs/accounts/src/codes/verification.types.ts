import { Field, InputType, ObjectType } from 'type-graphql';
import { AccountError, UserType } from '../users/user.types.js';

@InputType({ description: 'Which address to prove.' })
export class RequestEmailVerificationInput {
  @Field(() => String, {
    nullable: true,
    description:
      "An address that is to take the place of your account's; it does when its code is entered. Your account's own address when not given.",
  })
  declare email?: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'The answer to asking for a code by mail. It is the same when somebody else has the address.',
})
export class RequestEmailVerificationPayload {
  @Field(() => Boolean, {
    nullable: true,
    description: 'True when a code is on its way unless somebody else has the address; null when it was refused.',
  })
  declare accepted?: boolean | null;

  @Field(() => [AccountError], { description: 'Why it was refused: INVALID_INPUT, EMAIL_ALREADY_VERIFIED.' })
  declare userErrors: AccountError[];
}

@InputType({ description: 'The code from the mail.' })
export class VerifyEmailInput {
  @Field(() => String, { description: 'The four digits.' })
  declare code: string;
}

@ObjectType({
  simpleResolvers: true,
  description: 'Your account with its address. Refresh the session next: access tokens say whether it is proven.',
})
export class VerifyEmailPayload {
  @Field(() => UserType, { nullable: true, description: 'Your account; null when it was refused.' })
  declare user?: UserType | null;

  @Field(() => [AccountError], { description: 'Why it was refused: INVALID_CODE, CODE_SPENT, EMAIL_TAKEN.' })
  declare userErrors: AccountError[];
}

@InputType({ description: 'Which phone to prove.' })
export class RequestPhoneVerificationInput {
  @Field(() => String, { description: "A mobile number with its country's code, such as +44 7911 123456." })
  declare phone: string;
}

@ObjectType({ simpleResolvers: true, description: 'The answer to asking for a code by text message.' })
export class RequestPhoneVerificationPayload {
  @Field(() => Boolean, {
    nullable: true,
    description: 'True when a code is on its way to the phone; null when it was refused.',
  })
  declare accepted?: boolean | null;

  @Field(() => [AccountError], { description: 'Why it was refused: INVALID_PHONE, SMS_UNAVAILABLE.' })
  declare userErrors: AccountError[];
}

@InputType({ description: 'The code from the text message.' })
export class VerifyPhoneInput {
  @Field(() => String, { description: 'The four digits.' })
  declare code: string;
}

@ObjectType({ simpleResolvers: true, description: 'Your account with its phone number.' })
export class VerifyPhonePayload {
  @Field(() => UserType, { nullable: true, description: 'Your account; null when it was refused.' })
  declare user?: UserType | null;

  @Field(() => [AccountError], { description: 'Why it was refused: INVALID_CODE, CODE_SPENT.' })
  declare userErrors: AccountError[];
}

@ObjectType({ simpleResolvers: true, description: 'Your account without a phone number.' })
export class RemovePhonePayload {
  @Field(() => UserType, { nullable: true, description: 'Your account.' })
  declare user?: UserType | null;

  @Field(() => [AccountError], { description: 'Always empty: removing a number cannot fail, also when repeated.' })
  declare userErrors: AccountError[];
}
