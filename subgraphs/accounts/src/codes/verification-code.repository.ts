import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { User } from '../users/user.entity.js';
import { VerificationCode } from './verification-code.entity.js';
import { CODE_LIFE_MS, type CodePurpose, MOST_ATTEMPTS } from './verification-code.rules.js';

/** A code as it is stored: what it proves and a hash of it. */
export interface StoredCode {
  id: string;
  userId: string;
  purpose: CodePurpose;
  /** The address or number that it proves. */
  target: string;
  codeHash: string;
}

/**
 * Stores a code in place of the one that the account had for this purpose; of two at once the later one stays. When there
 * is no such account the statement is the same.
 */
export async function storeCode(tx: EntityManager, code: StoredCode, now: Date): Promise<void> {
  const expiresAt = new Date(now.getTime() + CODE_LIFE_MS);
  await sql`
    insert into accounts.verification_codes (user_id, purpose, id, target, code_hash, created_at, expires_at)
    select id, ${code.purpose}, ${code.id}::uuid, ${code.target}, ${code.codeHash},
           ${now}::timestamptz, ${expiresAt}::timestamptz
      from accounts.users where id = ${code.userId}
    on conflict (user_id, purpose) do update
       set id = excluded.id, target = excluded.target, code_hash = excluded.code_hash, attempts = 0,
           created_at = excluded.created_at, expires_at = excluded.expires_at, used_at = null`.execute(tx.getKysely());
}

/**
 * Takes one of the tries that a code allows, in a statement that commits by itself: however many guess at once, so many
 * are looked at and no more.
 *
 * @returns undefined when no code is waiting or none of its tries is left
 */
export async function takeAttempt(
  em: EntityManager,
  { userId, purpose }: { userId: string; purpose: CodePurpose },
  now: Date,
): Promise<StoredCode | undefined> {
  const { rows } = await sql<StoredCode>`
    update accounts.verification_codes set attempts = attempts + 1
     where user_id = ${userId} and purpose = ${purpose}
       and attempts < ${MOST_ATTEMPTS} and expires_at > ${now} and used_at is null
    returning id, user_id as "userId", purpose, target, code_hash as "codeHash"`.execute(em.fork().getKysely());
  return rows[0];
}

/** Uses a code up in the transaction of what it allows. @returns false when it was used or replaced meanwhile */
export async function useCode(tx: EntityManager, id: string, now: Date): Promise<boolean> {
  const used = await tx.nativeUpdate(VerificationCode, { id, usedAt: null }, { usedAt: now });
  return used === 1;
}

/** A code that is worth sending, and whose it is. */
export async function findCodeToDeliver(
  em: EntityManager,
  id: string,
  now: Date,
): Promise<(StoredCode & { user: User }) | null> {
  const wanted = { id, usedAt: null, expiresAt: { $gt: now }, attempts: { $lt: MOST_ATTEMPTS } };
  const code = await em.findOne(VerificationCode, wanted);
  const user = code && (await em.findOne(User, { id: code.userId }));
  if (!user) return null;
  const { userId, purpose, target, codeHash } = code;
  return { id, userId, purpose, target, codeHash, user };
}

/** Forgets codes that expired before a moment, at most `limit`; answers how many. */
export async function deleteCodesExpiredBefore(em: EntityManager, moment: Date, limit: number): Promise<number> {
  const expired = await em.find(VerificationCode, { expiresAt: { $lt: moment } }, { fields: ['id'], limit });
  // One that was replaced in between has another id and stays.
  return em.nativeDelete(VerificationCode, { id: { $in: expired.map(({ id }) => id) } });
}
