import type { ReferenceResolver } from '@tutorgraph/kit/graphql/subgraph';
import { maySeeTutor } from './tutor.access.js';
import { tutorsById } from './tutor.repository.js';

/** A tutor by reference: as by id, and for services of ours. */
export const resolveTutor: ReferenceResolver = async ({ id }, context) => {
  const tutor = await context.loader(tutorsById).load(id);
  return tutor && (context.isService || (await maySeeTutor(context, tutor))) ? tutor : null;
};
