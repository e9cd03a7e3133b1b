import type { ReferenceResolver } from '@tutorgraph/kit/graphql/subgraph';
import { maySeeTutor } from './tutor.access.js';
import { tutorsById } from './tutor.repository.js';

/** A tutor by reference: as by id. */
export const resolveTutor: ReferenceResolver = async ({ id }, context) => {
  const tutor = await context.loader(tutorsById).load(id);
  return tutor && (await maySeeTutor(context, tutor)) ? tutor : null;
};
