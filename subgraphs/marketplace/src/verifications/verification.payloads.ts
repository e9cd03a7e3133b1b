import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { CalendarDate } from '@tutorgraph/kit/graphql/scalars';
import { UserError } from '@tutorgraph/kit/graphql/user-error';
import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { TutorType } from '../tutors/tutor.types.js';
import type { VerificationKind } from './verification.rules.js';
import { VerificationKindEnum, VerificationType } from './verification.types.js';

/** Every expected failure around proofs. */
const verificationErrorCodes = [
  'INVALID_INPUT',
  'NOT_FOUND',
  'PROFILE_REQUIRED',
  'UPLOAD_NOT_FOUND',
  'UPLOAD_NOT_USABLE',
  'UPLOAD_IN_USE',
  'ALREADY_PENDING',
  'TOO_MANY_PENDING',
  'VERIFICATION_DECIDED',
  'OWN_VERIFICATION',
] as const;
/** @see verificationErrorCodes */
export type VerificationErrorCode = (typeof verificationErrorCodes)[number];
const VerificationErrorCodes = enumOf(verificationErrorCodes);
registerEnumType(VerificationErrorCodes, {
  name: 'VerificationErrorCode',
  description: 'Expected failures around proofs.',
  valuesConfig: {
    INVALID_INPUT: { description: 'A field is not as it must be; see `field` and `message`.' },
    NOT_FOUND: { description: 'There is no such proof that you may see.' },
    PROFILE_REQUIRED: { description: 'You have no tutor profile: create it with `createTutorProfile`.' },
    UPLOAD_NOT_FOUND: { description: 'You have no such upload; see `field`.' },
    UPLOAD_NOT_USABLE: { description: 'The upload is not of the kind DOCUMENT, or not confirmed; see `field`.' },
    UPLOAD_IN_USE: { description: 'A file was submitted before: upload it anew.' },
    ALREADY_PENDING: { description: 'A proof of this kind waits already; withdraw it first.' },
    TOO_MANY_PENDING: { description: 'Ten of your proofs wait already.' },
    VERIFICATION_DECIDED: { description: 'It was decided, or has expired, meanwhile: look at it anew.' },
    OWN_VERIFICATION: { description: 'Nobody decides on a proof of their own.' },
  },
});

@ObjectType({ implements: UserError, simpleResolvers: true, description: 'An expected failure around proofs.' })
export class VerificationError extends UserError {
  @Field(() => VerificationErrorCodes, { description: 'What kind of failure, for the program.' })
  declare code: VerificationErrorCode;
}

@InputType({ description: 'What you want to have confirmed.' })
export class SubmitVerificationInput {
  @Field(() => VerificationKindEnum, { description: 'What it proves.' })
  declare kind: VerificationKind;

  @Field(() => String, { description: 'What was achieved or certified, as the document says; 1 to 200 characters.' })
  declare title: string;

  @Field(() => String, { description: 'Who issued the document; 1 to 200 characters.' })
  declare issuer: string;

  @Field(() => String, { nullable: true, description: "The document's number, at most 100 characters." })
  declare number?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'When the document was issued.' })
  declare issuedOn?: Date | null;

  @Field(() => [ID], {
    description: 'One to five confirmed uploads of yours of the kind DOCUMENT; each can be submitted once.',
  })
  declare uploadIds: string[];
}

@ObjectType({ simpleResolvers: true, description: 'The proof that waits for staff.' })
export class SubmitVerificationPayload {
  @Field(() => VerificationType, { nullable: true, description: 'The proof; null when it was refused.' })
  declare verification?: VerificationType | null;

  @Field(() => [VerificationError], {
    description:
      'What has to be corrected: INVALID_INPUT, PROFILE_REQUIRED, UPLOAD_NOT_FOUND, UPLOAD_NOT_USABLE, UPLOAD_IN_USE, ALREADY_PENDING, TOO_MANY_PENDING.',
  })
  declare userErrors: VerificationError[];
}

@InputType({ description: 'Which proof you take back.' })
export class WithdrawVerificationInput {
  @Field(() => ID, { description: 'One of yours that is PENDING.' })
  declare verificationId: string;
}

@ObjectType({ simpleResolvers: true, description: 'What was taken back.' })
export class WithdrawVerificationPayload {
  @Field(() => ID, { nullable: true, description: 'The proof that is gone, with its files; null when it was refused.' })
  declare withdrawnVerificationId?: string | null;

  @Field(() => [VerificationError], {
    description: 'What went wrong: INVALID_INPUT, NOT_FOUND, PROFILE_REQUIRED, VERIFICATION_DECIDED.',
  })
  declare userErrors: VerificationError[];
}

@InputType({ description: 'Which proof is right.' })
export class ApproveVerificationInput {
  @Field(() => ID, { description: 'One that is PENDING.' })
  declare verificationId: string;
}

@InputType({ description: 'Which proof does not count.' })
export class RejectVerificationInput {
  @Field(() => ID, { description: 'One that is PENDING, or VERIFIED and turned out to be wrong.' })
  declare verificationId: string;

  @Field(() => String, { description: 'Why, for the tutor; 1 to 1000 characters.' })
  declare reason: string;
}

const ofErrors = 'What went wrong: INVALID_INPUT, NOT_FOUND, VERIFICATION_DECIDED, OWN_VERIFICATION.';

@ObjectType({ simpleResolvers: true, description: 'The proof after it was approved.' })
export class ApproveVerificationPayload {
  @Field(() => VerificationType, { nullable: true, description: 'The proof; null when the decision was refused.' })
  declare verification?: VerificationType | null;

  @Field(() => TutorType, { nullable: true, description: 'The tutor, verified; null when the decision was refused.' })
  declare tutor?: TutorType | null;

  @Field(() => [VerificationError], { description: ofErrors })
  declare userErrors: VerificationError[];
}

@ObjectType({ simpleResolvers: true, description: 'The proof after it was rejected.' })
export class RejectVerificationPayload {
  @Field(() => VerificationType, { nullable: true, description: 'The proof; null when the decision was refused.' })
  declare verification?: VerificationType | null;

  @Field(() => TutorType, { nullable: true, description: 'The tutor; null when the decision was refused.' })
  declare tutor?: TutorType | null;

  @Field(() => [VerificationError], { description: ofErrors })
  declare userErrors: VerificationError[];
}
