import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { Enrollment } from '../enrollments/enrollment.entity.js';
import { moveEnrollment } from '../enrollments/enrollment.transitions.js';
import { settleProgress } from '../progress/complete-lesson.js';
import type { Student } from '../students/student.entity.js';
import { refreshStudentStatus } from '../students/student-status.js';

/** Tables whose rows follow their student by their column `student_id`, which is in no unique constraint of theirs. */
export const movedWithStudent: readonly string[] = [
  'assistant_hand_overs',
  'certificates',
  'homework_assignments',
  'risk_interventions',
  'risk_scores',
  'speech_recordings',
];

/** Tables with one row for a student, by `student_id`, which comes along unless the account's own has one. */
export const movedOnceWithStudent: readonly string[] = ['getcourse_people'];

/** Tables with a column `student_id` that are merged by themselves, or whose rows hold only for whoever is merged. */
export const notMovedWithStudent: readonly string[] = [
  'activity_days',
  'enrollments',
  'student_invitations',
  'vocabulary_cards',
];

/**
 * Tables whose rows follow their enrolment by their column `enrollment_id`, unless the other one has something for the same: of
 * the same value in this column, of the same index.
 */
export const movedWithEnrollment: Readonly<Record<string, string>> = {
  attempts: 'test_id',
  certificates: 'enrollment_id',
  homework_assignments: 'homework_id',
  risk_days: 'day',
  risk_due: 'enrollment_id',
  risk_interventions: 'id',
  risk_scores: 'enrollment_id',
  test_allowances: 'test_id',
};

/** What is of one version of a course, by the column above: it means nothing in another one. */
const OF_VERSION = new Set(['homework_id', 'test_id']);

/**
 * Makes two students one: whoever was imported or invited becomes whom their account already was. A course that both have stays
 * once, with what both have done. Both students must be locked.
 */
export async function mergeStudents(tx: EntityManager, from: Student, into: Student, at: Date): Promise<void> {
  await tx.flush();
  const all = await tx.find(Enrollment, { studentId: { $in: [from.id, into.id] } }, { refresh: true });
  for (const pair of Map.groupBy(all, ({ courseId }) => courseId).values()) {
    const [kept, doubled] = pair.toSorted((one, other) => further(other, one, into));
    if (!kept) continue;
    if (doubled) await mergeEnrollments(tx, kept, doubled, into.userId ?? null, at);
    kept.studentId = into.id;
    await tx.flush();
  }
  await moveStudentRows(tx, from.id, into.id);
  await mergeActivity(tx, from.id, into.id);
  await mergeCards(tx, from.id, into.id);
  const { name, externalId, lastActiveAt } = from;
  tx.remove(from);
  await tx.flush();
  into.name ??= name ?? null;
  into.externalId ??= externalId ?? null;
  if (lastActiveAt && (!into.lastActiveAt || into.lastActiveAt < lastActiveAt)) into.lastActiveAt = lastActiveAt;
  into.updatedAt = at;
  await refreshStudentStatus(tx, [into.id], at);
}

/** Positive when the first is to be kept: it is completed, further, or the account's own. */
function further(one: Enrollment, other: Enrollment, into: Student): number {
  const rank = ({ status, percent, studentId }: Enrollment): number =>
    (status === 'COMPLETED' ? 1_000 : 0) + (percent ?? 0) * 2 + (studentId === into.id ? 1 : 0);
  return rank(one) - rank(other);
}

/** What the other one has comes with it: what was done, the place in a cohort and what was paid. */
async function mergeEnrollments(
  tx: EntityManager,
  kept: Enrollment,
  doubled: Enrollment,
  userId: string | null,
  at: Date,
): Promise<void> {
  await mergeProgress(tx, kept, doubled);
  await moveRows(tx, kept, doubled);
  const { cohortId, paymentId, startedAt, status } = doubled;
  tx.remove(doubled);
  await tx.flush();
  kept.cohortId ??= cohortId ?? null;
  kept.paymentId ??= paymentId ?? null;
  kept.startedAt ??= startedAt ?? null;
  if (status !== 'DROPPED') await moveEnrollment(tx, kept, 'ACTIVE', userId, at);
  if (kept.status !== 'DROPPED') await settleProgress(tx, { enrollment: kept, userId }, at);
}

async function moveRows(tx: EntityManager, kept: Enrollment, doubled: Enrollment): Promise<void> {
  for (const [name, column] of Object.entries(movedWithEnrollment)) {
    if (OF_VERSION.has(column) && kept.versionId !== doubled.versionId) continue;
    const table = sql.table(`learning.${name}`);
    const isSame = column === 'enrollment_id' ? sql`true` : sql`own.${sql.ref(column)} = theirs.${sql.ref(column)}`;
    await sql`update ${table} theirs set enrollment_id = ${kept.id} where theirs.enrollment_id = ${doubled.id}
      and not exists (select from ${table} own where own.enrollment_id = ${kept.id} and ${isSame})`.execute(
      tx.getKysely(),
    );
  }
}

async function moveStudentRows(tx: EntityManager, from: string, into: string): Promise<void> {
  for (const name of [...movedWithStudent, ...movedOnceWithStudent]) {
    const table = sql.table(`learning.${name}`);
    const isFree = sql`not exists (select from ${table} own where own.student_id = ${into})`;
    const condition = movedOnceWithStudent.includes(name) ? isFree : sql`true`;
    await sql`update ${table} theirs set student_id = ${into} where theirs.student_id = ${from} and ${condition}`.execute(
      tx.getKysely(),
    );
  }
}

async function mergeProgress(tx: EntityManager, kept: Enrollment, doubled: Enrollment): Promise<void> {
  await sql`
    insert into learning.lesson_progress as known (enrollment_id, lesson_id, status, started_at, completed_at)
    select ${kept.id}::uuid, p.lesson_id, p.status, p.started_at, p.completed_at
      from learning.lesson_progress p join learning.lessons l on l.id = p.lesson_id
     where p.enrollment_id = ${doubled.id} and l.version_id = ${kept.versionId}
    on conflict (enrollment_id, lesson_id) do update
      set status = excluded.status, started_at = least(known.started_at, excluded.started_at),
          completed_at = excluded.completed_at
      where excluded.status = 'COMPLETED' and known.status <> 'COMPLETED'`.execute(tx.getKysely());
}

async function mergeActivity(tx: EntityManager, from: string, into: string): Promise<void> {
  await sql`
    insert into learning.activity_days as known (student_id, day, lessons, tests, homework, cards, questions)
    select ${into}::uuid, day, lessons, tests, homework, cards, questions
      from learning.activity_days where student_id = ${from}
    on conflict (student_id, day) do update
      set lessons = known.lessons + excluded.lessons, tests = known.tests + excluded.tests,
          homework = known.homework + excluded.homework, cards = known.cards + excluded.cards,
          questions = known.questions + excluded.questions`.execute(tx.getKysely());
}

/** What both learn by heart stays once, as the account's own knows it. */
async function mergeCards(tx: EntityManager, from: string, into: string): Promise<void> {
  await sql`
    update learning.vocabulary_cards theirs set student_id = ${into}
     where theirs.student_id = ${from} and not exists (select from learning.vocabulary_cards own
       where own.student_id = ${into} and own.dedupe_key = theirs.dedupe_key)`.execute(tx.getKysely());
}
