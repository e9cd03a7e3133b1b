import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { sql } from 'kysely';
import { countLists, listsOf } from './day-lists.js';
import { dayOf, shifted } from './days.js';
import { countExposure, coverageOf } from './exposure.repository.js';
import { ModelDay } from './health.entity.js';
import { countValues, NO_VALUES, referenceOf } from './reference.js';

/** Counts a day anew, for each model that ranked on it: as often as one likes, with the same result. */
export async function computeDay(em: EntityManager, day: string, now: Date): Promise<void> {
  for (const modelId of await modelsOf(em, day)) await computeModelDay(em.fork(), modelId, day, now);
  await transaction(em, (tx) => countExposure(tx, day));
}

async function computeModelDay(em: EntityManager, modelId: string, day: string, now: Date): Promise<void> {
  const lists = await countLists(em, modelId, day);
  const coverage = await coverageOf(em, modelId, day);
  const reference = await referenceOf(em, modelId, { day, today: dayOf(now) });
  const values = reference
    ? await countValues(em, listsOf(modelId, `${day}T00:00:00Z`, day), reference)
    : { features: {}, scores: NO_VALUES };
  await em.upsert(ModelDay, { modelId, day, ...lists, ...coverage, ...values, computedAt: now });
}

/** Days with lists of which nothing was counted yet, the first first: from before this was counted, or while nothing ran. */
export async function uncountedDays(em: EntityManager): Promise<string[]> {
  const { rows } = await sql<{ day: string }>`
    select distinct r.day::text as day
      from (select model_id, (created_at at time zone 'UTC')::date as day from recommendations.ranking_requests
             where surface in ('ORDER', 'WISH')) r
      join recommendations.ranking_models m on m.id = r.model_id
      left join recommendations.model_days d on d.model_id = r.model_id and d.day = r.day
     where d.day is null order by 1`.execute(em.getKysely());
  return rows.map(({ day }) => day);
}

/** Models that ranked on a day; those that once were counted on it, too, so that figures go with lists that are gone. */
async function modelsOf(em: EntityManager, day: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select m.id from recommendations.ranking_models m
     where m.id in (select r.model_id from recommendations.ranking_requests r
                     where r.surface in ('ORDER', 'WISH') and r.created_at >= ${`${day}T00:00:00Z`}::timestamptz
                       and r.created_at < ${`${shifted(day, 1)}T00:00:00Z`}::timestamptz)
        or m.id in (select d.model_id from recommendations.model_days d where d.day = ${day})
     order by m.version`.execute(em.getKysely());
  return rows.map(({ id }) => id);
}
