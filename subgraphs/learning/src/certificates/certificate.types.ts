import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime, Url } from '@tutorgraph/kit/graphql/scalars';
import { Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { LearningError } from '../errors.js';
import { type CertificateStatus, certificateStatuses } from './certificate.rules.js';

/** @see certificateStatuses */
export const CertificateStatusEnum = enumOf(certificateStatuses);
registerEnumType(CertificateStatusEnum, {
  name: 'CertificateStatus',
  description: 'Does a certificate hold?',
  valuesConfig: {
    VALID: { description: 'It was issued by this school and holds.' },
    REVOKED: { description: 'It was issued by this school and was taken back.' },
    UNKNOWN: { description: 'No certificate of this school has this code.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType('Certificate', { simpleResolvers: true, description: 'That somebody has completed a course.' })
export class CertificateType {
  @Field(() => ID, { description: 'Identity of the certificate.' })
  declare id: string;

  @Field(() => String, { description: 'The code by which anybody can verify it, such as `7K3M-9QXD-2FHA`.' })
  declare code: string;

  @Field(() => String, { nullable: true, description: 'Whom it names; null once they were erased.' })
  declare holderName: string | null;

  @Field(() => String, { description: 'The course, as it was called when this was issued.' })
  declare courseTitle: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Mean of tests and homework in percent; null when the course has neither.',
  })
  declare score: number | null;

  @Field(() => DateTime, { description: 'When it was issued.' })
  declare issuedAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was taken back; null while it holds.' })
  declare revokedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was taken back.' })
  declare revocationReason: string | null;
}

/** A page of certificates. */
export const CertificateConnection = connectionOf(CertificateType, 'Certificate');

@ObjectType({ simpleResolvers: true, description: 'What a code of a certificate stands for.' })
export class CertificateVerification {
  @Field(() => CertificateStatusEnum, { description: 'Does it hold?' })
  declare status: CertificateStatus;

  @Field(() => String, { nullable: true, description: 'Whom it names; null unless it holds.' })
  declare holderName: string | null;

  @Field(() => String, { nullable: true, description: 'The course that was completed; null when the code is unknown.' })
  declare courseTitle: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was issued; null when the code is unknown.' })
  declare issuedAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was taken back; null unless it was.' })
  declare revokedAt: Date | null;

  @Field(() => Url, {
    nullable: true,
    description: 'The same as a signed credential of Open Badges 3.0, a JSON Web Token.',
  })
  declare badgeUrl: string | null;
}

@InputType({ description: 'For which completed course a certificate is to be issued by hand.' })
export class IssueCertificateInput {
  @Field(() => ID, { description: 'The enrolment, which has to be COMPLETED; the rule of its course does not matter.' })
  declare enrollmentId: string;
}

@ObjectType({ simpleResolvers: true, description: 'What became of it.' })
export class IssueCertificatePayload {
  @Field(() => CertificateType, { nullable: true, description: 'The certificate; null when there are errors.' })
  declare certificate: CertificateType | null;

  @Field(() => [LearningError], { description: 'Why it was not done; empty when it was.' })
  declare userErrors: LearningError[];
}

@InputType({ description: 'Which certificate is to hold no longer, and why.' })
export class RevokeCertificateInput {
  @Field(() => ID, { description: 'The certificate.' })
  declare certificateId: string;

  @Field(() => String, { description: 'Why, 3 to 500 characters; its holder reads it.' })
  declare reason: string;
}

@ObjectType({ simpleResolvers: true, description: 'What became of it.' })
export class RevokeCertificatePayload {
  @Field(() => CertificateType, { nullable: true, description: 'The certificate; null when there are errors.' })
  declare certificate: CertificateType | null;

  @Field(() => [LearningError], { description: 'Why it was not done; empty when it was.' })
  declare userErrors: LearningError[];
}
