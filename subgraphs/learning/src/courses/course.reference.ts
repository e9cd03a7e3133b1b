import type { ReferenceResolver } from '@tutorgraph/kit/graphql/subgraph';
import { seenCourse, seenModule, seenVersion } from './course.access.js';

/** A course by reference: as by id. */
export const resolveCourse: ReferenceResolver = ({ id }, context) => seenCourse(context, id);
/** A version of a course by reference. */
export const resolveCourseVersion: ReferenceResolver = ({ id }, context) => seenVersion(context, id);
/** A module by reference. */
export const resolveCourseModule: ReferenceResolver = ({ id }, context) => seenModule(context, id);
