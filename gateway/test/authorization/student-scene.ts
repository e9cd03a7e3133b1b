import { newId } from '@tutorgraph/kit/database/id';
import { runSql } from '@tutorgraph/kit/testing/run-sql';
import type { MadeEntity } from './entity.js';
import type { World } from './world.js';

interface Scene {
  studentId: string;
  cohortId: string;
  enrollmentId: string;
  viewers: MadeEntity['viewers'];
}

/** Somebody in a course that only staff opens, with their cohort and its curator, and who looks at it. */
async function makeScene({ graph }: World): Promise<Scene> {
  const sql = (statement: string, values: unknown[]) => runSql(graph.databaseUrl, statement, values);
  const [studentId, cohortId, enrollmentId, courseId, versionId] = [newId(), newId(), newId(), newId(), newId()];
  const [moduleId, lessonId] = [newId(), newId()];
  const [student, curator, otherCurator] = [
    await graph.person('STUDENT'),
    await graph.person('CURATOR'),
    await graph.person('CURATOR'),
  ];
  const [supervisor, somebody] = [await graph.person('SUPERVISOR'), await graph.person('STUDENT')];
  await sql(
    `insert into learning.courses (id, slug, title, description, language, enrollment_policy, length_days, certificate_rule, created_at, updated_at)
     values ($1::uuid, 'scene-' || $1::uuid, 'English', 'Everyday grammar', 'en', 'CLOSED', 30, 'NONE', now(), now())`,
    [courseId],
  );
  await sql(
    `insert into learning.course_versions (id, course_id, number, status, created_at, updated_at)
     values ($1, $2, 1, 'DRAFT', now(), now())`,
    [versionId, courseId],
  );
  await sql(
    `insert into learning.course_modules (id, version_id, lineage_id, position, title) values ($1, $2, $1, 1, 'Tenses')`,
    [moduleId, versionId],
  );
  await sql(
    `insert into learning.lessons (id, version_id, module_id, lineage_id, position, kind, title, body, minutes)
     values ($1, $2, $3, $1, 1, 'TEXT', 'Lesson', 'Read', 10)`,
    [lessonId, versionId, moduleId],
  );
  await sql(`update learning.course_versions set status = 'PUBLISHED', published_at = now() where id = $1`, [
    versionId,
  ]);
  await sql(
    `insert into learning.cohorts (id, course_id, title, curator_id, starts_on, capacity, created_at, updated_at)
     values ($1, $2, 'Autumn', $3, '2026-01-01', 10, now(), now())`,
    [cohortId, courseId, curator.userId],
  );
  await sql(
    `insert into learning.students (id, user_id, name, external_id, source, status, last_active_at, created_at, updated_at)
     values ($1::uuid, $2, 'Anna', 'gc-' || $1::uuid, 'SELF', 'ACTIVE', now(), now(), now())`,
    [studentId, student.userId],
  );
  await sql(
    `insert into learning.enrollments (id, student_id, course_id, version_id, cohort_id, status, source, enrolled_at, started_at, updated_at)
     values ($1, $2, $3, $4, $5, 'ACTIVE', 'STAFF', now(), now(), now())`,
    [enrollmentId, studentId, courseId, versionId, cohortId],
  );
  await sql(
    `insert into learning.risk_scores (enrollment_id, student_id, score, level, reasons, scored_at)
     values ($1, $2, 60, 'AT_RISK', '[]', now())`,
    [enrollmentId, studentId],
  );
  await sql(
    `insert into learning.risk_interventions (id, enrollment_id, student_id, kind, note, done_at)
     values ($1, $2, $3, 'MESSAGE', 'We talked', now())`,
    [newId(), enrollmentId, studentId],
  );
  const people = Object.entries({ supervisor, curator, student, otherCurator, somebody });
  const viewers = Object.fromEntries(people.map(([name, { authorization }]) => [name, authorization]));
  return { studentId, cohortId, enrollmentId, viewers: { ...viewers, nobody: undefined } };
}

/** A student with an account. */
export async function makeStudent(world: World): Promise<MadeEntity> {
  const { studentId: id, viewers } = await makeScene(world);
  return { key: { id }, viewers };
}

/** A student in a course. */
export async function makeEnrollment(world: World): Promise<MadeEntity> {
  const { enrollmentId: id, viewers } = await makeScene(world);
  return { key: { id }, viewers };
}

/** A cohort of a course that only staff opens. */
export async function makeCohort(world: World): Promise<MadeEntity> {
  const { cohortId: id, viewers } = await makeScene(world);
  return { key: { id }, viewers };
}

/** A certificate of a student. */
export async function makeCertificate(world: World): Promise<MadeEntity> {
  const { studentId, enrollmentId, viewers } = await makeScene(world);
  const id = newId();
  await runSql(
    world.graph.databaseUrl,
    `insert into learning.certificates (id, code, enrollment_id, student_id, course_id, holder_name, course_title, language, minutes,
       score, issued_at)
     values ($1::uuid, left($1::text, 14), $2, $3, gen_random_uuid(), 'Anna', 'English', 'en', 60, 90, now())`,
    [id, enrollmentId, studentId],
  );
  return { key: { id }, viewers };
}
