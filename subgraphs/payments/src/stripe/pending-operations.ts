import type { EntityManager } from '@mikro-orm/postgresql';
import { StripeOperation } from './stripe-operation.entity.js';

/** The call of such a kind that is being made for something of ours; null when none is. */
export async function pendingOperation(
  em: EntityManager,
  subjectId: string,
  kinds: readonly string[],
): Promise<string | null> {
  const found = await em.findOne(
    StripeOperation,
    { subjectId, kind: { $in: [...kinds] }, status: 'PENDING' },
    { fields: ['id'], orderBy: { createdAt: 'asc' } },
  );
  return found?.id ?? null;
}
