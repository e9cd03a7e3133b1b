import type { EntityManager } from '@mikro-orm/postgresql';
import { DEMO_ID_PATTERN } from '@tutorgraph/kit/demo/demo-id';
import type { RowSet } from '@tutorgraph/kit/demo/insert-rows';
import { Random } from '@tutorgraph/kit/demo/random';
import { sql } from 'kysely';
import { Certificate } from '../certificates/certificate.entity.js';
import { earns, readCode } from '../certificates/certificate.rules.js';
import { courseScore } from '../certificates/course-score.js';
import type { CertificateRule } from '../courses/course.rules.js';
import { DemoIds } from './demo-ids.js';

interface Completed {
  enrollmentId: string;
  studentId: string;
  courseId: string;
  holderName: string;
  courseTitle: string;
  language: string;
  certificateRule: CertificateRule;
  certificateScore: number;
  minutes: number;
  completedAt: Date;
}

/** Certificates of whoever has completed a course of the demo and earned one by its rule. */
export function certificateRows(seed: number): RowSet {
  return {
    count: 1,
    insert: async (tx) => {
      const ids = new DemoIds(seed);
      const earned: Parameters<typeof tx.insertMany<Certificate>>[1] = [];
      for (const { certificateRule, certificateScore, completedAt, ...completed } of await completions(tx)) {
        const score = await courseScore(tx, completed.enrollmentId);
        if (!earns({ certificateRule, certificateScore }, score)) continue;
        const id = ids.next('certificate');
        const issuedAt = new Date(completedAt);
        earned.push({
          ...{ id, code: codeOf(id), ...completed, score, issuedAt, issuedBy: null },
          ...{ revokedAt: null, revokedBy: null, revocationReason: null },
        });
      }
      if (earned.length > 0) await tx.insertMany(Certificate, earned);
    },
  };
}

async function completions(tx: EntityManager): Promise<Completed[]> {
  const { rows } = await sql<Completed>`
    select e.id as "enrollmentId", e.student_id as "studentId", c.id as "courseId", s.account_name as "holderName",
           c.title as "courseTitle", c.language, c.certificate_rule as "certificateRule",
           c.certificate_score as "certificateScore", e.completed_at as "completedAt",
           (select sum(minutes)::int from learning.lessons l where l.version_id = e.version_id) as minutes
      from learning.enrollments e join learning.courses c on c.id = e.course_id
      join learning.students s on s.id = e.student_id and s.account_name is not null
     where e.id::text like ${DEMO_ID_PATTERN} and e.status = 'COMPLETED' order by e.id`.execute(tx.getKysely());
  return rows;
}

/** The same code for the same certificate. */
function codeOf(id: string): string {
  const random = new Random('certificate', id);
  const letters = Array.from({ length: 12 }, () => random.pick([...'0123456789ABCDEFGHJKMNPQRSTVWXYZ']));
  return readCode(letters.join('')) ?? id;
}
