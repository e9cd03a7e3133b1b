import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import type { LearningErrorCode } from '../errors.js';
import { certificateRevoked } from '../events.js';
import type { Student } from '../students/student.entity.js';
import { studentsById } from '../students/student.repository.js';
import type { StudentAccess } from '../students/student-access.js';
import type { Certificate } from './certificate.entity.js';
import { issuing, revoking } from './certificate.inputs.js';
import {
  accountOf,
  certificatesById,
  certificatesOfStudents,
  findByCode,
  lockCertificate,
  ownerOf,
} from './certificate.repository.js';
import { readCode } from './certificate.rules.js';
import type { CertificateIssuing } from './issue-certificates.js';

/** What has been completed, for the holder, for staff and for whoever verifies. */
export class CertificateService {
  constructor(
    private readonly issuing: CertificateIssuing,
    private readonly access: StudentAccess,
  ) {}

  /** A certificate; null when there is none that the viewer may see. */
  async find(context: RequestContext, id: string): Promise<Certificate | null> {
    const certificate = await context.loader(certificatesById).load(id);
    if (!certificate) return null;
    const seen = await this.access.maySee(context, [certificate.studentId]);
    return seen.has(certificate.studentId) ? certificate : null;
  }

  /** Whose a certificate is. */
  async holder(context: RequestContext, studentId: string): Promise<Student> {
    const student = await context.loader(studentsById).load(studentId);
    if (!student) throw new Error('A certificate has no student');
    return student;
  }

  /** Certificates of a student whom the viewer sees, the newest first. */
  list(context: RequestContext, studentId: string, page: PageRequest): Promise<Connection<Certificate>> {
    return context.loader(certificatesOfStudents).load({ parent: studentId, page });
  }

  /** What a code stands for, for everybody who has it. */
  async verify(em: EntityManager, typed: string): Promise<Certificate | null> {
    const code = readCode(typed);
    return code ? findByCode(em, code) : null;
  }

  /** Issues one by hand. @throws Refusal INVALID_INPUT, NOT_FOUND, NOT_COMPLETED, CERTIFICATE_EXISTS */
  async issue(context: RequestContext, input: unknown): Promise<{ certificate: Certificate }> {
    const { enrollmentId } = accept(issuing, input, context.locale);
    const field = ['input', 'enrollmentId'];
    const studentId = await ownerOf(context.em, enrollmentId);
    const seen = studentId === null ? new Set() : await this.access.maySee(context, [studentId]);
    if (!seen.has(studentId)) throw new Refusal<LearningErrorCode>('NOT_FOUND', field);
    const candidate = await this.issuing.candidate(enrollmentId);
    if (!candidate) throw new Refusal<LearningErrorCode>('NOT_COMPLETED', field);
    return transaction(context.em, async (tx) => {
      const issued = { by: context.user.userId, at: new Date() };
      const certificate = await this.issuing.issue(tx, candidate, issued);
      if (!certificate) throw new Refusal<LearningErrorCode>('CERTIFICATE_EXISTS', field);
      const { id, userId } = { id: certificate.id, userId: candidate.userId };
      const action = 'learning.certificate.issue';
      recordStaffAction(tx, context, { action, resource: 'Certificate', resourceId: id, userId });
      return { certificate };
    });
  }

  /** Takes one back; twice is once. @throws Refusal INVALID_INPUT, NOT_FOUND */
  async revoke(context: RequestContext, input: unknown): Promise<{ certificate: Certificate }> {
    const { certificateId, reason } = accept(revoking, input, context.locale);
    const field = ['input', 'certificateId'];
    if (!(await this.find(context, certificateId))) throw new Refusal<LearningErrorCode>('NOT_FOUND', field);
    return transaction(context.em, async (tx) => {
      const certificate = await lockCertificate(tx, certificateId);
      if (!certificate) throw new Refusal<LearningErrorCode>('NOT_FOUND', field);
      if (certificate.revokedAt) return { certificate };
      Object.assign(certificate, { revokedAt: new Date(), revokedBy: context.user.userId, revocationReason: reason });
      await tx.flush();
      const owner = await accountOf(tx, certificate.studentId);
      const { studentId, courseId } = certificate;
      const data = { studentId, userId: owner, courseId, cohortId: null };
      recordEvent(tx, certificateRevoked.create({ subject: certificate.id, data }));
      const action = 'learning.certificate.revoke';
      recordStaffAction(tx, context, { action, resource: 'Certificate', resourceId: certificate.id, userId: owner });
      return { certificate };
    });
  }
}
