import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { sql } from 'kysely';
import type { EmbeddingSource, EmbeddingState } from './embedding.entity.js';
import { isAnyMissing } from './vectors.repository.js';

/** A model that is stored. */
export interface StoredModel {
  id: string;
  source: EmbeddingSource;
  dimensions: number;
  state: EmbeddingState;
  fittedOn: number | null;
  createdAt: Date;
}

/** A model whose vectors are to be made. */
export interface NewModel {
  id: string;
  source: EmbeddingSource;
  dimensions: number;
  fittedOn?: number | null;
  content?: Uint8Array | null;
}

/** For so long the vectors of a retired model are kept: a list that was begun with them comes to its end. */
const KEPT_RETIRED_MINUTES = 15;

/** The models whose vectors are kept up to date: the one that is compared first, then the one that is made. */
export async function liveModels(em: EntityManager): Promise<StoredModel[]> {
  const { rows } = await sql<StoredModel>`
    select id, source, dimensions, state, fitted_on as "fittedOn", created_at as "createdAt"
      from recommendations.embedding_models where state <> 'RETIRED' order by state`.execute(em.getKysely());
  return rows;
}

/** Has a model compared at once, vectors or not, where there is none yet: the first start. */
export async function beginWith(em: EntityManager, { id, source, dimensions }: NewModel): Promise<void> {
  await sql`
    insert into recommendations.embedding_models (id, source, dimensions, state, created_at, active_at)
    select ${id}, ${source}, ${dimensions}, 'ACTIVE', now(), now()
     where not exists (select from recommendations.embedding_models where state = 'ACTIVE')
    on conflict do nothing`.execute(em.getKysely());
}

/** Begins to make a model's vectors, instead of those of another one that are not complete. One that was retired comes back. */
export function beginBuilding(em: EntityManager, model: NewModel): Promise<void> {
  const { id, source, dimensions, fittedOn = null, content = null } = model;
  return transaction(em, async (tx) => {
    const db = tx.getKysely();
    await abandonBuilding(tx, id);
    await sql`
      insert into recommendations.embedding_models (id, source, dimensions, state, fitted_on, content, created_at)
      values (${id}, ${source}, ${dimensions}, 'BUILDING', ${fittedOn}, ${content && Buffer.from(content)}, now())
      on conflict (id) do update set state = 'BUILDING', retired_at = null
        where embedding_models.state = 'RETIRED'`.execute(db);
  });
}

/** Gives a model up that is being made, unless it is this one. */
export async function abandonBuilding(em: EntityManager, wanted: string): Promise<void> {
  await sql`
    update recommendations.embedding_models set state = 'RETIRED', retired_at = now()
     where state = 'BUILDING' and id <> ${wanted}`.execute(em.getKysely());
}

/**
 * Has a model compared from now on that has all its vectors, and retires the former one: everybody sees both at once.
 *
 * @returns false when a vector is missing, or the model is not being made any more
 */
export async function activate(em: EntityManager, id: string): Promise<boolean> {
  try {
    await transaction(em, async (tx) => {
      const db = tx.getKysely();
      // First, because changes that are settled for the former model meanwhile wait for it, or are waited for.
      await sql`
        update recommendations.embedding_models set state = 'RETIRED', retired_at = now()
         where state = 'ACTIVE' and id <> ${id}`.execute(db);
      if (await isAnyMissing(tx, id)) throw new IncompleteError();
      const { numAffectedRows } = await sql`
        update recommendations.embedding_models set state = 'ACTIVE', active_at = now()
         where id = ${id} and state = 'BUILDING'`.execute(db);
      if (Number(numAffectedRows) !== 1) throw new IncompleteError();
    });
    return true;
  } catch (error) {
    if (error instanceof IncompleteError) return false;
    throw error;
  }
}

/** Rolls the switch back. */
class IncompleteError extends Error {
  override readonly name = 'IncompleteError';
}

/** Models that nobody compares any more and whose vectors can go. */
export async function outdatedModels(em: EntityManager, keptMinutes = KEPT_RETIRED_MINUTES): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from recommendations.embedding_models
     where state = 'RETIRED' and retired_at <= now() - make_interval(mins => ${keptMinutes}) order by id`.execute(
    em.getKysely(),
  );
  return rows.map(({ id }) => id);
}

/** Removes a retired model whose vectors are gone; one that came back meanwhile stays. */
export async function removeModel(em: EntityManager, id: string): Promise<void> {
  await sql`delete from recommendations.embedding_models where id = ${id} and state = 'RETIRED'`.execute(
    em.getKysely(),
  );
}
