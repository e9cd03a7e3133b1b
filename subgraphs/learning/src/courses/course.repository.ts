import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { sql } from 'kysely';
import { Course, CourseModule, CourseVersion } from './course.entity.js';

/** Courses by id, batched; whoever loads one decides who may see it. */
export const coursesById = defineLoader<string, Course | null>(
  async ({ em }, ids) => {
    const courses = await em.find(Course, { id: { $in: ids.filter(isId) } });
    return new Map(courses.map((course) => [course.id, course]));
  },
  { absent: () => null },
);

/** Versions by id, batched; whoever loads one decides who may see it. */
export const versionsById = defineLoader<string, CourseVersion | null>(
  async ({ em }, ids) => {
    const versions = await em.find(CourseVersion, { id: { $in: ids.filter(isId) } });
    return new Map(versions.map((version) => [version.id, version]));
  },
  { absent: () => null },
);

/** Modules by id, batched; whoever loads one decides who may see it. */
export const modulesById = defineLoader<string, CourseModule | null>(
  async ({ em }, ids) => {
    const modules = await em.find(CourseModule, { id: { $in: ids.filter(isId) } });
    return new Map(modules.map((module) => [module.id, module]));
  },
  { absent: () => null },
);

/** The modules of a version in their order, batched. */
export const modulesOfVersion = defineLoader<string, CourseModule[]>(
  async ({ em }, versionIds) => {
    const modules = await em.find(
      CourseModule,
      { versionId: { $in: [...versionIds] } },
      { orderBy: { position: 'asc' } },
    );
    return Map.groupBy(modules, ({ versionId }) => versionId);
  },
  { absent: () => [] },
);

/** All versions of a course, the newest first, batched; only authors see all of them. */
export const versionsOfCourse = defineLoader<string, CourseVersion[]>(
  async ({ em }, courseIds) => {
    const versions = await em.find(
      CourseVersion,
      { courseId: { $in: [...courseIds] } },
      { orderBy: { number: 'desc' } },
    );
    return Map.groupBy(versions, ({ courseId }) => courseId);
  },
  { absent: () => [] },
);

/** Which version of a course whoever enrols gets, and which one the viewer learns. */
export interface CourseStanding {
  publishedId: string | null;
  enrolledId: string | null;
}

/** How a course stands to the viewer, batched. */
export const courseStandings = defineLoader<string, CourseStanding>(
  async ({ em, viewer }, ids) => {
    const userId = viewer.kind === 'user' ? viewer.userId : null;
    const { rows } = await sql<CourseStanding & { id: string }>`
      select c.id, v.id as "publishedId", e.version_id as "enrolledId"
        from learning.courses c
        left join learning.course_versions v on v.course_id = c.id and v.status = 'PUBLISHED'
        left join learning.students s on s.user_id = ${userId}::uuid
        left join learning.enrollments e on e.course_id = c.id and e.student_id = s.id and e.status <> 'DROPPED'
       where c.id = any(${ids.filter(isId)}::uuid[])`.execute(em.getKysely());
    return new Map(rows.map((row) => [row.id, row]));
  },
  { absent: () => ({ publishedId: null, enrolledId: null }) },
);

/** How much is in a version. */
export interface VersionSize {
  lessons: number;
  minutes: number;
}

/** How much is in a version, batched. */
export const versionSizes = defineLoader<string, VersionSize>(
  async ({ em }, ids) => {
    const { rows } = await sql<VersionSize & { id: string }>`
      select version_id as id, count(*)::int as lessons, sum(minutes)::int as minutes
        from learning.lessons where version_id = any(${[...ids]}::uuid[]) group by version_id`.execute(em.getKysely());
    return new Map(rows.map((row) => [row.id, row]));
  },
  { absent: () => ({ lessons: 0, minutes: 0 }) },
);

/** The id of the course with this name in addresses. */
export async function courseIdOfSlug(em: EntityManager, slug: string): Promise<string | null> {
  const course = await em.findOne(Course, { slug }, { fields: ['id'] });
  return course?.id ?? null;
}

/** A course, locked until the transaction ends. */
export function lockCourse(tx: EntityManager, id: string): Promise<Course | null> {
  return isId(id) ? tx.findOne(Course, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE }) : Promise.resolve(null);
}
