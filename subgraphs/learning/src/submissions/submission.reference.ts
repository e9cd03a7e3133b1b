import type { ReferenceResolver } from '@tutorgraph/kit/graphql/subgraph';
import { assignmentsById, submissionsById } from './submission.loaders.js';

/** An assignment by reference: for whoever may see it, and for services by the scopes of their tokens. */
export const resolveHomeworkAssignment: ReferenceResolver = ({ id }, context) =>
  context.loader(assignmentsById).load(id);

/** A submission by reference: for whoever may see it, and for services by the scopes of their tokens. */
export const resolveSubmission: ReferenceResolver = ({ id }, context) => context.loader(submissionsById).load(id);
