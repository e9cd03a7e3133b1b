import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { recordFailure } from '../audit/audit-failure.js';
import type { SignInMethod } from './session.rules.js';

/**
 * Adds a sign-in that was refused to the audit log, in a transaction of its own.
 *
 * @param subjectId the account that was meant, if there is one; the same statements run when there is none
 */
export async function recordSignInFailure(
  context: RequestContext,
  method: SignInMethod,
  refusal: Refusal,
  subjectId: string | undefined,
): Promise<void> {
  const reason = refusal.items[0]?.code;
  await recordFailure(context, { action: 'SIGN_IN_FAILED', subjectId, details: { method, reason } });
}
