import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { SubmissionAnnotation, SubmissionReview } from './review.entity.js';

/** Reviews of each submission, the last one first; whoever has the submission may see them. */
export const reviewsBySubmission = defineLoader<string, SubmissionReview[]>(
  async ({ em }, ids) => {
    const orderBy = { number: 'desc' } as const;
    const found = await em.find(SubmissionReview, { submissionId: { $in: [...ids] } }, { orderBy });
    return Map.groupBy(found, ({ submissionId }) => submissionId);
  },
  { absent: () => [] },
);

/** Notes in each submission, in the order of its text; whoever has the submission may see them. */
export const annotationsBySubmission = defineLoader<string, SubmissionAnnotation[]>(
  async ({ em }, ids) => {
    const orderBy = { start: 'asc', id: 'asc' } as const;
    const found = await em.find(SubmissionAnnotation, { submissionId: { $in: [...ids] } }, { orderBy });
    return Map.groupBy(found, ({ submissionId }) => submissionId);
  },
  { absent: () => [] },
);
