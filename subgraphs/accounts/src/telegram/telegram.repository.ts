import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { violatedConstraint } from '@tutorgraph/kit/database/transaction';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { sql } from 'kysely';
import { User } from '../users/user.entity.js';
import { lockUserForChange } from '../users/user.lock.js';
import type { AccountErrorCode } from '../users/user.types.js';
import type { InitData } from './init-data.rules.js';
import type { TelegramProfile } from './telegram-profile.js';
import { TelegramSignIn } from './telegram-sign-in.entity.js';

/** Whoever adds the same account at the same time is waited for once; more often only a fault would. */
const MOST_ROUNDS = 3;

/**
 * Uses init data up. Of several transactions at once the first to commit has it.
 *
 * @throws Refusal TELEGRAM_REPLAYED
 */
export async function useInitData(tx: EntityManager, { digest, expiresAt }: InitData): Promise<void> {
  const { numAffectedRows } = await sql`
    insert into accounts.telegram_sign_ins (digest, expires_at) values (${digest}, ${expiresAt})
    on conflict do nothing`.execute(tx.getKysely());
  if (numAffectedRows === 1n) return;
  throw new Refusal<AccountErrorCode>('TELEGRAM_REPLAYED', ['input', 'initData']);
}

/** The account with which somebody on Telegram signs in. */
export function findUserByTelegram(em: EntityManager, telegramId: string): Promise<User | null> {
  return em.findOne(User, { telegramId });
}

/** The account of somebody on Telegram, locked; added when there is none yet. Two at once add one. */
export async function findOrAddTelegramUser(
  tx: EntityManager,
  profile: TelegramProfile,
  locale: string,
): Promise<{ user: User; isNew: boolean }> {
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    const known = await tx.findOne(
      User,
      { telegramId: profile.telegramId },
      { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
    );
    if (known) return { user: known, isNew: false };
    const added = await addTelegramUser(tx, profile, locale);
    if (added) return { user: added, isNew: true };
  }
  throw new Error('An account could neither be found nor added by its Telegram id; look at the constraints of users');
}

async function addTelegramUser(tx: EntityManager, profile: TelegramProfile, locale: string): Promise<User | null> {
  const id = newId();
  // A username that somebody has is left out; a second refusal then means that the account itself exists by now.
  for (const username of new Set([profile.username, null])) {
    const { numAffectedRows } = await sql`
      insert into accounts.users (id, telegram_id, telegram_username, telegram_photo_url, username, first_name, last_name,
                                  role, locale, time_zone, created_at, updated_at)
      values (${id}, ${profile.telegramId}, ${profile.telegramUsername}, ${profile.telegramPhotoUrl}, ${username},
              ${profile.firstName}, ${profile.lastName}, 'STUDENT', ${profile.locale ?? locale}, 'UTC', now(), now())
      on conflict do nothing`.execute(tx.getKysely());
    if (numAffectedRows === 1n) return lockUserForChange(tx, id);
  }
  return null;
}

/**
 * Lets a locked account sign in as somebody on Telegram.
 *
 * @throws Refusal TELEGRAM_LINKED_ELSEWHERE when another account does
 */
export async function linkTelegramId(tx: EntityManager, user: User, telegramId: string): Promise<void> {
  user.telegramId = telegramId;
  try {
    await tx.flush();
  } catch (error) {
    if (violatedConstraint(error) !== 'users_telegram_unique') throw error;
    throw new Refusal<AccountErrorCode>('TELEGRAM_LINKED_ELSEWHERE');
  }
}

/** Forgets used init data that is too old by itself, at most `limit`; answers how many. */
export async function deleteInitDataExpiredBefore(em: EntityManager, moment: Date, limit: number): Promise<number> {
  const expired = await em.find(TelegramSignIn, { expiresAt: { $lt: moment } }, { limit });
  return em.nativeDelete(TelegramSignIn, { digest: { $in: expired.map(({ digest }) => digest) } });
}
