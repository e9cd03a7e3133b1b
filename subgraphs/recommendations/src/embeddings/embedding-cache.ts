import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';

/** Vectors that are kept at most; the others were used longest ago. */
const MOST_KEPT = 20_000;
/** A text that nobody looked for as long is forgotten. */
const KEPT_DAYS = 7;

/** The vector of a text that somebody looked for before; null when it is not kept. */
export async function cachedVector(em: EntityManager, model: string, hash: string): Promise<string | null> {
  // To have been used is noted once a day: a read that always writes is dear.
  const { rows } = await sql<{ vector: string }>`
    with found as (
      select vector, used_at from recommendations.cached_embeddings where model = ${model} and text_hash = ${hash}
    ),
    noted as (
      update recommendations.cached_embeddings set used_at = now()
       where model = ${model} and text_hash = ${hash} and used_at < now() - interval '1 day'
    )
    select vector::text as vector from found`.execute(em.getKysely());
  return rows[0]?.vector ?? null;
}

/** Keeps the vector of a text that somebody looked for; nothing says who. */
export async function keepVector(
  em: EntityManager,
  { model, hash, vector }: { model: string; hash: string; vector: string },
): Promise<void> {
  await sql`
    insert into recommendations.cached_embeddings (model, text_hash, vector, used_at)
    select m.id, ${hash}, ${vector}::public.halfvec, now()
      from recommendations.embedding_models m where m.id = ${model} for key share
    on conflict (model, text_hash) do nothing`.execute(em.getKysely());
}

/** Keeps an order's vector, unless the order is gone or has another text meanwhile; the job then makes it. */
export async function keepOrderVector(
  em: EntityManager,
  { model, orderId, hash, vector }: { model: string; orderId: string; hash: string; vector: string | null },
): Promise<void> {
  await sql`
    insert into recommendations.order_vectors (model, order_id, vector, text_hash)
    select m.id, t.id, ${vector}::public.halfvec, ${hash}
      from recommendations.embedding_models m, recommendations.orders t
     where m.id = ${model} and t.id = ${orderId}::uuid for key share
    on conflict (model, order_id) do update set vector = excluded.vector, text_hash = excluded.text_hash`.execute(
    em.getKysely(),
  );
}

/** Forgets what nobody looked for in a week, and what was used longest ago where there is too much. Returns how many. */
export async function purgeCache(em: EntityManager, mostKept = MOST_KEPT): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from recommendations.cached_embeddings
     where used_at < now() - make_interval(days => ${KEPT_DAYS})
        or (model, text_hash) in (
          select model, text_hash from recommendations.cached_embeddings
           order by used_at desc, model, text_hash offset ${mostKept}
        )`.execute(em.getKysely());
  return Number(numAffectedRows ?? 0);
}
