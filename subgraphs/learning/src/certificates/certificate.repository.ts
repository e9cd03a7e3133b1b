import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import type { NestedKeysetList, SortKey } from '@tutorgraph/kit/pagination/keyset';
import { defineNestedPages } from '@tutorgraph/kit/pagination/nested-pages';
import { sql } from 'kysely';
import { Enrollment } from '../enrollments/enrollment.entity.js';
import { Student } from '../students/student.entity.js';
import { Certificate } from './certificate.entity.js';

const NEWEST: readonly SortKey[] = [
  { expression: sql`t.issued_at`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
];

/** Certificates by id, batched; whoever loads one decides who sees it. */
export const certificatesById = defineLoader<string, Certificate | null>(
  async ({ em }, ids) => {
    const found = await em.find(Certificate, { id: { $in: ids.filter(isId) } });
    return new Map(found.map((certificate) => [certificate.id, certificate]));
  },
  { absent: () => null },
);

/** The certificate of an enrolment that holds, batched. */
export const validCertificates = defineLoader<string, Certificate | null>(
  async ({ em }, enrollmentIds) => {
    const found = await em.find(Certificate, { enrollmentId: { $in: [...enrollmentIds] }, revokedAt: null });
    return new Map(found.map((certificate) => [certificate.enrollmentId, certificate]));
  },
  { absent: () => null },
);

/** Certificates of students, the newest first. */
export const certificatesOfStudents = defineNestedPages<Certificate>((): NestedKeysetList<Certificate> => {
  return {
    entity: Certificate,
    from: sql`from learning.certificates t where true`,
    parent: sql`t.student_id`,
    order: NEWEST,
  };
});

/** By its public code. */
export function findByCode(em: EntityManager, code: string): Promise<Certificate | null> {
  return em.findOne(Certificate, { code });
}

/** A certificate, locked as it is now until the transaction ends. */
export async function lockCertificate(tx: EntityManager, id: string): Promise<Certificate | null> {
  if (!isId(id)) return null;
  return tx.findOne(Certificate, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** Codes of all certificates that were revoked, the first to be revoked first. */
export async function findRevoked(em: EntityManager): Promise<Pick<Certificate, 'code'>[]> {
  return em.find(
    Certificate,
    { revokedAt: { $ne: null } },
    { fields: ['code'], orderBy: { revokedAt: 'asc', id: 'asc' } },
  );
}

/** Somebody who has completed a course, and what its certificate is to say. */
export interface Completion {
  enrollmentId: string;
  studentId: string;
  userId: string | null;
  cohortId: string | null;
  studentName: string | null;
  courseId: string;
  courseTitle: string;
  language: string;
  certificateRule: 'NONE' | 'COMPLETION' | 'COMPLETION_AND_SCORE';
  certificateScore: number;
  minutes: number;
  hasCertificate: boolean;
}

/** An enrolment that was completed; null while it is not. */
export async function findCompletion(em: EntityManager, enrollmentId: string): Promise<Completion | null> {
  if (!isId(enrollmentId)) return null;
  const { rows } = await sql<Completion>`
    select e.id as "enrollmentId", s.id as "studentId", s.user_id as "userId", e.cohort_id as "cohortId",
      s.name as "studentName", c.id as "courseId", c.title as "courseTitle", c.language,
      c.certificate_rule as "certificateRule", c.certificate_score as "certificateScore",
      coalesce((select sum(minutes) from learning.lessons where version_id = e.version_id), 0)::int as minutes,
      exists (select from learning.certificates where enrollment_id = e.id and revoked_at is null) as "hasCertificate"
    from learning.enrollments e
      join learning.students s on s.id = e.student_id
      join learning.courses c on c.id = e.course_id
    where e.id = ${enrollmentId} and e.status = 'COMPLETED'`.execute(em.getKysely());
  return rows[0] ?? null;
}

/** Whose enrolment it is; null when there is none. */
export async function ownerOf(em: EntityManager, enrollmentId: string): Promise<string | null> {
  if (!isId(enrollmentId)) return null;
  return (await em.findOne(Enrollment, { id: enrollmentId }, { fields: ['studentId'] }))?.studentId ?? null;
}

/** The account of a student; null when they have none. */
export async function accountOf(em: EntityManager, studentId: string): Promise<string | null> {
  return (await em.findOne(Student, { id: studentId }, { fields: ['userId'] }))?.userId ?? null;
}
