import type { EntityManager } from '@mikro-orm/postgresql';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, nestedKeysetPages, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { Difference } from './difference.entity.js';
import { Reconciliation } from './reconciliation.entity.js';

/** A page of reconciliations, the newest first. */
export function findReconciliations(em: EntityManager, page: PageRequest): Promise<Connection<Reconciliation>> {
  return keysetPage(
    em,
    {
      entity: Reconciliation,
      from: sql`from payments.reconciliations t where true`,
      order: [
        { expression: sql`t.started_at`, type: 'timestamptz', direction: 'desc' },
        { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
      ],
    },
    page,
  );
}

/** Which page of the differences of which reconciliation. */
interface DifferencesKey {
  reconciliationId: string;
  page: PageRequest;
}

/** What reconciliations found, batched: the same page of all of them is one statement. */
export const differencePages = defineLoader<DifferencesKey, Connection<Difference>>(
  async ({ em }, keys) => {
    const found = new Map<unknown, Connection<Difference>>();
    for (const alike of Map.groupBy(keys, ({ page }) => pageKey(page)).values()) {
      const [{ page } = { page: {} }] = alike;
      const ids = alike.map(({ reconciliationId }) => reconciliationId);
      const pages = await nestedKeysetPages(em, differences, ids, page);
      for (const [id, connection] of pages) found.set(keyOf({ reconciliationId: String(id), page }), connection);
    }
    return found;
  },
  {
    keyOf,
    absent: () => {
      throw new Error('A page of differences was not answered');
    },
  },
);

const differences = {
  entity: Difference,
  from: sql`from payments.differences t where true`,
  parent: sql`t.reconciliation_id`,
  order: [{ expression: sql`t.id`, type: 'uuid' as const, direction: 'asc' as const }],
};

/** Until when the daily reconciliations have compared, or when the ledger begins; null when it is empty. */
export async function comparedUntil(em: EntityManager): Promise<Date | null> {
  const { rows } = await sql<{ until: string | null }>`
    select coalesce(
      (select max(to_time) from payments.reconciliations where requested_by is null and status in ('MATCHED', 'DIFFERENT')),
      (select min(recorded_at) from payments.journals)) as until`.execute(em.getKysely());
  const until = rows[0]?.until;
  return until ? new Date(until) : null;
}

function keyOf({ reconciliationId, page }: DifferencesKey): string {
  return `${reconciliationId} ${pageKey(page)}`;
}

function pageKey({ first, after, last, before }: PageRequest): string {
  return JSON.stringify([first, after, last, before]);
}
