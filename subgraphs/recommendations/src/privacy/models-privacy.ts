import type { EntityManager } from '@mikro-orm/postgresql';
import type { PersonalData } from '@tutorgraph/kit/privacy/room-privacy';
import { RankingModel } from '../ranking/ranking-model.entity.js';

/** Which models somebody of the staff let rank. */
export async function collectModels(em: EntityManager, userId: string): Promise<PersonalData> {
  const models = await em.find(RankingModel, { promotedBy: userId }, { orderBy: { promotedAt: 'asc', id: 'asc' } });
  return { sections: { promotedModels: models.map(({ id, version, promotedAt }) => ({ id, version, promotedAt })) } };
}

/** Models stay; who let them rank goes. */
export async function eraseModels(tx: EntityManager, userId: string): Promise<void> {
  await tx.nativeUpdate(RankingModel, { promotedBy: userId }, { promotedBy: null });
}
