import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { NOBODY } from '../users/nobody.js';
import { type AuditRecord, networkHash, recordAudit } from './audit.repository.js';

/**
 * Adds to the audit log that somebody could not prove who they are, in a transaction of its own.
 *
 * @param failure.subjectId the account that was meant, if there is one; the same statements run when there is none
 */
export async function recordFailure(
  context: RequestContext,
  { action, subjectId, details = {} }: Pick<AuditRecord, 'action' | 'details'> & { subjectId: string | undefined },
): Promise<void> {
  await transaction(context.em, async (tx) => {
    if (!subjectId) await networkHash(tx, NOBODY, context.metadata.clientAddress);
    await recordAudit(tx, context, { action, actorId: null, subjectId: subjectId ?? null, details });
  });
}
