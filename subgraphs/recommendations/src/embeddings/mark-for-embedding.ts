import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { EmbeddedKind } from './embedding.entity.js';

/**
 * Has the vectors of tutors or orders made anew, within a minute. Call it in the transaction that changes their texts;
 * a text that is the same as before costs nothing.
 */
export async function markForEmbedding(tx: EntityManager, kind: EmbeddedKind, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    insert into recommendations.due_embeddings (kind, id, due_at)
    select distinct ${kind}, id, now() from unnest(${[...ids]}::uuid[]) as id order by id
    on conflict (kind, id) do update set mark = due_embeddings.mark + 1`.execute(tx.getKysely());
}
