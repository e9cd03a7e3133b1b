import type { EntityName } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import { entityRows } from './entity-rows.js';
import { fixedSql } from './read-sql.js';

/** By key and entity: keys that are constants are put together once. */
const expressions = new WeakMap<RawBuilder<unknown>, Map<unknown, RawBuilder<unknown>>>();

/**
 * An expression for the row with a key as one JSON value, so that another table's statement reads it along; null without
 * one.
 *
 * @param key the column that points to it, such as `t.subject_id`: a constant, for which the rest is put together once
 */
export function jsonRow<Entity extends object>(
  em: EntityManager,
  entity: EntityName<Entity>,
  key: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const made = expressions.get(key) ?? new Map<unknown, RawBuilder<unknown>>();
  expressions.set(key, made);
  const { table, keyName } = entityRows(em, entity);
  const expression =
    made.get(entity) ??
    fixedSql(sql`(select row_to_json(along) from ${table} along where along.${sql.id(keyName)} = ${key})`);
  made.set(entity, expression);
  return expression;
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
