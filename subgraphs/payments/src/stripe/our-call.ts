import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type Stripe from 'stripe';
import { StripeOperation } from './stripe-operation.entity.js';

/**
 * Was an object of Stripe made by a call of ours about something? Other programs on the same account, and staff in its
 * dashboard, may write ids of ours into metadata; the call itself they do not know.
 */
export async function isMadeByUs(
  tx: EntityManager,
  { metadata }: { metadata: Stripe.Metadata | null },
  subjectId: string,
): Promise<boolean> {
  const id = metadata?.['operationId'] ?? '';
  return isId(id) && (await tx.count(StripeOperation, { id, subjectId })) > 0;
}
