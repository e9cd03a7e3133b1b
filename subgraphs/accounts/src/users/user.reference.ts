import type { ReferenceResolver } from '@tutorgraph/kit/graphql/subgraph';
import { usersById } from './user.repository.js';
import { shapeFor } from './user.resolver.js';

/** A user by reference: whoever may see the field that refers to them sees the display name. */
export const resolveUser: ReferenceResolver = async ({ id }, context) =>
  shapeFor(context, await context.loader(usersById).load(id));
