import { z } from 'zod';
import type { Ask, Question } from './ask.js';

const user = z
  .object({
    id: z.uuid(),
    displayName: z.string(),
    isErased: z.boolean(),
    suspendedAt: z.string().nullable(),
    timeZone: z.string().nullable(),
  })
  .transform(({ id, displayName, isErased, suspendedAt, timeZone }) => ({
    id,
    /** Empty once the account was deleted. */
    name: isErased ? '' : displayName,
    isErased,
    isSuspended: suspendedAt !== null,
    timeZone: timeZone ?? 'UTC',
  }));

const USER = {
  room: 'accounts',
  type: 'User',
  fields: ['displayName', 'isErased', 'suspendedAt', 'timeZone'],
  schema: user,
} satisfies Question;

/** Somebody with an account, or whose account was deleted. */
export type Person = z.output<typeof user>;

/** Somebody; null when there has never been such an account or it was removed. */
export function personOf(ask: Ask, userId: string): Promise<Person | null> {
  return ask.entity(USER, userId);
}

/** Several people by their ids. */
export async function peopleOf(ask: Ask, userIds: Iterable<string>): Promise<Map<string, Person>> {
  const people = await Promise.all([...new Set(userIds)].map((id) => personOf(ask, id)));
  return new Map(people.flatMap((person) => (person ? [[person.id, person] as const] : [])));
}

const ROLE = {
  room: 'accounts',
  type: 'User',
  fields: ['role'],
  schema: z.object({ role: z.string().nullable() }),
} satisfies Question;

/** What somebody is to the platform; null when there is no such account. */
export async function roleOf(ask: Ask, userId: string): Promise<string | null> {
  return (await ask.entity(ROLE, userId))?.role ?? null;
}

const STAFF = {
  room: 'accounts',
  name: 'usersWithPermission',
  query: `query ($permission: String!, $first: Int!, $after: ID) {
    usersWithPermission(permission: $permission, first: $first, after: $after)
  }`,
  schema: z.array(z.uuid()),
};
const PAGE = 500;

/** Everybody of staff who may do something now. */
export async function staffWith(ask: Ask, permission: string): Promise<string[]> {
  const all: string[] = [];
  for (;;) {
    const page = await ask.field(STAFF, { permission, first: PAGE, after: all.at(-1) ?? null });
    all.push(...page);
    if (page.length < PAGE) return all;
  }
}
