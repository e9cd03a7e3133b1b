import type { ReferenceResolver } from '@tutorgraph/kit/graphql/subgraph';
import { StudentAccess } from './student-access.js';

const access = new StudentAccess();

/** A student by reference: as by id. */
export const resolveStudent: ReferenceResolver = ({ id }, context) => access.seen(context, id);
