import type { ReferenceResolver } from '@tutorgraph/kit/graphql/subgraph';
import { subjectsById } from './subject.repository.js';

/** A subject by reference: everybody may see every one, archived ones too. */
export const resolveSubject: ReferenceResolver = ({ id }, context) => context.loader(subjectsById).load(id);
