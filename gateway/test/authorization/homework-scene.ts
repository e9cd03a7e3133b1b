import { newId } from '@tutorgraph/kit/database/id';
import { runSql } from '@tutorgraph/kit/testing/run-sql';
import { makeScene } from './course-scene.js';
import type { MadeEntity } from './entity.js';
import type { World } from './world.js';

const SPAN = `[{"id": "e1", "start": 0, "end": 1, "original": "I", "replacement": "We", "suggestions": [], "kind": "OTHER", "explanation": "", "confidence": 1, "source": "rules"}]`;

/** Homework that was handed in late, extended, checked, reviewed and noted in, and who looks at it. */
async function makeHomework(
  world: World,
): Promise<{ assignmentId: string; submissionId: string } & Pick<MadeEntity, 'viewers'>> {
  const { graph } = world;
  const { courseId, versionId, homeworkId } = await makeScene(world);
  const [student, curator, otherCurator] = [
    await graph.person('STUDENT'),
    await graph.person('CURATOR'),
    await graph.person('CURATOR'),
  ];
  const [supervisor, somebody] = [await graph.person('SUPERVISOR'), await graph.person('STUDENT')];
  const [studentId, enrollmentId, cohortId, assignmentId, submissionId, fileId] = [...Array(6)].map(newId) as string[];
  const sql = (statement: string, ...values: unknown[]) => runSql(graph.databaseUrl, statement, values);
  for (const [id, { userId }] of [
    [cohortId, curator],
    [newId(), otherCurator],
  ] as const) {
    await sql(
      `insert into learning.cohorts (id, course_id, title, curator_id, starts_on, created_at, updated_at)
       values ($1, $2, 'Autumn', $3, '2026-01-01', now(), now())`,
      ...[id, courseId, userId],
    );
  }
  await sql(
    `insert into learning.students (id, user_id, source, status, created_at, updated_at)
     values ($1, $2, 'SELF', 'ACTIVE', now(), now())`,
    ...[studentId, student.userId],
  );
  await sql(
    `insert into learning.enrollments (id, student_id, course_id, version_id, cohort_id, status, source, enrolled_at, updated_at)
     values ($1, $2, $3, $4, $5, 'ACTIVE', 'SELF', now(), now())`,
    ...[enrollmentId, studentId, courseId, versionId, cohortId],
  );
  await sql(
    `insert into learning.homework_assignments (id, homework_id, enrollment_id, student_id, status, version, assigned_at, due_at, submitted_at, score, updated_at)
     values ($1, $2, $3, $4, 'REVIEWED', 1, now(), now(), now(), 80, now())`,
    ...[assignmentId, homeworkId, enrollmentId, studentId],
  );
  await sql(
    `insert into learning.homework_extensions (id, assignment_id, previous_due_at, due_at, reason, granted_by, created_at)
     values ($1, $2, now() - interval '1 day', now(), 'Ill', $3, now())`,
    ...[newId(), assignmentId, curator.userId],
  );
  await sql(
    `insert into learning.homework_files (id, assignment_id, name, content_type, size, key)
     values ($1, $2, 'a.pdf', 'application/pdf', 1, 'attachments/a')`,
    ...[fileId, assignmentId],
  );
  await sql(
    `insert into learning.homework_submissions (id, assignment_id, version, status, text, file_ids, submitted_at, created_at, updated_at)
     values ($1, $2, 1, 'REVIEWED', 'I go', $3, now(), now(), now())`,
    ...[submissionId, assignmentId, JSON.stringify([fileId])],
  );
  await judge(sql, submissionId, curator.userId);
  const people = Object.entries({ student, curator, supervisor, otherCurator, somebody });
  const viewers = Object.fromEntries(people.map(([name, { authorization }]) => [name, authorization]));
  return {
    assignmentId: String(assignmentId),
    submissionId: String(submissionId),
    viewers: { ...viewers, nobody: undefined },
  };
}

type Sql = (statement: string, ...values: unknown[]) => Promise<unknown>;

/** The program checks what was handed in, and a curator reviews it. */
async function judge(sql: Sql, submissionId: string | undefined, curatorId: string): Promise<void> {
  await sql(
    `insert into learning.homework_checks (submission_id, checker, degraded, confidence, scores, edits, doubts, checked_at)
     values ($1, 'rules', true, 0, '[]', $2, '[]', now())`,
    ...[submissionId, SPAN],
  );
  await sql(
    `insert into learning.homework_reviews (id, submission_id, number, reviewer_id, decision, scores, score, dismissed_edits, created_at)
     values ($1, $2, 1, $3, 'ACCEPT', '[]', 80, '[]', now())`,
    ...[newId(), submissionId, curatorId],
  );
  await sql(
    `insert into learning.homework_annotations (id, submission_id, starts_at, ends_at, kind, comment, author_id, created_at)
     values ($1, $2, 0, 1, 'PRAISE', 'Yes', $3, now())`,
    ...[newId(), submissionId, curatorId],
  );
  await sql(
    `insert into learning.homework_grades (id, submission_id, source, score, max_score, graded_by, graded_at)
     values ($1, $2, 'CURATOR', 80, 100, $3, now())`,
    ...[newId(), submissionId, curatorId],
  );
}

/** Homework as it waits for one student. */
export async function makeHomeworkAssignment(world: World): Promise<MadeEntity> {
  const { assignmentId: id, viewers } = await makeHomework(world);
  return { key: { id }, viewers };
}

/** What a student handed in. */
export async function makeHomeworkSubmission(world: World): Promise<MadeEntity> {
  const { submissionId: id, viewers } = await makeHomework(world);
  return { key: { id }, viewers };
}
