import { newId } from '@tutorgraph/kit/database/id';
import { runSql } from '@tutorgraph/kit/testing/run-sql';
import type { MadeEntity } from './entity.js';
import type { World } from './world.js';

/** What a course of the scene is made of. */
interface Scene {
  courseId: string;
  versionId: string;
  moduleId: string;
  lessonId: string;
  /** Of the lesson that is locked for some. */
  homeworkId: string;
  viewers: MadeEntity['viewers'];
}

/** A course that is published, with a draft of its next version, and who looks at it. Somebody's lesson is locked. */
export async function makeScene({ graph }: World): Promise<Scene> {
  const [courseId, versionId, moduleId, firstId, lessonId] = [newId(), newId(), newId(), newId(), newId()];
  const homeworkId = newId();
  const [beginner, learner] = [await graph.person('STUDENT'), await graph.person('STUDENT')];
  const [supervisor, curator] = [await graph.person('SUPERVISOR'), await graph.person('CURATOR')];
  const sql = (statement: string, values: unknown[]) => runSql(graph.databaseUrl, statement, values);
  await sql(
    `insert into learning.courses (id, slug, title, description, language, enrollment_policy, price_minor, currency,
       length_days, certificate_rule, archived_at, created_at, updated_at)
     values ($1::uuid, 'course-' || $1::uuid, 'English', 'Everyday grammar', 'en', 'PAID', 9900, 'EUR', 30, 'NONE', null, now(), now())`,
    [courseId],
  );
  await sql(
    `insert into learning.course_versions (id, course_id, number, status, created_at, updated_at)
     values ($1, $2, 1, 'DRAFT', now(), now())`,
    [versionId, courseId],
  );
  await sql(
    `insert into learning.course_modules (id, version_id, lineage_id, position, title, description)
     values ($1, $2, $1, 1, 'Tenses', 'When?')`,
    [moduleId, versionId],
  );
  for (const [index, id] of [firstId, lessonId].entries()) {
    await sql(
      `insert into learning.lessons (id, version_id, module_id, lineage_id, position, kind, title, body, video_url, minutes)
       values ($1, $2, $3, $1, $4, 'VIDEO', 'Lesson', 'Listen', 'https://video.example/1', 10)`,
      [id, versionId, moduleId, index + 1],
    );
  }
  await sql('insert into learning.lesson_prerequisites (lesson_id, required_id) values ($1, $2)', [lessonId, firstId]);
  await sql(
    `insert into learning.homework (id, lesson_id, lineage_id, position, title, instructions, due_days, max_score,
       pass_percent, rubric, is_required, checks_english)
     values ($1, $2, $1, 1, 'Homework', 'Write', 7, 100, 60, '[]', true, true)`,
    [homeworkId, lessonId],
  );
  await sql(`update learning.course_versions set status = 'PUBLISHED', published_at = now() where id = $1`, [
    versionId,
  ]);
  await sql(
    `insert into learning.course_versions (id, course_id, number, status, created_at, updated_at)
     values ($1, $2, 2, 'DRAFT', now(), now())`,
    [newId(), courseId],
  );
  for (const { userId } of [beginner, learner]) {
    const [studentId, enrollmentId] = [newId(), newId()];
    await sql(
      `insert into learning.students (id, user_id, source, status, created_at, updated_at)
       values ($1, $2, 'SELF', 'ACTIVE', now(), now())`,
      [studentId, userId],
    );
    await sql(
      `insert into learning.enrollments (id, student_id, course_id, version_id, status, source, enrolled_at, updated_at)
       values ($1, $2, $3, $4, 'ACTIVE', 'SELF', now(), now())`,
      [enrollmentId, studentId, courseId, versionId],
    );
    if (userId !== learner.userId) continue;
    await sql(
      `insert into learning.lesson_progress (enrollment_id, lesson_id, status, started_at, completed_at)
       values ($1, $2, 'COMPLETED', now(), now())`,
      [enrollmentId, firstId],
    );
  }
  const somebody = await graph.person('STUDENT');
  const people = Object.entries({ supervisor, curator, learner, beginner, somebody });
  const viewers = Object.fromEntries(people.map(([name, { authorization }]) => [name, authorization]));
  return { courseId, versionId, moduleId, lessonId, homeworkId, viewers: { ...viewers, nobody: undefined } };
}

/** A course with a published version and a draft. */
export async function makeCourse(world: World): Promise<MadeEntity> {
  const { courseId: id, viewers } = await makeScene(world);
  return { key: { id }, viewers };
}

/** The published version of a course. */
export async function makeCourseVersion(world: World): Promise<MadeEntity> {
  const { versionId: id, viewers } = await makeScene(world);
  return { key: { id }, viewers };
}

/** The draft of a course. */
export async function makeCourseDraft(world: World): Promise<MadeEntity> {
  const { courseId, viewers } = await makeScene(world);
  const id = newId();
  await runSql(
    world.graph.databaseUrl,
    `update learning.course_versions set id = $1 where course_id = $2 and status = 'DRAFT'`,
    [id, courseId],
  );
  return { key: { id }, viewers };
}

/** A module of a published version. */
export async function makeCourseModule(world: World): Promise<MadeEntity> {
  const { moduleId: id, viewers } = await makeScene(world);
  return { key: { id }, viewers };
}

/** A lesson with a video that waits for another one. */
export async function makeLesson(world: World): Promise<MadeEntity> {
  const { lessonId: id, viewers } = await makeScene(world);
  return { key: { id }, viewers };
}
