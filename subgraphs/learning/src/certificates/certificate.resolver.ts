import { Public, Requires, SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { Url } from '@tutorgraph/kit/graphql/scalars';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { LearningError } from '../errors.js';
import type { Student } from '../students/student.entity.js';
import { StudentType } from '../students/student.types.js';
import type { Certificate } from './certificate.entity.js';
import { statusOf } from './certificate.rules.js';
import type { CertificateService } from './certificate.service.js';
import {
  CertificateConnection,
  CertificateStatusEnum,
  CertificateType,
  CertificateVerification,
  IssueCertificateInput,
  IssueCertificatePayload,
  RevokeCertificateInput,
  RevokeCertificatePayload,
} from './certificate.types.js';
import type { CertificateUrls } from './certificate-urls.js';

/** Certificates, in the graph. */
@Resolver(() => CertificateType)
export class CertificateResolver {
  constructor(
    readonly service: CertificateService,
    readonly urls: CertificateUrls,
  ) {}

  @FieldResolver(() => CertificateStatusEnum, { description: 'Does it hold?' })
  status(@Root() certificate: Certificate) {
    return statusOf(certificate);
  }

  @FieldResolver(() => Url, { description: 'The public page that tells whether it holds; the QR code leads there.' })
  verifyUrl(@Root() { code }: Certificate): string {
    return this.urls.page(code);
  }

  @FieldResolver(() => Url, {
    nullable: true,
    description: 'The certificate as a PDF, to print; null once it was revoked.',
  })
  pdfUrl(@Root() { code, revokedAt }: Certificate): string | null {
    return revokedAt ? null : this.urls.pdf(code);
  }

  @FieldResolver(() => Url, {
    nullable: true,
    description:
      'The same as a signed credential of Open Badges 3.0 (a JSON Web Token), for wallets and profiles; null once it was revoked.',
  })
  badgeUrl(@Root() { code, revokedAt }: Certificate): string | null {
    return revokedAt ? null : this.urls.badge(code);
  }

  @FieldResolver(() => StudentType, { description: 'Who earned it.' })
  student(@Root() { studentId }: Certificate, @Ctx() context: RequestContext): Promise<Student> {
    return this.service.holder(context, studentId);
  }

  @SignedIn()
  @Query(() => CertificateType, {
    nullable: true,
    description: 'A certificate by id: your own, or one of a student whom you see; null when there is none.',
  })
  certificate(
    @Arg('id', () => ID, { description: 'Identity of the certificate.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Certificate | null> {
    return this.service.find(context, id);
  }

  @Public()
  @Limited({ network: { points: 60, seconds: 60 } })
  @Query(() => CertificateVerification, {
    nullable: true,
    description: 'Does a certificate hold? For everybody who has its code; how it is typed does not matter much.',
  })
  async verifyCertificate(
    @Arg('code', () => String, { description: 'The code on the certificate.' }) code: string,
    @Ctx() context: RequestContext,
  ): Promise<CertificateVerification> {
    const found = await this.service.verify(context.em, code);
    const status = statusOf(found);
    return {
      status,
      holderName: status === 'VALID' ? (found?.holderName ?? null) : null,
      courseTitle: found?.courseTitle ?? null,
      issuedAt: found?.issuedAt ?? null,
      revokedAt: found?.revokedAt ?? null,
      badgeUrl: found && status === 'VALID' ? this.urls.badge(found.code) : null,
    };
  }

  @Requires('learning.certificates.manage')
  @Mutation(() => IssueCertificatePayload, {
    nullable: true,
    description: 'Issues a certificate by hand for a completed course whose rule has not done so.',
  })
  issueCertificate(
    @Arg('input', () => IssueCertificateInput, { description: 'For whom.' }) input: IssueCertificateInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, () => this.service.issue(context, input));
  }

  @Requires('learning.certificates.manage')
  @Mutation(() => RevokeCertificatePayload, {
    nullable: true,
    description: 'Takes a certificate back, for ever: whoever verifies it learns so. A new one can be issued.',
  })
  revokeCertificate(
    @Arg('input', () => RevokeCertificateInput, { description: 'Which one, and why.' }) input: RevokeCertificateInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, () => this.service.revoke(context, input));
  }
}

/** What a student has earned. */
@Resolver(() => StudentType)
export class StudentCertificatesResolver {
  constructor(readonly service: CertificateService) {}

  @FieldResolver(() => CertificateConnection, { description: 'Their certificates, the newest first.' })
  certificates(
    @Root() { id }: Student,
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Certificate>> {
    return this.service.list(context, id, page);
  }
}
