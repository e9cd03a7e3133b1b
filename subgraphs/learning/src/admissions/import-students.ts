import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { Refusal, type RefusalItem } from '@tutorgraph/kit/graphql/refusal';
import { sql } from 'kysely';
import { Cohort } from '../cohorts/cohort.entity.js';
import { aboutEnrollment } from '../enrollments/about-enrollment.js';
import type { LearningErrorCode } from '../errors.js';
import { enrollmentStarted, studentAdded } from '../events.js';
import { Student } from '../students/student.entity.js';
import { refreshStudentStatus } from '../students/student-status.js';
import type { ImportedRow } from './admission.inputs.js';

/** What became of one row. */
export interface ImportedStudent {
  /** Its place among the rows, from 0. */
  row: number;
  student: Student;
  isNew: boolean;
}

/** What an import did. */
export interface ImportOutcome {
  students: ImportedStudent[];
  /** How many were enrolled in a course that they were not in. */
  enrolled: number;
}

type Problem = RefusalItem<LearningErrorCode>;

const fieldOf = (row: number, name: string): readonly string[] => ['input', 'rows', String(row), name];

/**
 * Takes students in from another system: whoever is known by their id there, or by their address, is brought up to date, the others
 * are added. All rows or none.
 *
 * @throws Refusal with a problem for each row at fault: DUPLICATE_ROW, ROWS_CONTRADICT, NOT_FOUND, ENROLLMENT_CLOSED; the database
 * refuses a cohort that is full
 */
export async function importStudents(
  tx: EntityManager,
  rows: readonly ImportedRow[],
  at: Date,
): Promise<ImportOutcome> {
  const versions = await findVersions(tx, rows);
  refuse([
    ...duplicates(rows, 'email'),
    ...duplicates(rows, 'externalId'),
    ...(await placeProblems(tx, rows, versions)),
  ]);
  const known = await lockKnown(tx, rows);
  refuse(rows.flatMap((row, index) => contradictions(known, row, index)));
  const students = rows.map((row, index) => takeIn(tx, known, row, index, at));
  await tx.flush();
  const enrolled = await enrollRows(tx, rows, students, versions, at);
  await refreshStudentStatus(tx, enrolled, at);
  return { students, enrolled: enrolled.length };
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new Refusal<LearningErrorCode>(problems);
}

function duplicates(rows: readonly ImportedRow[], name: 'email' | 'externalId'): Problem[] {
  const seen = new Set<string>();
  return rows.flatMap((row, index) => {
    const value = row[name];
    if (!value) return [];
    if (!seen.has(value)) {
      seen.add(value);
      return [];
    }
    return [{ code: 'DUPLICATE_ROW', field: fieldOf(index, name) }];
  });
}

/** The published version of each course that is named; null where nobody may be enrolled. */
async function findVersions(tx: EntityManager, rows: readonly ImportedRow[]): Promise<Map<string, string | null>> {
  const ids = [...new Set(rows.flatMap(({ courseId }) => courseId ?? []))];
  const { rows: found } = await sql<{ id: string; version_id: string | null }>`
    select c.id, case when c.archived_at is null then v.id end as version_id from learning.courses c
      left join learning.course_versions v on v.course_id = c.id and v.status = 'PUBLISHED'
     where c.id::text = any (${ids}::text[])`.execute(tx.getKysely());
  return new Map(found.map(({ id, version_id: versionId }) => [id, versionId]));
}

async function placeProblems(
  tx: EntityManager,
  rows: readonly ImportedRow[],
  versions: ReadonlyMap<string, string | null>,
): Promise<Problem[]> {
  const cohorts = await tx.find(Cohort, { courseId: { $in: [...versions.keys()] } });
  const courseOf = new Map(cohorts.map(({ id, courseId }) => [id, courseId]));
  return rows.flatMap(({ courseId, cohortId }, index): Problem[] => {
    if (!courseId) return [];
    const version = versions.get(courseId);
    if (version === undefined) return [{ code: 'NOT_FOUND', field: fieldOf(index, 'courseId') }];
    if (version === null) return [{ code: 'ENROLLMENT_CLOSED', field: fieldOf(index, 'courseId') }];
    const isOther = cohortId && courseOf.get(cohortId) !== courseId;
    return isOther ? [{ code: 'NOT_FOUND', field: fieldOf(index, 'cohortId') }] : [];
  });
}

/** Students who are known by an id or an address of the rows, locked. */
interface Known {
  byExternalId: ReadonlyMap<string, Student>;
  byEmail: ReadonlyMap<string, Student>;
}

async function lockKnown(tx: EntityManager, rows: readonly ImportedRow[]): Promise<Known> {
  const emails = rows.flatMap(({ email }) => email ?? []);
  const externalIds = rows.flatMap(({ externalId }) => externalId ?? []);
  // Whoever is claimed while this waits for the lock has no address any more and is not found by it.
  const { rows: found } = await sql<{ id: string }>`
    select id from learning.students
     where external_id = any (${externalIds}::text[]) or (user_id is null and lower(email) = any (${emails}::text[]))
     order by id for no key update`.execute(tx.getKysely());
  const students = await tx.find(Student, { id: { $in: found.map(({ id }) => id) } }, { refresh: true });
  return {
    byExternalId: new Map(students.flatMap((one) => (one.externalId ? [[one.externalId, one] as const] : []))),
    byEmail: new Map(students.flatMap((one) => (one.email ? [[one.email.toLowerCase(), one] as const] : []))),
  };
}

/** An address and an id must not name two people, nor one who has another id. */
function contradictions(known: Known, { email, externalId }: ImportedRow, index: number): Problem[] {
  const byId = externalId ? known.byExternalId.get(externalId) : undefined;
  const byEmail = email ? known.byEmail.get(email) : undefined;
  if (!byEmail) return [];
  const isAnother = byId ? byId !== byEmail : Boolean(externalId && byEmail.externalId);
  return isAnother ? [{ code: 'ROWS_CONTRADICT', field: fieldOf(index, 'email') }] : [];
}

function takeIn(tx: EntityManager, known: Known, row: ImportedRow, index: number, at: Date): ImportedStudent {
  const { email, externalId, name } = row;
  const found = known.byExternalId.get(externalId ?? '') ?? known.byEmail.get(email ?? '');
  if (found) {
    const changed = {
      name: name ?? found.name ?? null,
      externalId: externalId ?? found.externalId ?? null,
      email: found.userId ? null : (email ?? found.email ?? null),
    };
    const isSame = (Object.keys(changed) as (keyof typeof changed)[]).every(
      (key) => changed[key] === (found[key] ?? null),
    );
    if (!isSame) Object.assign(found, changed, { updatedAt: at });
    return { row: index, student: found, isNew: false };
  }
  const student = tx.create(Student, {
    ...{ id: newId(), userId: null, name: name ?? null, email: email ?? null, externalId: externalId ?? null },
    ...{ accountName: null, source: 'IMPORT', status: 'ACTIVE', lastActiveAt: null, createdAt: at, updatedAt: at },
  });
  const data = { studentId: student.id, userId: null, source: 'IMPORT' } as const;
  recordEvent(tx, studentAdded.create({ subject: student.id, data }));
  return { row: index, student, isNew: true };
}

/** Enrols all in one statement; who is in a course already, or has left it, stays as they are. @returns who was enrolled */
async function enrollRows(
  tx: EntityManager,
  rows: readonly ImportedRow[],
  students: readonly ImportedStudent[],
  versions: ReadonlyMap<string, string | null>,
  at: Date,
): Promise<string[]> {
  const wanted = students.flatMap(({ row, student }) => {
    const { courseId, cohortId = null } = rows[row] ?? {};
    const version = courseId && versions.get(courseId);
    return version
      ? [{ id: newId(), student_id: student.id, course_id: courseId, version_id: version, cohort_id: cohortId }]
      : [];
  });
  const { rows: made } = await sql<Record<'id' | 'student_id' | 'course_id', string> & { cohort_id: string | null }>`
    insert into learning.enrollments (id, student_id, course_id, version_id, cohort_id, status, source, enrolled_at, updated_at)
    select w.id, w.student_id, w.course_id, w.version_id, w.cohort_id, 'ACTIVE', 'IMPORT', ${at}::timestamptz, ${at}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
        as w(id uuid, student_id uuid, course_id uuid, version_id uuid, cohort_id uuid)
    on conflict (student_id, course_id) do nothing
    returning id, student_id, course_id, cohort_id`.execute(tx.getKysely());
  const accounts = new Map(students.map(({ student: { id, userId } }) => [id, userId ?? null]));
  for (const { id, student_id: studentId, course_id: courseId, cohort_id: cohortId } of made) {
    const about = aboutEnrollment({ id, studentId, courseId, cohortId }, accounts.get(studentId) ?? null);
    recordEvent(tx, enrollmentStarted.create({ subject: id, data: about }));
  }
  return made.map(({ student_id: studentId }) => studentId);
}
