import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { violatedConstraint } from '@tutorgraph/kit/database/transaction';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import type { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import type { Role } from '@tutorgraph/kit/viewer/viewer';
import { sql } from 'kysely';
import { User } from './user.entity.js';

/** An account by id. */
export function findUser(em: EntityManager, id: string): Promise<User | null> {
  return isId(id) ? em.findOne(User, { id }) : Promise.resolve(null);
}

/** The verified and the unverified account of an address in lower case, as far as there are any. */
export async function findUsersByEmail(em: EntityManager, email: string): Promise<User[]> {
  return email.includes('\0') ? [] : em.find(User, { email });
}

/** Most addresses of one question. */
const MOST_ADDRESSES = 1_000;

/**
 * Accounts that have proven one of these addresses, whatever its case.
 *
 * @throws BAD_USER_INPUT for more than 1,000 addresses
 */
export async function findProvenAddresses(
  em: EntityManager,
  emails: readonly string[],
): Promise<{ email: string; userId: string }[]> {
  if (emails.length > MOST_ADDRESSES) throw badUserInput(`Ask about ${MOST_ADDRESSES} addresses at most`);
  const wanted = emails.filter((email) => !email.includes('\0')).map((email) => email.toLowerCase());
  const users = await em.find(User, { email: { $in: wanted }, emailVerifiedAt: { $ne: null } });
  return users.flatMap(({ id, email }) => (email ? [{ email, userId: id }] : []));
}

/** {@link findUsersByEmail}, locked until the transaction ends. */
export async function lockUsersByEmail(tx: EntityManager, email: string): Promise<User[]> {
  return tx.find(User, { email }, { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** What an account is opened with. */
export interface NewUser {
  id: string;
  email: string;
  passwordHash: string;
  firstName: string;
  lastName: string;
  role: Role;
  locale: string;
  timeZone: string;
  createdAt: Date;
}

/**
 * Adds an account whose address is not proven.
 *
 * @returns false when there is another such account of the address; of two at once the second waits for the first
 */
export async function insertUser(tx: EntityManager, user: NewUser): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into accounts.users (id, email, password_hash, first_name, last_name, role, locale, time_zone, created_at,
                                updated_at)
    values (${user.id}, ${user.email}, ${user.passwordHash}, ${user.firstName}, ${user.lastName}, ${user.role},
            ${user.locale}, ${user.timeZone}, ${user.createdAt}, ${user.createdAt})
    on conflict do nothing`.execute(tx.getKysely());
  return numAffectedRows === 1n;
}

/** Writes now that an address is proven. @throws the refusal when another account has proven it */
export async function flushProvenAddress(tx: EntityManager, refusal: Refusal): Promise<void> {
  try {
    await tx.flush();
  } catch (error) {
    throw violatedConstraint(error) === 'users_verified_email_unique' ? refusal : error;
  }
}

/** Accounts by id, batched. */
export const usersById = defineLoader<string, User | null>(
  async ({ em }, ids) => {
    const users = await em.find(User, { id: { $in: ids.filter(isId) } });
    return new Map(users.map((user) => [user.id, user]));
  },
  { absent: () => null },
);

/** A page of accounts, the newest first, without those that were erased. */
export function findUsers(
  em: EntityManager,
  filter: { role?: Role | null | undefined; text?: string | null | undefined },
  page: PageRequest,
): Promise<Connection<User>> {
  const conditions = [sql`t.erased_at is null`];
  if (filter.role) conditions.push(sql`t.role = ${filter.role}`);
  if (filter.text) {
    const pattern = `%${filter.text.replace(/[\\%_]/g, '\\$&')}%`;
    conditions.push(sql`(t.first_name || ' ' || t.last_name || ' ' || t.email) ilike ${pattern}`);
  }
  return keysetPage(
    em,
    {
      entity: User,
      from: sql`from accounts.users t where ${sql.join(conditions, sql` and `)}`,
      order: [
        { expression: sql`t.created_at`, type: 'timestamptz', direction: 'desc' },
        { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
      ],
    },
    page,
  );
}
