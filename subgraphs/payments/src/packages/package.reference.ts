import type { ReferenceResolver } from '@tutorgraph/kit/graphql/subgraph';
import { maySeePackage } from './package.access.js';
import { packagesById } from './package.repository.js';

/** A package by reference: as by id. */
export const resolvePackage: ReferenceResolver = async ({ id }, context) => {
  const lessons = await context.loader(packagesById).load(id);
  return lessons && maySeePackage(context, lessons) ? lessons : null;
};
