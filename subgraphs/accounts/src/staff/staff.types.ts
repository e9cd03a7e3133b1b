import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { TimeZone } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { AccountError, Locale, Role, UserType } from '../users/user.types.js';
import { suspensionReasons } from './staff.rules.js';

export const SuspensionReason = enumOf(suspensionReasons);
registerEnumType(SuspensionReason, {
  name: 'SuspensionReason',
  description: 'Why an account is suspended; kept in the audit log.',
  valuesConfig: {
    ABUSE: { description: 'Treated others badly.' },
    FRAUD: { description: 'Cheated, or tried to.' },
    SECURITY: { description: 'Somebody else may have got hold of it.' },
    OTHER: { description: 'Something else.' },
  },
});

@InputType({ description: 'An account that staff opens for somebody.' })
export class CreateUserInput {
  @Field(() => String, { description: 'Email address; a mail there says how to set a password.' })
  declare email: string;

  @Field(() => String, { description: 'First name, 1 to 100 characters.' })
  declare firstName: string;

  @Field(() => String, { description: 'Last name, 1 to 100 characters.' })
  declare lastName: string;

  @Field(() => Role, { description: 'What the person is to be; below your own role, or ADMIN by an admin.' })
  declare role: keyof typeof Role;

  @Field(() => String, {
    nullable: true,
    description: 'A unique name: 3 to 32 letters, digits, dots or underscores, beginning with a letter.',
  })
  declare username?: string | null;

  @Field(() => Locale, { nullable: true, description: 'Language for messages; your own when not given.' })
  declare locale?: string | null;

  @Field(() => TimeZone, { nullable: true, description: 'IANA time zone; UTC when not given.' })
  declare timeZone?: string | null;
}

@InputType({ description: "What to change in somebody's account; what is left out stays." })
export class UpdateUserInput {
  @Field(() => ID, { description: 'Whose account.' })
  declare userId: string;

  @Field(() => String, { nullable: true, description: 'Another email address, which you vouch for.' })
  declare email?: string | null;

  @Field(() => String, { nullable: true, description: 'First name, 1 to 100 characters.' })
  declare firstName?: string | null;

  @Field(() => String, { nullable: true, description: 'Last name, 1 to 100 characters.' })
  declare lastName?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'A unique name: 3 to 32 letters, digits, dots or underscores, beginning with a letter.',
  })
  declare username?: string | null;

  @Field(() => Locale, { nullable: true, description: 'Language for messages.' })
  declare locale?: string | null;

  @Field(() => TimeZone, { nullable: true, description: 'IANA time zone.' })
  declare timeZone?: string | null;
}

@InputType({ description: 'Who becomes what.' })
export class ChangeRoleInput {
  @Field(() => ID, { description: 'Whose role changes.' })
  declare userId: string;

  @Field(() => Role, { description: 'The new role; below your own.' })
  declare role: keyof typeof Role;
}

@InputType({ description: 'Which account to suspend.' })
export class SuspendUserInput {
  @Field(() => ID, { description: 'Whose account.' })
  declare userId: string;

  @Field(() => SuspensionReason, { description: 'Why.' })
  declare reason: keyof typeof SuspensionReason;
}

@InputType({ description: 'Which account to let in again.' })
export class RestoreUserInput {
  @Field(() => ID, { description: 'Whose account.' })
  declare userId: string;
}

@ObjectType({ simpleResolvers: true, description: 'What opening an account gave.' })
export class CreateUserPayload {
  @Field(() => UserType, { nullable: true, description: 'The new account; null when it was refused.' })
  declare user?: UserType | null;

  @Field(() => [AccountError], { description: 'Why it was refused: INVALID_INPUT, EMAIL_TAKEN, USERNAME_TAKEN.' })
  declare userErrors: AccountError[];
}

@ObjectType({ simpleResolvers: true, description: 'What changing an account gave.' })
export class UpdateUserPayload {
  @Field(() => UserType, { nullable: true, description: 'The account after the change; null when it was refused.' })
  declare user?: UserType | null;

  @Field(() => [AccountError], {
    description: 'Why it was refused: INVALID_INPUT, USER_NOT_FOUND, EMAIL_TAKEN, USERNAME_TAKEN.',
  })
  declare userErrors: AccountError[];
}

@ObjectType({ simpleResolvers: true, description: 'What changing a role gave.' })
export class ChangeRolePayload {
  @Field(() => UserType, { nullable: true, description: 'The account with its new role; null when it was refused.' })
  declare user?: UserType | null;

  @Field(() => [AccountError], { description: 'Why it was refused: USER_NOT_FOUND.' })
  declare userErrors: AccountError[];
}

@ObjectType({ simpleResolvers: true, description: 'What suspending an account gave.' })
export class SuspendUserPayload {
  @Field(() => UserType, { nullable: true, description: 'The suspended account; null when it was refused.' })
  declare user?: UserType | null;

  @Field(() => [AccountError], { description: 'Why it was refused: USER_NOT_FOUND.' })
  declare userErrors: AccountError[];
}

@ObjectType({ simpleResolvers: true, description: 'What letting an account in again gave.' })
export class RestoreUserPayload {
  @Field(() => UserType, { nullable: true, description: 'The account; null when it was refused.' })
  declare user?: UserType | null;

  @Field(() => [AccountError], { description: 'Why it was refused: USER_NOT_FOUND.' })
  declare userErrors: AccountError[];
}
