import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { sql } from 'kysely';
import { cloneHomework } from '../homework/clone-homework.js';
import { cloneTests } from '../tests/clone-tests.js';

/** Copies all that is in a version into another one that is empty: modules, lessons, what they wait for, tests and homework. */
export async function cloneVersion(tx: EntityManager, fromId: string, toId: string): Promise<void> {
  const modules = await newIds(tx, 'course_modules', fromId);
  const lessons = await newIds(tx, 'lessons', fromId);
  const kysely = tx.getKysely();
  await sql`
    insert into learning.course_modules (id, version_id, lineage_id, position, title, description)
    select n.new_id, ${toId}::uuid, m.lineage_id, m.position, m.title, m.description
      from learning.course_modules m join ${pairs(modules)} on n.old_id = m.id`.execute(kysely);
  await sql`
    insert into learning.lessons (id, version_id, module_id, lineage_id, position, kind, title, body, video_url,
      minutes, is_preview, is_optional)
    select n.new_id, ${toId}::uuid, m.id, l.lineage_id, l.position, l.kind, l.title, l.body, l.video_url,
      l.minutes, l.is_preview, l.is_optional
      from learning.lessons l join ${pairs(lessons)} on n.old_id = l.id
      join learning.course_modules former on former.id = l.module_id
      join learning.course_modules m on m.version_id = ${toId}::uuid and m.lineage_id = former.lineage_id`.execute(
    kysely,
  );
  await sql`
    insert into learning.lesson_prerequisites (lesson_id, required_id)
    select n.new_id, r.id from learning.lesson_prerequisites p join ${pairs(lessons)} on n.old_id = p.lesson_id
      join learning.lessons former on former.id = p.required_id
      join learning.lessons r on r.version_id = ${toId}::uuid and r.lineage_id = former.lineage_id`.execute(kysely);
  await cloneTests(tx, lessons);
  await cloneHomework(tx, lessons);
}

async function newIds(
  tx: EntityManager,
  table: 'course_modules' | 'lessons',
  versionId: string,
): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(`learning.${table}`)} where version_id = ${versionId} order by id`.execute(
    tx.getKysely(),
  );
  return new Map(rows.map(({ id }) => [id, newId()]));
}

/** Old and new ids as a table `n`. */
function pairs(ids: ReadonlyMap<string, string>) {
  return sql`unnest(${[...ids.keys()]}::uuid[], ${[...ids.values()]}::uuid[]) as n(old_id, new_id)`;
}
