import type { ReferenceResolver } from '@tutorgraph/kit/graphql/subgraph';
import { maySeeInterview } from './interview.access.js';
import { interviewsById } from './interview.repository.js';

/** An interview by reference: as by id, and for services of ours. */
export const resolveInterview: ReferenceResolver = async ({ id }, context) => {
  const interview = await context.loader(interviewsById).load(id);
  return interview && (context.isService || (await maySeeInterview(context, interview))) ? interview : null;
};
