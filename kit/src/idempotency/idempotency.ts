import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { z } from 'zod';
import { Refusal } from '../graphql/refusal.js';
import { IdempotencyKey } from './idempotency-key.entity.js';

/** How long a key is kept, in hours. */
export const KEPT_HOURS = 24;

/** A client's key, as an input field: 1 to 128 printable characters of ASCII. */
export const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,128}$/)
  .nullish();

/** Whose key of which mutation, and what the mutation was asked. */
export interface IdempotentCall {
  viewerId: string;
  /** The mutation's name. */
  mutation: string;
  /** Without one the work is simply done. */
  key: string | null | undefined;
  /** The input without the key; equal inputs have equal JSON but for the order of fields. */
  input: unknown;
}

/** What to do once, and how to find its result again. */
export interface OnceOnly<Result, Reference extends Record<string, unknown>> {
  work(): Promise<Result>;
  /** Ids by which {@link recall} finds the result. */
  reference(result: Result): Reference;
  /** The result as it is now. */
  recall(reference: Reference): Promise<Result>;
}

/**
 * Carries a mutation out once for a client's key. Call it inside the mutation's transaction, before it locks anything
 * else: the key's row commits with the work or not at all, so that what was refused or rolled back may be tried again, and
 * a second call at the same time waits for the first one's end.
 *
 * @throws Refusal IDEMPOTENCY_KEY_REUSED when the key was used with another input within the last 24 hours
 */
export async function once<Result, Reference extends Record<string, unknown>>(
  tx: EntityManager,
  call: IdempotentCall,
  { work, reference, recall }: OnceOnly<Result, Reference>,
): Promise<Result> {
  const { viewerId, mutation, key } = call;
  if (!key) return work();
  const inputHash = hashOf(call.input);
  if (!(await claim(tx, viewerId, mutation, key, inputHash))) {
    const known = await tx.findOneOrFail(IdempotencyKey, { viewerId, mutation, key });
    if (known.inputHash !== inputHash) throw new Refusal('IDEMPOTENCY_KEY_REUSED', ['input', 'idempotencyKey']);
    // What `reference` made of this mutation's own result.
    return recall(known.result as Reference);
  }
  const result = await work();
  await tx.nativeUpdate(IdempotencyKey, { viewerId, mutation, key }, { result: reference(result) });
  return result;
}

/**
 * Has something been carried out under this key? For a check that comes before {@link once} and would refuse what is only
 * a repetition.
 */
export async function isRepeated(em: EntityManager, { viewerId, mutation, key }: IdempotentCall): Promise<boolean> {
  return Boolean(key) && (await em.count(IdempotencyKey, { viewerId, mutation, key: key ?? '' })) > 0;
}

/** Forgets keys that are older than they are kept. */
export async function purgeIdempotencyKeys(em: EntityManager, now = new Date()): Promise<void> {
  const before = new Date(now.getTime() - KEPT_HOURS * 60 * 60 * 1000);
  await em.fork().nativeDelete(IdempotencyKey, { createdAt: { $lt: before } });
}

/** Forgets the keys of somebody who is erased. */
export async function forgetIdempotencyKeys(tx: EntityManager, viewerId: string): Promise<void> {
  await tx.nativeDelete(IdempotencyKey, { viewerId });
}

/** Takes the key, or one that has outlived its day; waits for another transaction that is taking it. */
async function claim(
  tx: EntityManager,
  viewerId: string,
  mutation: string,
  key: string,
  inputHash: string,
): Promise<boolean> {
  const table = sql.table(`${tx.config.get('schema')}.idempotency_keys`);
  const { numAffectedRows } = await sql`
    insert into ${table} as known (viewer_id, mutation, key, input_hash, result, created_at)
    values (${viewerId}, ${mutation}, ${key}, ${inputHash}, '{}', now())
    on conflict (viewer_id, mutation, key) do update
      set input_hash = excluded.input_hash, result = excluded.result, created_at = excluded.created_at
      where known.created_at < now() - make_interval(hours => ${KEPT_HOURS})`.execute(tx.getKysely());
  return numAffectedRows === 1n;
}

function hashOf(input: unknown): string {
  return createHash('sha256').update(canonical(input)).digest('base64url');
}

/** JSON whose fields are in the order of their names. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner) && !(inner instanceof Date)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
