import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';

/** A table of this room, and the types of the columns that are written, by the names of properties. */
export interface Upserted<Row> {
  table: string;
  key: readonly (keyof Row & string)[];
  columns: Readonly<Record<keyof Row & string, string>>;
  /** Columns that are written with a new row only. @default none */
  onlyNew?: readonly (keyof Row & string)[];
}

/**
 * Writes rows by their key in one statement, and leaves alone those that are the same already.
 *
 * @param told the column whose values are told
 * @returns its value for each row that is new or changed
 */
export async function upsert<Row extends object>(
  tx: EntityManager,
  { table, key, columns, onlyNew = [] }: Upserted<Row>,
  rows: readonly Row[],
  told: keyof Row & string,
): Promise<string[]> {
  if (rows.length === 0) return [];
  const names = Object.keys(columns) as (keyof Row & string)[];
  const written = names.map(columnOf);
  const changing = names.filter((name) => !key.includes(name) && !onlyNew.includes(name)).map(columnOf);
  const list = (prefix: string): string => changing.map((column) => `${prefix}.${column}`).join(', ');
  // In the order of keys, so that two that write the same rows wait for each other and not crosswise.
  const { rows: changed } = await sql<{ told: string }>`
    insert into recommendations.${sql.raw(table)} as t (${sql.raw(written.join(', '))})
    select r.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (${sql.raw(names.map((name) => `"${name}" ${columns[name]}`).join(', '))})
     order by ${sql.raw(key.map((name) => `r."${name}"`).join(', '))}
    on conflict (${sql.raw(key.map(columnOf).join(', '))}) do update
      set ${sql.raw(changing.map((column) => `${column} = excluded.${column}`).join(', '))}
    where (${sql.raw(list('t'))}) is distinct from (${sql.raw(list('excluded'))})
    returning t.${sql.raw(columnOf(told))} as told`.execute(tx.getKysely());
  return changed.map((row) => row.told);
}

function columnOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
