import type { EntityManager } from '@mikro-orm/postgresql';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { Policy } from './policy.entity.js';

/** The policy that holds for new bookings; the first one comes with the database. */
export function currentPolicy(em: EntityManager): Promise<Policy> {
  return em.findOneOrFail(Policy, { version: { $gt: 0 } }, { orderBy: { version: 'desc' } });
}

/** The policy under which a booking was made. */
export function policyOf(em: EntityManager, { policyId }: { policyId: string }): Promise<Policy> {
  return em.findOneOrFail(Policy, { id: policyId });
}

/** Policies by id, batched. */
export const policiesById = defineLoader<string, Policy | null>(
  async ({ em }, ids) => {
    const policies = await em.find(Policy, { id: { $in: [...ids] } });
    return new Map(policies.map((policy) => [policy.id, policy]));
  },
  { absent: () => null },
);

/** A page of all policies, the newest first. */
export function findPolicies(em: EntityManager, page: PageRequest): Promise<Connection<Policy>> {
  return keysetPage(
    em,
    {
      entity: Policy,
      from: sql`from marketplace.policies t where true`,
      order: [{ expression: sql`t.version`, type: 'integer', direction: 'desc' }],
    },
    page,
  );
}

/** The policy that holds for new bookings, once a request. */
export const policyNow = defineLoader<'now', Policy>(async ({ em }) => new Map([['now', await currentPolicy(em)]]), {
  absent: () => {
    throw new Error('There is no policy; run the migrations');
  },
});
