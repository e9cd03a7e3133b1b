import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { StudentInvitation } from './invitation.entity.js';

/** The invitation with this code, if it is good: neither used nor replaced, and not too old. */
export function findOpenInvitation(em: EntityManager, codeHash: string, now: Date): Promise<StudentInvitation | null> {
  return em.findOne(StudentInvitation, { codeHash, claimedAt: null, revokedAt: null, expiresAt: { $gt: now } });
}

/** What an invitation is to say. */
export interface InvitationToSend {
  id: string;
  email: string;
  name: string | null;
  language: string;
  expiresAt: string;
  /** The course in which they are enrolled, the newest one; null when they are in none. */
  courseTitle: string | null;
}

/** The invitation of a student that is to be sent; null when they have come, or it is too old. */
export async function findInvitationToSend(
  em: EntityManager,
  studentId: string,
  now: Date,
): Promise<InvitationToSend | null> {
  const { rows } = await sql<InvitationToSend>`
    select i.id, s.email, s.name, i.language, i.expires_at as "expiresAt", (
        select c.title from learning.enrollments e join learning.courses c on c.id = e.course_id
         where e.student_id = s.id and e.status = 'ACTIVE' order by e.enrolled_at desc, e.id limit 1) as "courseTitle"
      from learning.student_invitations i join learning.students s on s.id = i.student_id
     where s.id = ${studentId} and s.user_id is null and s.email is not null
       and i.claimed_at is null and i.revoked_at is null and i.expires_at > ${now}::timestamptz`.execute(
    em.getKysely(),
  );
  return rows[0] ?? null;
}
