import type { EntityManager } from '@mikro-orm/postgresql';
import type { PersonalData } from '@tutorgraph/kit/privacy/room-privacy';
import { sql } from 'kysely';
import { Intervention } from '../interventions/intervention.entity.js';
import { RiskModelRow, RiskScore } from '../risk/risk.entity.js';
import { findStudentOf } from '../students/student.repository.js';

/** What the school thinks about somebody's chances, and what it did for them. */
export async function collectRisk(em: EntityManager, userId: string): Promise<PersonalData> {
  const student = await findStudentOf(em, userId);
  if (!student) return { sections: { risk: [], interventions: [] } };
  const risks = await em.find(RiskScore, { studentId: student.id }, { orderBy: { enrollmentId: 'asc' } });
  const interventions = await em.find(Intervention, { studentId: student.id }, { orderBy: { doneAt: 'asc' } });
  return {
    sections: {
      risk: risks.map(({ score, level, reasons, scoredAt }) => ({
        score,
        level,
        reasons: reasons.map(({ code, value }) => ({ code, value })),
        scoredAt,
      })),
      interventions: interventions.map(({ kind, note, doneAt, scoreBefore }) => ({ kind, note, doneAt, scoreBefore })),
    },
  };
}

/** Scores stay, of nobody; words about them go, and the names of those who did something. */
export async function eraseRisk(tx: EntityManager, userId: string): Promise<void> {
  await sql`
    update learning.risk_interventions set note = ''
     where student_id in (select id from learning.students where user_id = ${userId})`.execute(tx.getKysely());
  await tx.nativeUpdate(Intervention, { doneBy: userId }, { doneBy: null });
  await tx.nativeUpdate(RiskModelRow, { trainedBy: userId }, { trainedBy: null });
}
