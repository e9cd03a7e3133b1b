import type { EntityManager } from '@mikro-orm/postgresql';
import type { LocalEmbedder } from '@tutorgraph/kit/ai/local-embedder';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { sql } from 'kysely';
import { localKnowledge } from './knowledge-embedder.js';
import { type IndexedEntry, indexEntries } from './knowledge-index.js';

const AT_ONCE = 20;

/** Brings lessons of versions that were published into the knowledge base, those that are not there yet. */
export async function addPublishedLessons(em: EntityManager): Promise<void> {
  const { embedder } = await localKnowledge();
  for (let count = AT_ONCE; count === AT_ONCE; ) {
    count = await transaction(em, (tx) => addLessons(tx, embedder));
  }
}

/** Lessons that say something, as entries with their vectors: a published lesson never changes. @returns how many */
async function addLessons(tx: EntityManager, embedder: LocalEmbedder): Promise<number> {
  const db = tx.getKysely();
  const { rows: lessons } = await sql<{ id: string }>`
    select l.id from learning.lessons l join learning.course_versions v on v.id = l.version_id
     where v.status <> 'DRAFT' and length(trim(l.body)) > 0
       and not exists (select from learning.knowledge_entries t where t.lesson_id = l.id)
     order by l.id limit ${AT_ONCE}`.execute(db);
  if (lessons.length === 0) return 0;
  const now = new Date();
  const added = lessons.map(({ id }) => ({ id: newId(), lesson_id: id }));
  const { rows } = await sql<IndexedEntry>`
    insert into learning.knowledge_entries (id, kind, language, title, body, lesson_id, created_at, updated_at)
    select n.id, 'LESSON', case when o.language = 'ru' then 'ru' else 'en' end, o.title || ': ' || l.title, l.body, l.id,
        ${now}, ${now}
      from jsonb_to_recordset(${JSON.stringify(added)}::jsonb) as n(id uuid, lesson_id uuid)
      join learning.lessons l on l.id = n.lesson_id
      join learning.course_versions v on v.id = l.version_id join learning.courses o on o.id = v.course_id
    on conflict (lesson_id) do nothing
    returning id, title, body`.execute(db);
  await indexEntries(tx, rows, embedder);
  return lessons.length;
}
