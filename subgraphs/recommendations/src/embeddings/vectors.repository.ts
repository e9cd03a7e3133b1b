import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { type RawBuilder, sql } from 'kysely';
import { type EmbeddedKind, embeddedKinds } from './embedding.entity.js';
import { TEXT_OWNERS, type TextOwner } from './texts.js';

/** A text that has no vector of a model yet, or that of what it was before. */
export interface UnembeddedText {
  id: string;
  text: string;
  hash: string;
}

/** A vector that was made. */
export interface MadeVector {
  id: string;
  /** Of the text that it was made of. */
  hash: string;
  /** As PostgreSQL reads it; null for a text without words. */
  vector: string | null;
}

/** Vectors that one statement removes. */
const REMOVED_AT_ONCE = 5_000;

/** Texts without a vector of the model, by id from `after` on. */
export function textsAfter(
  em: EntityManager,
  { kind, model, after, limit }: { kind: EmbeddedKind; model: string; after: string | null; limit: number },
): Promise<UnembeddedText[]> {
  return unembedded(
    em,
    kind,
    model,
    sql`(${after}::uuid is null or t.id > ${after}::uuid) order by t.id limit ${limit}`,
  );
}

/** Those of some texts that have no vector of the model. */
export function textsAmong(
  em: EntityManager,
  kind: EmbeddedKind,
  model: string,
  ids: readonly string[],
): Promise<UnembeddedText[]> {
  return unembedded(em, kind, model, sql`t.id = any (${[...ids]}::uuid[])`);
}

/** Is there a text without a vector of the model? */
export async function isAnyMissing(em: EntityManager, model: string): Promise<boolean> {
  for (const kind of embeddedKinds) {
    if ((await textsAfter(em, { kind, model, after: null, limit: 1 })).length > 0) return true;
  }
  return false;
}

/** Keeps vectors, except of texts that are gone or are another one meanwhile: those are due again. */
export async function storeVectors(
  em: EntityManager,
  kind: EmbeddedKind,
  model: string,
  made: readonly MadeVector[],
): Promise<void> {
  const { table, vectors, key, hash } = TEXT_OWNERS[kind];
  const column = <Value>(read: (one: MadeVector) => Value): Value[] => made.map(read);
  await transaction(em, (tx) =>
    sql`
      insert into ${vectors} (model, ${key}, vector, text_hash)
      select ${model}, t.id, v.vector::public.halfvec, v.hash
        from unnest(${column(({ id }) => id)}::uuid[], ${column(({ vector }) => vector)}::text[], ${column((one) => one.hash)}::text[])
          as v(id, vector, hash)
        join ${table} t on t.id = v.id
       where ${hash} = v.hash
       order by t.id for key share of t
      on conflict (model, ${key}) do update set vector = excluded.vector, text_hash = excluded.text_hash`.execute(
      tx.getKysely(),
    ),
  );
}

/** Removes vectors of a model that is retired, some at a time. @returns whether there may be more */
export async function removeSomeVectors(em: EntityManager, model: string): Promise<boolean> {
  let removed = 0;
  for (const { vectors, key } of Object.values(TEXT_OWNERS)) {
    const { numAffectedRows } = await sql`
      delete from ${vectors} where model = ${model} and ${key} = any (array(
        select ${key} from ${vectors} where model = ${model} and exists (
          select from recommendations.embedding_models where id = ${model} and state = 'RETIRED') limit ${REMOVED_AT_ONCE}))`.execute(
      em.getKysely(),
    );
    removed += Number(numAffectedRows ?? 0);
  }
  return removed > 0;
}

/** Removes the vectors of orders that nobody answers any more. */
export async function removeUnwanted(em: EntityManager): Promise<void> {
  const { table, vectors, key, isWanted }: TextOwner = TEXT_OWNERS.ORDER;
  await sql`delete from ${vectors} v using ${table} t where t.id = v.${key} and not (${isWanted})`.execute(
    em.getKysely(),
  );
}

async function unembedded(
  em: EntityManager,
  kind: EmbeddedKind,
  model: string,
  rest: RawBuilder<unknown>,
): Promise<UnembeddedText[]> {
  const { table, vectors, key, text, hash, isWanted } = TEXT_OWNERS[kind];
  const { rows } = await sql<UnembeddedText>`
    select t.id, ${text} as text, ${hash} as hash
      from ${table} t left join ${vectors} v on v.model = ${model} and v.${key} = t.id
     where ${isWanted} and (v.model is null or v.text_hash <> ${hash}) and ${rest}`.execute(em.getKysely());
  return rows;
}
