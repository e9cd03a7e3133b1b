import type { EntityName } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import { entityRows } from './entity-rows.js';

/** An expression for the row with a key as one JSON value, so that another table's statement reads it along; null without one. */
export function jsonRow<Entity extends object>(
  em: EntityManager,
  entity: EntityName<Entity>,
  key: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const { table, keyName } = entityRows(em, entity);
  return sql`(select row_to_json(along) from ${table} along where along.${sql.id(keyName)} = ${key})`;
}

/** Reads what {@link jsonRow} gave, as `readRows` reads a row. Times have milliseconds, as ever. */
export function readJsonRow<Entity extends object>(
  em: EntityManager,
  entity: EntityName<Entity>,
  row: unknown,
): Entity | null {
  // The driver has parsed it; it is what `row_to_json` wrote.
  return row === null ? null : entityRows(em, entity).read(row as Readonly<Record<string, unknown>>);
}
