import { violatedConstraint } from '@tutorgraph/kit/database/transaction';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';

/**
 * Runs a transaction whose outcome the database may refuse.
 *
 * @param refusals what to answer for each constraint, by its name
 * @throws Refusal for a constraint that is named
 */
export async function refusing<Code extends string, Result>(
  refusals: Readonly<Record<string, Code>>,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const code = refusals[violatedConstraint(error)];
    throw code ? new Refusal<Code>(code) : error;
  }
}
