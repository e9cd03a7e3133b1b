import type { ReferenceResolver } from '@tutorgraph/kit/graphql/subgraph';
import { seenLesson } from './lesson.access.js';

/** A lesson by reference: as by id. */
export const resolveLesson: ReferenceResolver = ({ id }, context) => seenLesson(context, id);
