import type { EntityManager } from '@mikro-orm/postgresql';
import { ModelAlert } from '../health/health.entity.js';

/** Which alerts about models somebody of staff acknowledged. */
export async function collectAlerts(em: EntityManager, userId: string) {
  const alerts = await em.find(ModelAlert, { acknowledgedBy: userId }, { orderBy: { raisedAt: 'asc' } });
  const modelAlerts = alerts.map(({ kind, raisedAt, acknowledgedAt }) => ({ kind, raisedAt, acknowledgedAt }));
  return { sections: { modelAlerts } };
}

/** That somebody acknowledged them stays; who it was goes. */
export async function eraseAlerts(tx: EntityManager, userId: string): Promise<void> {
  await tx.nativeUpdate(ModelAlert, { acknowledgedBy: userId }, { acknowledgedBy: null });
}
