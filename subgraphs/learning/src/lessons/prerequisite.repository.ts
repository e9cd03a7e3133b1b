import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Prerequisite } from './prerequisite.rules.js';

/** What waits for what in a version. */
export async function prerequisitesOfVersion(em: EntityManager, versionId: string): Promise<Prerequisite[]> {
  const { rows } = await sql<Prerequisite>`
    select p.lesson_id as "lessonId", p.required_id as "requiredId" from learning.lesson_prerequisites p
      join learning.lessons l on l.id = p.lesson_id where l.version_id = ${versionId}
     order by p.lesson_id, p.required_id`.execute(em.getKysely());
  return rows;
}
