import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import { sql } from 'kysely';
import { Enrollment } from '../enrollments/enrollment.entity.js';
import { certificateIssued } from '../events.js';
import { fullName } from '../people/names.js';
import { Certificate } from './certificate.entity.js';
import { type Completion, findCompletion } from './certificate.repository.js';
import { earns, newCode } from './certificate.rules.js';
import { courseScore } from './course-score.js';

/** Somebody who has completed a course, and what their certificate is to say. */
export interface Candidate extends Completion {
  holderName: string;
  score: number | null;
}

/** Issues certificates: by the course's rule, or by staff. */
export class CertificateIssuing {
  constructor(
    private readonly em: EntityManager,
    private readonly graph: GraphClient,
  ) {}

  /** Who could get a certificate for an enrolment; null while it is not completed. Outside transactions: it asks accounts. */
  async candidate(enrollmentId: string): Promise<Candidate | null> {
    const em = this.em.fork();
    const completion = await findCompletion(em, enrollmentId);
    if (!completion) return null;
    const score = await courseScore(em, enrollmentId);
    const known = completion.userId ? await fullName(this.graph, completion.userId) : null;
    const holderName = known ?? completion.studentName;
    return holderName === null ? null : { ...completion, holderName, score };
  }

  /** Who has earned a certificate by the course's rule, and has none yet. */
  async earner(enrollmentId: string): Promise<Candidate | null> {
    const candidate = await this.candidate(enrollmentId);
    return candidate && !candidate.hasCertificate && earns(candidate, candidate.score) ? candidate : null;
  }

  /** The same for somebody's course. */
  async earnerOf({ studentId, courseId }: { studentId: string; courseId: string }): Promise<Candidate | null> {
    const enrollment = await this.em.fork().findOne(Enrollment, { studentId, courseId }, { fields: ['id'] });
    return enrollment ? this.earner(enrollment.id) : null;
  }

  /** Issues it, unless somebody else was first. @returns the new certificate, if it is one */
  async issue(
    tx: EntityManager,
    candidate: Candidate,
    { by, at }: { by: string | null; at: Date },
  ): Promise<Certificate | null> {
    const { enrollmentId, studentId, userId, cohortId, courseId, holderName, courseTitle, language, minutes, score } =
      candidate;
    const id = newId();
    // Not by an upsert: what it collides with is a partial index.
    const { numAffectedRows } = await sql`
      insert into learning.certificates (id, code, enrollment_id, student_id, course_id, holder_name, course_title, language,
        minutes, score, issued_at, issued_by)
      select ${id}, ${newCode()}, e.id, e.student_id, e.course_id, ${holderName}, ${courseTitle}, ${language}, ${minutes}, ${score},
        ${at}, ${by}
      from learning.enrollments e join learning.students s on s.id = e.student_id
      where e.id = ${enrollmentId} and e.status = 'COMPLETED' and s.user_id is not distinct from ${userId}
      on conflict (enrollment_id) where revoked_at is null do nothing`.execute(tx.getKysely());
    if (!numAffectedRows) return null;
    const data = { studentId, userId, courseId, cohortId };
    recordEvent(tx, certificateIssued.create({ subject: id, data }));
    return tx.findOneOrFail(Certificate, { id });
  }
}
