import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { type CourseTerms, type CourseWish, findCourseTerms } from './course-terms.repository.js';

/** What courses cost. */
export class CourseTermsService {
  /** Under what somebody can buy a course; null when it is not for sale to them. */
  find(context: RequestContext, wish: CourseWish): Promise<CourseTerms | null> {
    return findCourseTerms(context.em, wish);
  }
}
