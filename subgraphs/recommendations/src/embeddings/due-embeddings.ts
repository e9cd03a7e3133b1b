import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { sql } from 'kysely';
import type { EmbeddedKind } from './embedding.entity.js';

/** A tutor or order whose text may have changed. */
export interface Due {
  kind: EmbeddedKind;
  id: string;
  mark: number;
}

/** Those that wait longest. */
export async function findDue(em: EntityManager, limit: number): Promise<Due[]> {
  const { rows } = await sql<Due>`
    select kind, id, mark from recommendations.due_embeddings order by due_at, kind, id limit ${limit}`.execute(
    em.getKysely(),
  );
  return rows;
}

/**
 * They have their vectors of `model`: forgets those that have not changed again since. When another model has taken its place
 * meanwhile, none is forgotten, for that one may not have them.
 *
 * @returns whether it is still the one that is compared
 */
export function settleDue(em: EntityManager, model: string, due: readonly Due[]): Promise<boolean> {
  return transaction(em, async (tx) => {
    const db = tx.getKysely();
    const { rows } = await sql`
      select from recommendations.embedding_models where id = ${model} and state = 'ACTIVE' for share`.execute(db);
    if (rows.length === 0) return false;
    await sql`
      delete from recommendations.due_embeddings d
       using jsonb_to_recordset(${JSON.stringify(due)}::jsonb) as s(kind text, id uuid, mark int)
       where d.kind = s.kind and d.id = s.id and d.mark = s.mark`.execute(db);
    return true;
  });
}
