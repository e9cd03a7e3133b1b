import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { CalendarDate, DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  type CredentialVerdict,
  credentialVerdicts,
  type VerificationKind,
  type VerificationStatus,
  verificationKinds,
  verificationStatuses,
} from './verification.rules.js';

export const VerificationKindEnum = enumOf(verificationKinds);
registerEnumType(VerificationKindEnum, {
  name: 'VerificationKind',
  description: 'What a tutor can prove.',
  valuesConfig: {
    DIPLOMA: { description: 'A degree.' },
    CERTIFICATE: { description: 'A certificate, such as one of a language.' },
    BACKGROUND_CHECK: { description: 'A clean record, as an authority or an agency says.' },
    IDENTITY: { description: 'Who they are.' },
  },
});

export const VerificationStatusEnum = enumOf(verificationStatuses);
registerEnumType(VerificationStatusEnum, {
  name: 'VerificationStatus',
  description: 'Where a proof stands.',
  valuesConfig: {
    PENDING: { description: 'Waits for staff.' },
    VERIFIED: { description: 'Counts until `validUntil`.' },
    REJECTED: { description: 'Does not count; see `rejectionReason`. Submit a new one.' },
    EXPIRED: { description: 'Does not count any longer. Submit a new one.' },
  },
});

const CredentialVerdictEnum = enumOf(credentialVerdicts);
registerEnumType(CredentialVerdictEnum, {
  name: 'CredentialVerdict',
  description: 'What an outside checker says of a credential.',
  valuesConfig: {
    CONFIRMED: { description: 'It is known there as it was submitted.' },
    REFUTED: { description: 'It is known there not to be so.' },
    UNKNOWN: { description: 'Nothing is known of it there.' },
  },
});

@ObjectType({
  simpleResolvers: true,
  description: 'What an outside checker says of a credential; it helps staff and decides nothing.',
})
export class CredentialCheck {
  @Field(() => DateTime, { description: 'When it was asked.' })
  declare requestedAt: Date;

  @Field(() => CredentialVerdictEnum, { nullable: true, description: 'What it says; null until it has answered.' })
  declare verdict: CredentialVerdict | null;

  @Field(() => String, { nullable: true, description: 'Under which it knows its answer; null when it named nothing.' })
  declare reference: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it answered; null until then.' })
  declare checkedAt: Date | null;
}

@ObjectType('VerificationDocument', { simpleResolvers: true, description: 'A file that proves it.' })
export class VerificationDocumentType {
  @Field(() => ID, { description: 'Identity of the file.' })
  declare id: string;

  @Field(() => String, { description: 'What it is, such as application/pdf.' })
  declare contentType: string;

  @Field(() => Int, { description: 'Bytes.' })
  declare size: number;
}

@ObjectType('Verification', {
  simpleResolvers: true,
  description: 'Something that a tutor wants to have confirmed; seen by the tutor and by the staff who decide.',
})
export class VerificationType {
  @Field(() => ID, { description: 'Identity of the proof.' })
  declare id: string;

  @Field(() => VerificationKindEnum, { description: 'What it proves.' })
  declare kind: VerificationKind;

  @Field(() => VerificationStatusEnum, { description: 'Where it stands.' })
  declare status: VerificationStatus;

  @Field(() => String, { description: 'What was achieved or certified, as the document says.' })
  declare title: string;

  @Field(() => String, { description: 'Who issued the document.' })
  declare issuer: string;

  @Field(() => String, { nullable: true, description: "The document's number." })
  declare number: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'When the document was issued.' })
  declare issuedOn: string | null;

  @Field(() => DateTime, { description: 'When it was submitted.' })
  declare submittedAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When staff decided; null until then.' })
  declare decidedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was rejected, for the tutor; null unless it was.' })
  declare rejectionReason: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Until when it counts or counted: 12 months from the decision; null unless it was approved.',
  })
  declare validUntil: Date | null;
}

export const VerificationConnection = connectionOf(VerificationType, 'Verification');

@InputType({ description: 'Which proofs to list; conditions add up.' })
export class VerificationFilter {
  @Field(() => VerificationStatusEnum, { nullable: true, description: 'Only those that stand so.' })
  declare status?: VerificationStatus | null;

  @Field(() => VerificationKindEnum, { nullable: true, description: 'Only those of this kind.' })
  declare kind?: VerificationKind | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this tutor.' })
  declare tutorId?: string | null;
}
