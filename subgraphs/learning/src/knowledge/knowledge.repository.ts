import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, type PageRequest, type SortKey } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { KnowledgeEntry } from './knowledge.entity.js';
import type { KnowledgeKind, KnowledgeLanguage } from './knowledge.rules.js';
import { readableBy } from './visibility.js';

/** Which entries are looked for. */
export interface KnowledgeSearch {
  kind?: KnowledgeKind | null | undefined;
  language?: KnowledgeLanguage | null | undefined;
  search?: string | null | undefined;
}

const NEWEST_FIRST: readonly SortKey[] = [
  { expression: sql`t.updated_at`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
];

/** A page of the entries that the viewer may read, the newest first. */
export function findEntries(
  context: RequestContext,
  { kind, language, search }: KnowledgeSearch,
  page: PageRequest,
): Promise<Connection<KnowledgeEntry>> {
  const conditions = [
    readableBy(context),
    ...(kind ? [sql`t.kind = ${kind}`] : []),
    ...(language ? [sql`t.language = ${language}`] : []),
    ...(search
      ? [
          sql`exists (select from learning.knowledge_chunks c
                where c.entry_id = t.id and c.document @@ websearch_to_tsquery('russian', ${search}))`,
        ]
      : []),
  ];
  const from = sql`from learning.knowledge_entries t where ${sql.join(conditions, sql` and `)}`;
  return keysetPage(context.em, { entity: KnowledgeEntry, from, order: NEWEST_FIRST }, page);
}

/** Entries that the viewer may read, batched. */
export const visibleEntries = defineLoader<string, KnowledgeEntry | null>(
  async (context, ids) => {
    const { rows } = await sql<{ id: string }>`
      select t.id from learning.knowledge_entries t
       where t.id = any (${ids.filter(isId)}::uuid[]) and ${readableBy(context)}`.execute(context.em.getKysely());
    const entries = await context.em.find(KnowledgeEntry, { id: { $in: rows.map(({ id }) => id) } });
    return new Map(entries.map((entry) => [entry.id, entry]));
  },
  { absent: () => null },
);

/** An entry to be changed, locked. */
export function lockEntry(tx: EntityManager, id: string): Promise<KnowledgeEntry | null> {
  if (!isId(id)) return Promise.resolve(null);
  return tx.findOne(KnowledgeEntry, { id, removedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}
