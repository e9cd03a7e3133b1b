import type { ReferenceResolver } from '@tutorgraph/kit/graphql/subgraph';
import { StudentAccess } from '../students/student-access.js';
import { seenEnrollment } from './enrollment.access.js';

const access = new StudentAccess();

/** An enrolment by reference: of a student whom the viewer may see. */
export const resolveEnrollment: ReferenceResolver = ({ id }, context) => seenEnrollment(context, access, id);
