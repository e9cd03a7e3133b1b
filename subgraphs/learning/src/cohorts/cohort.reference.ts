import type { ReferenceResolver } from '@tutorgraph/kit/graphql/subgraph';
import { seenCohort } from './cohort.access.js';

/** A cohort by reference: as by id. */
export const resolveCohort: ReferenceResolver = ({ id }, context) => seenCohort(context, id);
