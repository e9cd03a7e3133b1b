import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import type { Role } from '@tutorgraph/kit/viewer/viewer';
import { sql } from 'kysely';
import { User } from './user.entity.js';

/** An account by id. */
export function findUser(em: EntityManager, id: string): Promise<User | null> {
  return isId(id) ? em.findOne(User, { id }) : Promise.resolve(null);
}

/** An account by its address in lower case. */
export async function findUserByEmail(em: EntityManager, email: string): Promise<User | null> {
  // PostgreSQL refuses a text with a zero character, so no address has one.
  return email.includes('\0') ? null : em.findOne(User, { email });
}

/** The verified and the unverified account of an address in lower case, as far as there are any. */
export async function findUsersByEmail(em: EntityManager, email: string): Promise<User[]> {
  return email.includes('\0') ? [] : em.find(User, { email });
}

/**
 * Adds an account unless its address has one.
 *
 * @returns whether it was added; two registrations of one address at once add one
 */
export async function insertUser(tx: EntityManager, user: User): Promise<boolean> {
  const { numInsertedOrUpdatedRows: added } = await tx
    .getKysely<{ users: Record<string, unknown> }>()
    .withSchema('accounts')
    .insertInto('users')
    .values({
      id: user.id,
      email: user.email,
      password_hash: user.passwordHash,
      first_name: user.firstName,
      last_name: user.lastName,
      role: user.role,
      locale: user.locale,
      time_zone: user.timeZone,
      created_at: user.createdAt,
      updated_at: user.updatedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(added) === 1;
}

/** Accounts by id, batched. */
export const usersById = defineLoader<string, User | null>(
  async ({ em }, ids) => {
    const users = await em.find(User, { id: { $in: ids.filter(isId) } });
    return new Map(users.map((user) => [user.id, user]));
  },
  { absent: () => null },
);

/** A page of accounts, the newest first. */
export function findUsers(
  em: EntityManager,
  filter: { role?: Role | null | undefined; text?: string | null | undefined },
  page: PageRequest,
): Promise<Connection<User>> {
  const conditions = [sql`true`];
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
