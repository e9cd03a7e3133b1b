import type { EntityName } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { entityRows } from './entity-rows.js';
import { readSql } from './read-sql.js';

/**
 * Reads entities by their keys that are only read through, as plain objects: nothing is hydrated, kept in the identity map
 * or written back, which costs a fraction of what `em.find` does. Those that are not there are left out.
 *
 * @param ids the primary keys, of which each is one column; uuids must be such
 */
export async function readRows<Entity extends object>(
  em: EntityManager,
  entity: EntityName<Entity>,
  ids: readonly string[],
): Promise<Entity[]> {
  const { table, columns, keyName, read } = entityRows(em, entity);
  const rows = await readSql(
    em,
    sql`select ${columns()} from ${table} t where t.${sql.id(keyName)} = any(${[...ids]})`,
    {
      prepared: true,
    },
  );
  return rows.map(read);
}
