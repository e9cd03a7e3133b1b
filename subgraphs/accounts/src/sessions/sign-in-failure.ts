import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { networkHash, recordAudit } from '../audit/audit.repository.js';
import type { SignInMethod } from './session.rules.js';

/** Stands for whoever has no account, so that looking up their key takes as long. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

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
  await transaction(context.em, async (tx) => {
    if (!subjectId) await networkHash(tx, NOBODY, context.metadata.clientAddress);
    await recordAudit(tx, context, {
      action: 'SIGN_IN_FAILED',
      actorId: null,
      subjectId: subjectId ?? null,
      details: { method, reason },
    });
  });
}
