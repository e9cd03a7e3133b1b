import type { ReferenceResolver } from '@tutorgraph/kit/graphql/subgraph';
import { maySeePackage } from './package.access.js';
import { packagesById } from './package.repository.js';

/** A package by reference: as by id, and for services of ours. */
export const resolvePackage: ReferenceResolver = async ({ id }, context) => {
  const lessons = await context.loader(packagesById).load(id);
  return lessons && (context.isService || maySeePackage(context, lessons)) ? lessons : null;
};
