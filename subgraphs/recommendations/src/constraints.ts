import { violatedConstraint } from '@tutorgraph/kit/database/transaction';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { RecommendationErrorCode } from './errors.js';

/**
 * Runs a transaction whose outcome the database may refuse.
 *
 * @param refusals what to answer for each constraint, by its name, and which field is at fault
 * @throws Refusal for a constraint that is named
 */
export async function refusing<Result>(
  refusals: Readonly<Record<string, readonly [code: RecommendationErrorCode, field: string]>>,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const refused = refusals[violatedConstraint(error)];
    throw refused ? new Refusal<RecommendationErrorCode>(refused[0], ['input', refused[1]]) : error;
  }
}
