import type { EntityManager } from '@mikro-orm/postgresql';
import type { PersonalData } from '@tutorgraph/kit/privacy/room-privacy';
import { sql } from 'kysely';
import { StudentInvitation } from '../admissions/invitation.entity.js';
import { Cohort } from '../cohorts/cohort.entity.js';
import { Enrollment } from '../enrollments/enrollment.entity.js';
import { moveEnrollment } from '../enrollments/enrollment.transitions.js';
import { ActivityDay } from '../students/activity-day.entity.js';
import { Student } from '../students/student.entity.js';
import { findStudentOf, lockStudents } from '../students/student.repository.js';

/** Somebody as a student, what they learned, and on which days they did how much; of staff, the cohorts that they guide. */
export async function collectStudent(em: EntityManager, userId: string): Promise<PersonalData> {
  const cohorts = await em.find(Cohort, { curatorId: userId }, { orderBy: { startsOn: 'asc', id: 'asc' } });
  const curated = { curatedCohorts: cohorts.map(({ title, startsOn }) => ({ title, startsOn })) };
  const student = await findStudentOf(em, userId);
  if (!student) return { sections: { student: null, courses: [], lessons: [], activity: [], ...curated } };
  const { id: studentId, name, externalId, source, status, lastActiveAt, createdAt } = student;
  const invitations = await em.find(StudentInvitation, { studentId }, { orderBy: { createdAt: 'asc' } });
  const activity = await em.find(ActivityDay, { studentId }, { orderBy: { day: 'asc' } });
  return {
    sections: {
      student: { name, externalId, source, status, lastActiveAt, createdAt },
      invitations: invitations.map(({ createdAt: invitedAt, claimedAt }) => ({ invitedAt, claimedAt })),
      courses: await coursesOf(em, studentId),
      lessons: await lessonsOf(em, studentId),
      activity: activity.map(({ day, lessons, tests, homework, cards, questions }) => {
        return { day, lessons, tests, homework, cards, questions };
      }),
      ...curated,
    },
  };
}

async function coursesOf(em: EntityManager, studentId: string): Promise<object[]> {
  const { rows } = await sql<object>`
    select c.title, g.title as cohort, e.status, e.source, e.percent, e.enrolled_at as "enrolledAt",
      e.started_at as "startedAt", e.completed_at as "completedAt", e.dropped_at as "droppedAt"
      from learning.enrollments e join learning.courses c on c.id = e.course_id
      left join learning.cohorts g on g.id = e.cohort_id
     where e.student_id = ${studentId} order by e.enrolled_at, e.id`.execute(em.getKysely());
  return rows;
}

async function lessonsOf(em: EntityManager, studentId: string): Promise<object[]> {
  const { rows } = await sql<object>`
    select l.title, p.status, p.started_at as "startedAt", p.completed_at as "completedAt"
      from learning.lesson_progress p join learning.lessons l on l.id = p.lesson_id
      join learning.enrollments e on e.id = p.enrollment_id
     where e.student_id = ${studentId} order by p.started_at, l.id`.execute(em.getKysely());
  return rows;
}

/** Keeps the student for the school's figures, as nobody: who leaves their courses, so that others find a place. */
export async function eraseStudent(tx: EntityManager, userId: string): Promise<void> {
  await tx.nativeUpdate(Cohort, { curatorId: userId }, { curatorId: null });
  await tx.nativeUpdate(StudentInvitation, { invitedBy: userId }, { invitedBy: null });
  const student = await findStudentOf(tx, userId);
  if (!student) return;
  await lockStudents(tx, [student.id]);
  const going = await tx.find(Enrollment, { studentId: student.id, status: 'ACTIVE' }, { refresh: true });
  for (const enrollment of going) await moveEnrollment(tx, enrollment, 'DROPPED', null, new Date());
  await tx.flush();
  await tx.nativeDelete(StudentInvitation, { studentId: student.id });
  await tx.nativeUpdate(Student, { userId }, { userId: null, name: null, accountName: null, externalId: null });
}
