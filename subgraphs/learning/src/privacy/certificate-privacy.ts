import type { EntityManager } from '@mikro-orm/postgresql';
import type { PersonalData } from '@tutorgraph/kit/privacy/room-privacy';
import { sql } from 'kysely';
import { Certificate } from '../certificates/certificate.entity.js';
import { findStudentOf } from '../students/student.repository.js';

/** What somebody has earned. */
export async function collectCertificates(em: EntityManager, userId: string): Promise<PersonalData> {
  const student = await findStudentOf(em, userId);
  const found = student ? await em.find(Certificate, { studentId: student.id }, { orderBy: { issuedAt: 'asc' } }) : [];
  return {
    sections: {
      certificates: found.map(({ code, holderName, courseTitle, score, issuedAt, revokedAt, revocationReason }) => {
        return { code, holderName, courseTitle, score, issuedAt, revokedAt, revocationReason };
      }),
    },
  };
}

/** Takes names from certificates, which hold no longer: nobody could tell any more whose they are. */
export async function eraseCertificates(tx: EntityManager, userId: string): Promise<void> {
  await sql`
    update learning.certificates set holder_name = null, revoked_at = coalesce(revoked_at, ${new Date()}),
      revocation_reason = case when revoked_at is null then 'The holder was erased' else '' end
    where student_id in (select id from learning.students where user_id = ${userId})`.execute(tx.getKysely());
}
