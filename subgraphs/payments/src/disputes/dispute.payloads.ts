import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { UserError } from '@tutorgraph/kit/graphql/user-error';
import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { DisputeType } from './dispute.types.js';
import { type EvidenceFile, evidenceFileKinds } from './evidence.rules.js';

/** Every expected failure of evidence. */
export const disputeErrorCodes = [
  'INVALID_INPUT',
  'NOT_FOUND',
  'EVIDENCE_MISSING',
  'EVIDENCE_NOT_WANTED',
  'EVIDENCE_TOO_LATE',
  'EVIDENCE_REFUSED',
  'UPLOAD_NOT_FOUND',
  'UPLOAD_NOT_USABLE',
  'IDEMPOTENCY_KEY_REUSED',
] as const;
/** @see disputeErrorCodes */
export type DisputeErrorCode = (typeof disputeErrorCodes)[number];

const DisputeErrorCodes = enumOf(disputeErrorCodes);
registerEnumType(DisputeErrorCodes, {
  name: 'PaymentDisputeErrorCode',
  description: 'Expected failures around disputes of cardholders.',
  valuesConfig: {
    INVALID_INPUT: { description: 'A field is not as it must be; see `field` and `message`.' },
    NOT_FOUND: { description: 'There is no such dispute.' },
    EVIDENCE_MISSING: { description: 'There is nothing to send: give a text or a file.' },
    EVIDENCE_NOT_WANTED: { description: 'The bank looks at what it has, or has decided.' },
    EVIDENCE_TOO_LATE: { description: 'The time for evidence is over.' },
    EVIDENCE_REFUSED: { description: 'Stripe does not take the evidence so.' },
    UPLOAD_NOT_FOUND: { description: 'There is no such upload of yours.' },
    UPLOAD_NOT_USABLE: {
      description: 'The upload is no confirmed DOCUMENT, neither PDF, JPEG nor PNG, or all together exceed 4.5 MB.',
    },
    IDEMPOTENCY_KEY_REUSED: { description: 'The key was used for another request.' },
  },
});

const EvidenceFileEnum = enumOf(evidenceFileKinds);
registerEnumType(EvidenceFileEnum, {
  name: 'EvidenceFileKind',
  description: 'What a file of evidence shows.',
  valuesConfig: {
    CUSTOMER_COMMUNICATION: { description: 'What was written with the student.' },
    SERVICE_DOCUMENTATION: { description: 'That the lesson took place.' },
    CANCELLATION_POLICY: { description: 'The rules of calling off.' },
    REFUND_POLICY: { description: 'The rules of refunds.' },
    RECEIPT: { description: 'The receipt.' },
    DUPLICATE_CHARGE: { description: 'That two payments were for two things.' },
    OTHER: { description: 'Anything else.' },
  },
});

@ObjectType('PaymentDisputeError', {
  simpleResolvers: true,
  implements: UserError,
  description: 'Why evidence was not taken.',
})
export class DisputeError extends UserError {
  @Field(() => DisputeErrorCodes, { description: 'What went wrong, for programs.' })
  declare code: DisputeErrorCode;
}

@InputType({ description: 'A file of evidence.' })
export class EvidenceFileInput {
  @Field(() => EvidenceFileEnum, { description: 'What it shows; one file of each kind.' })
  declare kind: EvidenceFile;

  @Field(() => ID, { description: 'A confirmed upload of yours of the kind DOCUMENT: PDF, JPEG or PNG.' })
  declare uploadId: string;
}

@InputType({ description: 'What you say to the bank.' })
export class SubmitDisputeEvidenceInput {
  @Field(() => ID, { description: 'Which dispute.' })
  declare disputeId: string;

  @Field(() => String, { nullable: true, description: 'What was sold, up to 20,000 characters as all long texts.' })
  declare productDescription?: string | null;

  @Field(() => String, { nullable: true, description: 'When the lesson took place, as a person reads it.' })
  declare serviceDate?: string | null;

  @Field(() => String, { nullable: true, description: 'The student’s name.' })
  declare customerName?: string | null;

  @Field(() => String, { nullable: true, description: 'The student’s e-mail address.' })
  declare customerEmail?: string | null;

  @Field(() => String, { nullable: true, description: 'The network address from which it was paid.' })
  declare customerPurchaseIp?: string | null;

  @Field(() => String, { nullable: true, description: 'Signs of use: when somebody joined the lesson, and so on.' })
  declare accessActivityLog?: string | null;

  @Field(() => String, { nullable: true, description: 'How the student was shown the rules of calling off.' })
  declare cancellationPolicyDisclosure?: string | null;

  @Field(() => String, { nullable: true, description: 'Why the lesson was not called off.' })
  declare cancellationRebuttal?: string | null;

  @Field(() => String, { nullable: true, description: 'How the student was shown the rules of refunds.' })
  declare refundPolicyDisclosure?: string | null;

  @Field(() => String, { nullable: true, description: 'Why nothing was refunded.' })
  declare refundRefusalExplanation?: string | null;

  @Field(() => String, { nullable: true, description: 'Why two payments were for two things.' })
  declare duplicateChargeExplanation?: string | null;

  @Field(() => String, { nullable: true, description: 'Anything else.' })
  declare statement?: string | null;

  @Field(() => [EvidenceFileInput], { nullable: true, description: 'Files, 4.5 MB together.' })
  declare files?: EvidenceFileInput[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Send it to the bank now, which can be done once; true by default. Otherwise Stripe keeps it.',
  })
  declare submit?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'Any text of your own, the same when you try again: then it is done once. Kept for 24 hours.',
  })
  declare idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'The dispute with its evidence.' })
export class SubmitDisputeEvidencePayload {
  @Field(() => DisputeType, { nullable: true, description: 'The dispute as it stands now; null when it was refused.' })
  declare dispute?: DisputeType | null;

  @Field(() => [DisputeError], { description: 'Why it was refused.' })
  declare userErrors: DisputeError[];
}
