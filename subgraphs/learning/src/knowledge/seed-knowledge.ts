import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { sql } from 'kysely';
import { embedLocally } from './embed-knowledge.job.js';
import { KnowledgeEntry } from './knowledge.entity.js';
import { localKnowledge } from './knowledge-embedder.js';
import { indexEntries } from './knowledge-index.js';
import { type ShippedEntry, shippedId } from './shipped-knowledge.js';

const AT_ONCE = 40;

/**
 * Brings what came with the program into the knowledge base: what is new there, and what has changed and was not edited by
 * anybody. Processes that do it at once do no harm: each entry is written under its lock.
 */
export async function seedKnowledge(em: EntityManager, signal: AbortSignal): Promise<void> {
  const { entries } = await localKnowledge();
  const known = await em
    .fork()
    .find(KnowledgeEntry, { slug: { $ne: null } }, { fields: ['slug', 'language', 'shipped'] });
  const shipped = new Map(known.map((entry) => [`${entry.slug} ${entry.language}`, entry.shipped]));
  const missing = entries.filter(({ slug, language, hash }) => shipped.get(`${slug} ${language}`) !== hash);
  for (let from = 0; from < missing.length && !signal.aborted; from += AT_ONCE) {
    await seed(em, missing.slice(from, from + AT_ONCE));
  }
  // Those of an earlier release have vectors of its model.
  if (!signal.aborted) await embedLocally(em);
}

async function seed(em: EntityManager, entries: readonly ShippedEntry[]): Promise<void> {
  const { embedder } = await localKnowledge();
  const rows = entries.map((entry) => ({ ...entry, id: shippedId(entry) }));
  await transaction(em, async (tx) => {
    const now = new Date();
    const { rows: written } = await sql<{ id: string; title: string; body: string }>`
      insert into learning.knowledge_entries as known
        (id, slug, kind, language, title, body, shipped, created_at, updated_at)
      select id, slug, kind, language, title, body, hash, ${now}, ${now}
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as
          e(id uuid, slug text, kind text, language text, title text, body text, hash text)
       order by slug, language
      on conflict (slug, language) do update set kind = excluded.kind, title = excluded.title, body = excluded.body,
        shipped = excluded.shipped, updated_at = excluded.updated_at
        where known.shipped <> excluded.shipped and known.removed_at is null
      returning id, title, body`.execute(tx.getKysely());
    await indexEntries(tx, written, embedder);
  });
}
