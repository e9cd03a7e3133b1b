import type { ReferenceResolver } from '@tutorgraph/kit/graphql/subgraph';
import { maySeeReview } from './review.access.js';
import { reviewsById } from './review.repository.js';

/** A review by reference: what is not published is for whoever wrote it, those who moderate and services of ours. */
export const resolveReview: ReferenceResolver = async ({ id }, context) => {
  const review = await context.loader(reviewsById).load(id);
  return review && (context.isService || maySeeReview(context, review)) ? review : null;
};
