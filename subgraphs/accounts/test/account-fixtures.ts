import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import type { RequestMetadata } from '@tutorgraph/kit/graphql/context';
import type { TestGraph, TestResult } from '@tutorgraph/kit/testing/graph';
import type { Role } from '@tutorgraph/kit/viewer/viewer';
import { hashPassword } from '../src/passwords/password.js';
import { User } from '../src/users/user.entity.js';

export const PASSWORD = 'a long enough password';

/** The accounts room's database. */
export function database(graph: TestGraph): EntityManager {
  const accounts = graph.rooms.get('accounts');
  if (!accounts) throw new Error('accounts did not start');
  return accounts.orm.em.fork();
}

let count = 0;

/** Adds an account past the API: verified, with the usual password and an address of its own unless told otherwise. */
export async function addAccount(
  graph: TestGraph,
  options: Partial<Pick<User, 'email' | 'emailVerifiedAt' | 'passwordHash' | 'telegramId' | 'username'>> & {
    password?: string;
    suspendedAt?: Date;
    role?: Role;
  } = {},
): Promise<{ id: string; email: string; password: string }> {
  const { password = PASSWORD, email = `account${++count}-${process.pid}@test.tutorgraph.example`, ...rest } = options;
  const now = new Date();
  const em = database(graph);
  const id = newId();
  em.create(User, {
    id,
    email,
    emailVerifiedAt: email ? now : null,
    passwordHash: rest.passwordHash === undefined ? await hashPassword(password) : rest.passwordHash,
    username: null,
    firstName: 'Anna',
    lastName: 'Karenina',
    phone: null,
    telegramId: null,
    telegramUsername: null,
    telegramPhotoUrl: null,
    avatarKey: null,
    role: 'STUDENT',
    roleChangedAt: null,
    locale: 'en',
    timeZone: 'UTC',
    suspendedAt: null,
    erasedAt: null,
    createdAt: now,
    updatedAt: now,
    ...rest,
  });
  await em.flush();
  return { id, email: email ?? '', password };
}

/** Runs an operation as a client with traits of its own. */
export async function runAs(
  graph: TestGraph,
  metadata: Partial<RequestMetadata>,
  query: string,
  variables: object = {},
): Promise<TestResult> {
  const room = graph.rooms.get('accounts');
  if (!room) throw new Error('accounts did not start');
  const request = { query, variables: { ...variables } };
  const result = await room.subgraph.execute(request, { requestId: randomUUID(), ...metadata });
  return {
    data: result.data ?? {},
    errors: result.errors,
    codes: (result.errors ?? []).map(({ extensions }) => String(extensions['code'])),
  };
}
