import type { ReferenceResolver } from '@tutorgraph/kit/graphql/subgraph';
import { maySeeApplication } from './application.access.js';
import { applicationsById } from './application.loaders.js';

/** An application by reference: as by id, and for services of ours. */
export const resolveApplication: ReferenceResolver = async ({ id }, context) => {
  const application = await context.loader(applicationsById).load(id);
  return application && (context.isService || (await maySeeApplication(context, application))) ? application : null;
};
