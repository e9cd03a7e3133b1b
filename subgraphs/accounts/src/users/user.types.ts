import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime, EmailAddress, TimeZone } from '@tutorgraph/kit/graphql/scalars';
import { UserError } from '@tutorgraph/kit/graphql/user-error';
import { languageOf, locales } from '@tutorgraph/kit/messages/languages';
import { roles } from '@tutorgraph/kit/viewer/viewer';
import { Directive, Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';

export const Role = enumOf(roles);
registerEnumType(Role, {
  name: 'Role',
  description: 'What somebody is to the platform.',
  valuesConfig: {
    SUPER_ADMIN: { description: 'Manages everybody and everything, permissions included.' },
    ADMIN: { description: 'Manages everything but super admins.' },
    HR: { description: 'Finds and checks tutors, manages staff below.' },
    SUPERVISOR: { description: 'Looks after tutors and students.' },
    CURATOR: { description: 'Keeps students of the school going.' },
    TUTOR: { description: 'Teaches.' },
    STUDENT: { description: 'Learns.' },
  },
});

export const SelfRegisteredRole = enumOf(['STUDENT', 'TUTOR']);
registerEnumType(SelfRegisteredRole, {
  name: 'SelfRegisteredRole',
  description: 'Roles that one can give oneself.',
  valuesConfig: { STUDENT: { description: 'Looks for a tutor.' }, TUTOR: { description: 'Wants to teach.' } },
});

const englishNames = new Intl.DisplayNames('en', { type: 'language' });
export const Locale = enumOf(locales);
registerEnumType(Locale, {
  name: 'Locale',
  description: 'A language in which we talk to people.',
  valuesConfig: Object.fromEntries(
    locales.map((code) => [code, { description: `${englishNames.of(code)} (${languageOf(code).name}).` }]),
  ),
});

@Directive('@key(fields: "id")')
@ObjectType('User', { simpleResolvers: true, description: 'A person with an account.' })
export class UserType {
  @Field(() => ID, { description: 'Identity of the account.' })
  declare id: string;

  @Field(() => String, {
    description: 'First name and initial of the last name, such as "Anna K."; seen by everybody.',
  })
  declare displayName: string;

  @Field(() => String, { nullable: true, description: 'First name; null unless it is you or you may read accounts.' })
  declare firstName: string | null;

  @Field(() => String, { nullable: true, description: 'Last name; null unless it is you or you may read accounts.' })
  declare lastName: string | null;

  @Field(() => EmailAddress, {
    nullable: true,
    description: 'Email address; null unless it is you or you may read accounts.',
  })
  declare email: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Is the email address proven? Null unless it is you or you may read accounts.',
  })
  declare emailVerified: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'Proven phone number, E.164; null without one, and unless it is you or you may read accounts.',
  })
  declare phone: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Unique name of their own; null without one, and unless it is you or you may read accounts.',
  })
  declare username: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Username on Telegram as of the last sign-in from there; null unless it is you or you may read accounts.',
  })
  declare telegramUsername: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Does the person sign in with Telegram? Null unless it is you or you may read accounts.',
  })
  declare hasTelegram: boolean | null;

  @Field(() => Role, { nullable: true, description: 'Role; null unless it is you or you may read accounts.' })
  declare role: keyof typeof Role | null;

  @Field(() => Locale, { nullable: true, description: 'Language; null unless it is you or you may read accounts.' })
  declare locale: string | null;

  @Field(() => TimeZone, { nullable: true, description: 'Time zone; null unless it is you or you may read accounts.' })
  declare timeZone: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Since when it is suspended; null when it is not, or unless it is you or you may read accounts.',
  })
  declare suspendedAt: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was opened; null unless it is you or you may read accounts.',
  })
  declare createdAt: Date | null;

  declare erasedAt: Date | null;
  declare avatarKey: string | null;
  declare telegramPhotoUrl: string | null;
}

export const UserConnection = connectionOf(UserType, 'User');

/** Every expected failure of this room. */
export const accountErrorCodes = [
  'INVALID_INPUT',
  'INVALID_CREDENTIALS',
  'SESSION_ENDED',
  'USER_NOT_FOUND',
  'EMAIL_TAKEN',
  'USERNAME_TAKEN',
  'ACCOUNT_SUSPENDED',
  'SESSION_NOT_FOUND',
  'TELEGRAM_UNAVAILABLE',
  'TELEGRAM_INVALID',
  'TELEGRAM_EXPIRED',
  'TELEGRAM_REPLAYED',
  'TELEGRAM_LINKED_ELSEWHERE',
  'TELEGRAM_ALREADY_LINKED',
  'LAST_SIGN_IN_METHOD',
  'INVALID_CODE',
  'CODE_SPENT',
  'EMAIL_ALREADY_VERIFIED',
  'INVALID_PHONE',
  'SMS_UNAVAILABLE',
  'WEAK_PASSWORD',
  'NO_PASSWORD',
  'UPLOAD_NOT_FOUND',
  'UPLOAD_NOT_RECEIVED',
  'UPLOAD_BEING_CHECKED',
  'UPLOAD_NOT_CONFIRMED',
  'FILE_TYPE_NOT_ALLOWED',
  'FILE_TOO_LARGE',
  'FILE_DAMAGED',
  'FILE_PROTECTED',
  'IMAGE_TOO_LARGE',
  'CONSENT_VERSION_UNKNOWN',
  'EXPORT_TOO_EARLY',
  'LAST_SUPER_ADMIN',
  'PERMISSION_UNKNOWN',
  'PERMISSION_NOT_GRANTABLE',
  'PERMISSION_SET_NOT_FOUND',
  'PERMISSION_SET_NAME_TAKEN',
  'SUPER_ADMIN_UNCHANGEABLE',
] as const;
/** @see accountErrorCodes */
export type AccountErrorCode = (typeof accountErrorCodes)[number];
const AccountErrorCodes = enumOf(accountErrorCodes);
registerEnumType(AccountErrorCodes, {
  name: 'AccountErrorCode',
  description: 'Expected failures around accounts.',
  valuesConfig: {
    INVALID_INPUT: { description: 'A field is not as it must be; see `field` and `message`.' },
    INVALID_CREDENTIALS: { description: 'The address is unknown or the password is wrong; we do not tell which.' },
    SESSION_ENDED: { description: 'The session is over: sign in again.' },
    USER_NOT_FOUND: { description: 'There is no such account.' },
    EMAIL_TAKEN: {
      description: 'Another account has this address; told only to staff and to whoever proved that it is theirs.',
    },
    PERMISSION_UNKNOWN: { description: 'There is no permission of this name; see the query permissions.' },
    PERMISSION_NOT_GRANTABLE: { description: 'Only super admins have this permission.' },
    PERMISSION_SET_NOT_FOUND: { description: 'There is no such permission set.' },
    PERMISSION_SET_NAME_TAKEN: { description: 'Another permission set has this name.' },
    SUPER_ADMIN_UNCHANGEABLE: { description: 'Super admins may do everything; that cannot be changed.' },
    USERNAME_TAKEN: { description: 'Another account has this username.' },
    ACCOUNT_SUSPENDED: {
      description: 'The account may not be used for now; told only to whoever proved that it is theirs.',
    },
    SESSION_NOT_FOUND: { description: 'You have no such session.' },
    TELEGRAM_UNAVAILABLE: { description: 'Signing in with Telegram is not set up here.' },
    TELEGRAM_INVALID: { description: 'Telegram did not sign this, or it names nobody who can sign in.' },
    TELEGRAM_EXPIRED: {
      description: 'The init data is older than 24 hours, or from the future: open the Mini App again.',
    },
    TELEGRAM_REPLAYED: {
      description: 'The init data was used before and is good once: open the Mini App again.',
    },
    TELEGRAM_LINKED_ELSEWHERE: { description: 'Another account signs in with this Telegram account.' },
    TELEGRAM_ALREADY_LINKED: {
      description: 'Your account signs in with another Telegram account: unlink that first.',
    },
    LAST_SIGN_IN_METHOD: {
      description: 'It is the only way to sign in to the account: set up another first.',
    },
    INVALID_CODE: { description: 'The code is not right. Five tries of one code are looked at.' },
    CODE_SPENT: {
      description: 'No code is waiting: it has expired, was used or was tried five times. Ask for a new one.',
    },
    EMAIL_ALREADY_VERIFIED: { description: 'Your account has this address and it is proven.' },
    INVALID_PHONE: { description: "It is no mobile number, or it lacks the country's code." },
    SMS_UNAVAILABLE: { description: 'Text messages cannot be sent here.' },
    WEAK_PASSWORD: { description: 'The password is too easy to guess: `message` says why.' },
    NO_PASSWORD: {
      description: 'Your account has no password yet: set the first one with requestPasswordReset.',
    },
    UPLOAD_NOT_FOUND: { description: 'You have no such upload, or not of this kind.' },
    UPLOAD_NOT_RECEIVED: { description: 'The file has not been put, or not whole: put it, then confirm again.' },
    UPLOAD_BEING_CHECKED: { description: 'The file is still being checked: confirm again in a moment.' },
    UPLOAD_NOT_CONFIRMED: { description: 'The upload has not been confirmed: call confirmUpload first.' },
    FILE_TYPE_NOT_ALLOWED: {
      description: 'The file is not what it was said to be, or such files are not taken: see UploadKind.',
    },
    FILE_TOO_LARGE: { description: 'The file has more bytes than its kind may have: see UploadKind.' },
    FILE_DAMAGED: { description: 'The file cannot be read to its end.' },
    FILE_PROTECTED: { description: 'The file opens with a password only.' },
    IMAGE_TOO_LARGE: { description: 'The image has more than 64 million pixels.' },
    CONSENT_VERSION_UNKNOWN: {
      description:
        'One can agree to the current version only and withdraw from one that there was: see consentDocuments.',
    },
    EXPORT_TOO_EARLY: { description: 'You got an archive of your data within the last 24 hours: see myDataExports.' },
    LAST_SUPER_ADMIN: { description: 'Nobody else could manage everything: make another super admin first.' },
  },
});

@ObjectType({ implements: UserError, simpleResolvers: true, description: 'An expected failure around accounts.' })
export class AccountError extends UserError {
  @Field(() => AccountErrorCodes, { description: 'What kind of failure, for the program.' })
  declare code: AccountErrorCode;
}

@InputType({ description: 'A new account.' })
export class RegisterInput {
  @Field(() => String, { description: 'Email address, to which a code is mailed.' })
  declare email: string;

  @Field(() => String, { description: 'Password, 10 to 200 characters; none that many people use.' })
  declare password: string;

  @Field(() => String, { description: 'First name, 1 to 100 characters.' })
  declare firstName: string;

  @Field(() => String, { description: 'Last name, 1 to 100 characters.' })
  declare lastName: string;

  @Field(() => SelfRegisteredRole, { description: 'To learn or to teach.' })
  declare role: keyof typeof SelfRegisteredRole;

  @Field(() => Locale, { nullable: true, description: 'Language for messages; that of the request when not given.' })
  declare locale?: string | null;

  @Field(() => TimeZone, { nullable: true, description: 'IANA time zone; UTC when not given.' })
  declare timeZone?: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'The answer to a registration. It is the same whether or not the address had an account: sign in next.',
})
export class RegisterPayload {
  @Field(() => Boolean, {
    nullable: true,
    description: 'True when the registration was taken in; null when a field has to be corrected first.',
  })
  declare accepted?: boolean | null;

  @Field(() => [AccountError], { description: 'What has to be corrected: INVALID_INPUT, WEAK_PASSWORD.' })
  declare userErrors: AccountError[];
}

@InputType({ description: 'What to change in your own account; what is left out stays.' })
export class UpdateProfileInput {
  @Field(() => String, { nullable: true, description: 'First name, 1 to 100 characters.' })
  declare firstName?: string | null;

  @Field(() => String, { nullable: true, description: 'Last name, 1 to 100 characters.' })
  declare lastName?: string | null;

  @Field(() => Locale, { nullable: true, description: 'Language for messages.' })
  declare locale?: string | null;

  @Field(() => TimeZone, { nullable: true, description: 'IANA time zone.' })
  declare timeZone?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'Your account after the change.' })
export class UpdateProfilePayload {
  @Field(() => UserType, { nullable: true, description: 'Your account; null when the change was refused.' })
  declare user?: UserType | null;

  @Field(() => [AccountError], { description: 'What has to be corrected: INVALID_INPUT.' })
  declare userErrors: AccountError[];
}

@InputType({ description: 'Which accounts to list; conditions add up.' })
export class UserFilter {
  @Field(() => Role, { nullable: true, description: 'Only this role.' })
  declare role?: keyof typeof Role | null;

  @Field(() => String, {
    nullable: true,
    description: 'Only accounts whose names or email address contain this text, at most 100 characters.',
  })
  declare text?: string | null;
}
