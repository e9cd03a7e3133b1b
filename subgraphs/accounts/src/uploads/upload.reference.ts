import type { ReferenceResolver } from '@tutorgraph/kit/graphql/subgraph';
import { uploadsById } from './upload.repository.js';
import { shapeUpload } from './upload.resolver.js';

/** An upload by reference: for its owner and for services of ours; nobody else learns that there is one. */
export const resolveUpload: ReferenceResolver = async ({ id }, context) => {
  const upload = await context.loader(uploadsById).load(id);
  const mayKnow = upload && (context.isService || context.isUser(upload.userId));
  return mayKnow ? shapeUpload(upload) : null;
};
