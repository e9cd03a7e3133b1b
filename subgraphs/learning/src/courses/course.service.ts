import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { AUTHORS, isAuthor, seenCourse, seenVersion } from './course.access.js';
import type { Course, CourseModule, CourseVersion } from './course.entity.js';
import {
  courseIdOfSlug,
  courseStandings,
  modulesOfVersion,
  versionSizes,
  versionsOfCourse,
} from './course.repository.js';
import type { CourseOrder } from './course.rules.js';
import { type CourseSearch, findCourses } from './course-search.js';
import { handOut } from './outline-budget.js';

/** What can be learned. */
export class CourseService {
  /** A page of the catalogue. @throws FORBIDDEN when unpublished courses are asked for by somebody who writes none */
  list(
    context: RequestContext,
    filter: CourseSearch | null | undefined,
    order: CourseOrder,
    page: PageRequest,
  ): Promise<Connection<Course>> {
    const search = filter ?? {};
    if (search.state && search.state !== 'PUBLISHED') context.require(AUTHORS);
    return findCourses(context.em, search, order, isAuthor(context), page);
  }

  /** A course by one of its two names. @throws BAD_USER_INPUT unless exactly one is given */
  async find(
    context: RequestContext,
    { id, slug }: { id?: string | null; slug?: string | null },
  ): Promise<Course | null> {
    const given = [id, slug].filter((name) => typeof name === 'string');
    if (given.length !== 1) throw badUserInput('Give either id or slug');
    const found = id ?? (slug ? await courseIdOfSlug(context.em, slug) : null);
    return found ? seenCourse(context, found) : null;
  }

  /** What the viewer learns of a course, or would. */
  async learned(context: RequestContext, courseId: string): Promise<CourseVersion | null> {
    const { publishedId, enrolledId } = await context.loader(courseStandings).load(courseId);
    const id = enrolledId ?? publishedId;
    return id ? seenVersion(context, id) : null;
  }

  /** What authors work on; null to others. */
  async draft(context: RequestContext, courseId: string): Promise<CourseVersion | null> {
    const versions = await this.versions(context, courseId);
    return versions.find(({ status }) => status === 'DRAFT') ?? null;
  }

  /** Every version, the newest first; none to whoever writes no courses. */
  versions(context: RequestContext, courseId: string): Promise<CourseVersion[]> {
    return isAuthor(context) ? context.loader(versionsOfCourse).load(courseId) : Promise.resolve([]);
  }

  /** The modules of a version that the viewer sees. */
  async modules(context: RequestContext, versionId: string): Promise<CourseModule[]> {
    return handOut(context, await context.loader(modulesOfVersion).load(versionId));
  }

  async lessonCount(context: RequestContext, versionId: string): Promise<number> {
    return (await context.loader(versionSizes).load(versionId)).lessons;
  }

  async minutes(context: RequestContext, versionId: string): Promise<number> {
    return (await context.loader(versionSizes).load(versionId)).minutes;
  }
}
