import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import { z } from 'zod';

const terms = z.object({
  title: z.string(),
  amount: z.object({ amountMinor: z.number().int(), currency: z.string() }),
  isEnrolled: z.boolean(),
});
/** Under what somebody can buy a course. */
export type CourseTerms = z.output<typeof terms>;

/** Who wants which course. */
export interface CourseWish {
  userId: string;
  courseId: string;
  cohortId: string | null;
}

const TERMS = `query ($userId: ID!, $courseId: ID!, $cohortId: ID) {
  coursePaymentTerms(userId: $userId, courseId: $courseId, cohortId: $cohortId) {
    title amount { amountMinor currency } isEnrolled } }`;

/** What learning says of courses and prices: a client is never asked. Call it outside transactions. */
export class Courses {
  constructor(private readonly graph: GraphClient) {}

  /** What a course costs somebody now; null when nobody can buy it so. @throws SERVICE_UNAVAILABLE */
  async terms(wish: CourseWish): Promise<CourseTerms | null> {
    const data = await this.graph.query('learning', { query: TERMS, variables: { ...wish } }, ['coursePaymentTerms']);
    return terms.nullable().parse(data['coursePaymentTerms']);
  }
}

/** What a course is called; null when there is none any more. @throws SERVICE_UNAVAILABLE */
export async function courseTitle(graph: GraphClient, courseId: string): Promise<string | null> {
  const found = await graph.entities('learning', 'Course', [courseId], ['title']);
  return z.string().nullish().parse(found.get(courseId)?.['title']) ?? null;
}
