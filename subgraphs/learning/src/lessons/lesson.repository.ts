import { isId } from '@tutorgraph/kit/database/id';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { sql } from 'kysely';
import { Lesson } from './lesson.entity.js';

/** A lesson without what it says, which may be long. */
export type LessonOutline = Pick<
  Lesson,
  | 'id'
  | 'versionId'
  | 'moduleId'
  | 'lineageId'
  | 'position'
  | 'kind'
  | 'title'
  | 'videoUrl'
  | 'minutes'
  | 'isPreview'
  | 'isOptional'
>;

/** Lessons by id, batched; whoever loads one decides who may see it. */
export const lessonsById = defineLoader<string, LessonOutline | null>(
  async ({ em }, ids) => {
    const lessons = await em.find(Lesson, { id: { $in: ids.filter(isId) } }, { exclude: ['body'] });
    return new Map(lessons.map((lesson) => [lesson.id, lesson]));
  },
  { absent: () => null },
);

/** The lessons of a module in their order, batched. */
export const lessonsOfModule = defineLoader<string, LessonOutline[]>(
  async ({ em }, moduleIds) => {
    const lessons = await em.find(
      Lesson,
      { moduleId: { $in: [...moduleIds] } },
      { exclude: ['body'], orderBy: { position: 'asc' } },
    );
    return Map.groupBy(lessons, ({ moduleId }) => moduleId);
  },
  { absent: () => [] },
);

/** What lessons say, batched; whoever loads it decides who may read it. */
export const lessonBodies = defineLoader<string, string>(
  async ({ em }, ids) => {
    const { rows } = await sql<{ id: string; body: string }>`
      select id, body from learning.lessons where id = any(${[...ids]}::uuid[])`.execute(em.getKysely());
    return new Map(rows.map(({ id, body }) => [id, body]));
  },
  { absent: () => '' },
);

/** Ids of the lessons that a lesson waits for, batched. */
export const prerequisitesOfLesson = defineLoader<string, string[]>(
  async ({ em }, ids) => {
    const { rows } = await sql<{ id: string; required: string[] }>`
      select p.lesson_id as id, array_agg(p.required_id order by m.position, l.position) as required
        from learning.lesson_prerequisites p
        join learning.lessons l on l.id = p.required_id
        join learning.course_modules m on m.id = l.module_id
       where p.lesson_id = any(${[...ids]}::uuid[]) group by p.lesson_id`.execute(em.getKysely());
    return new Map(rows.map(({ id, required }) => [id, required]));
  },
  { absent: () => [] },
);

/** Ids of the lessons that the viewer has yet to complete before a lesson of a version that they learn, batched. */
export const missingLessons = defineLoader<string, string[]>(
  async ({ em, viewer }, ids) => {
    const userId = viewer.kind === 'user' ? viewer.userId : null;
    const { rows } = await sql<{ id: string; missing: string[] }>`
      select p.lesson_id as id, array_agg(p.required_id order by m.position, r.position) as missing
        from learning.lesson_prerequisites p
        join learning.lessons r on r.id = p.required_id
        join learning.course_modules m on m.id = r.module_id
        join learning.students s on s.user_id = ${userId}::uuid
        join learning.enrollments e on e.student_id = s.id and e.version_id = r.version_id
       where p.lesson_id = any(${[...ids]}::uuid[]) and not exists (
         select from learning.lesson_progress d
          where d.enrollment_id = e.id and d.lesson_id = p.required_id and d.status = 'COMPLETED')
       group by p.lesson_id`.execute(em.getKysely());
    return new Map(rows.map(({ id, missing }) => [id, missing]));
  },
  { absent: () => [] },
);
