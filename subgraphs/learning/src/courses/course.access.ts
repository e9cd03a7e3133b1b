import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { Course, CourseModule, CourseVersion } from './course.entity.js';
import { courseStandings, coursesById, modulesById, versionsById } from './course.repository.js';

/** Writes courses, and sees all that is in them. */
export const AUTHORS = 'learning.courses.author';
/** Guides students, and so knows what they learn. */
const CURATES = 'learning.students.curate';

/** Does the viewer write courses? */
export function isAuthor(context: RequestContext): boolean {
  return context.can(AUTHORS);
}

/** May the viewer know whatever is or was published? */
function seesPublished(context: RequestContext): boolean {
  return context.isService || isAuthor(context) || context.can(CURATES);
}

/** A course by id; null when there is none that the viewer may see. */
export async function seenCourse(context: RequestContext, id: string): Promise<Course | null> {
  const course = await context.loader(coursesById).load(id);
  return course && (await maySeeCourse(context, course)) ? course : null;
}

async function maySeeCourse(context: RequestContext, { id, archivedAt }: Course): Promise<boolean> {
  if (context.isService || isAuthor(context)) return true;
  const { publishedId, enrolledId } = await context.loader(courseStandings).load(id);
  if (enrolledId) return true;
  return publishedId !== null && (!archivedAt || seesPublished(context));
}

/** A version by id; null when there is none that the viewer may see. */
export async function seenVersion(context: RequestContext, id: string): Promise<CourseVersion | null> {
  const version = await context.loader(versionsById).load(id);
  return version && (await maySeeVersion(context, version)) ? version : null;
}

async function maySeeVersion(context: RequestContext, { id, status, courseId }: CourseVersion): Promise<boolean> {
  if (context.isService || isAuthor(context)) return true;
  if (status === 'DRAFT') return false;
  if (seesPublished(context)) return true;
  // Both at once and of every version, so that those of a list are asked for together.
  const [course, { enrolledId }] = await Promise.all([
    seenCourse(context, courseId),
    context.loader(courseStandings).load(courseId),
  ]);
  return enrolledId === id || (status === 'PUBLISHED' && course !== null);
}

/** A module by id; null when there is none that the viewer may see. */
export async function seenModule(context: RequestContext, id: string): Promise<CourseModule | null> {
  const module = await context.loader(modulesById).load(id);
  return module && (await seenVersion(context, module.versionId)) ? module : null;
}
