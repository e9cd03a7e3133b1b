import type { ReferenceResolver } from '@tutorgraph/kit/graphql/subgraph';
import { reviewsById } from './review.repository.js';

/** A review by reference: everybody may see every one. */
export const resolveReview: ReferenceResolver = ({ id }, context) => context.loader(reviewsById).load(id);
