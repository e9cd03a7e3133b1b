import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';

/** What compares texts now; null when nothing does. */
export async function findActiveEmbedding(em: EntityManager): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from recommendations.embedding_models where state = 'ACTIVE'`.execute(em.getKysely());
  return rows[0]?.id ?? null;
}
