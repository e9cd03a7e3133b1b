import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { RankingModel } from './ranking-model.entity.js';

/** A page of all models, the newest first. */
export function findModels(em: EntityManager, page: PageRequest): Promise<Connection<RankingModel>> {
  const order = [
    { expression: sql`t.created_at`, type: 'timestamptz', direction: 'desc' },
    { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
  ] as const;
  const from = sql`from recommendations.ranking_models t where true`;
  return keysetPage(em, { entity: RankingModel, from, order }, page);
}

/** A model without its content; null when there is none. */
export async function findModel(em: EntityManager, id: string): Promise<RankingModel | null> {
  return isId(id) ? em.findOne(RankingModel, { id }) : null;
}

/** A model with its content; null when there is none. */
export async function findWholeModel(em: EntityManager, id: string): Promise<RankingModel | null> {
  return isId(id) ? em.findOne(RankingModel, { id }, { populate: ['content'] }) : null;
}
