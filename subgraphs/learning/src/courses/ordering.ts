import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';

/** An ordered list: modules of a version, or lessons of a module. Its places are 1, 2, … without a hole. */
export type OrderedList = { modulesOf: string } | { lessonsOf: string };

/** How many there are. */
export async function lengthOf(tx: EntityManager, list: OrderedList): Promise<number> {
  const { table, parent, id } = namesOf(list);
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${table} where ${parent} = ${id}`.execute(tx.getKysely());
  return rows[0]?.count ?? 0;
}

/** Makes room at a place; the list may be out of order until the transaction ends. */
export async function openPlace(tx: EntityManager, list: OrderedList, position: number): Promise<void> {
  const { table, parent, id } = namesOf(list);
  await sql`update ${table} set position = position + 1 where ${parent} = ${id} and position >= ${position}`.execute(
    tx.getKysely(),
  );
}

/** Closes the place that somebody has left. */
export async function closePlace(tx: EntityManager, list: OrderedList, position: number): Promise<void> {
  const { table, parent, id } = namesOf(list);
  await sql`update ${table} set position = position - 1 where ${parent} = ${id} and position > ${position}`.execute(
    tx.getKysely(),
  );
}

/** Moves one within its list, from a place to another. Those between step aside. */
export async function movePlace(tx: EntityManager, list: OrderedList, from: number, to: number): Promise<void> {
  const { table, parent, id } = namesOf(list);
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  await sql`
    update ${table} set position = case when position = ${from} then ${to} when ${from}::int < ${to} then position - 1 else position + 1 end
     where ${parent} = ${id} and position between ${low} and ${high}`.execute(tx.getKysely());
}

function namesOf(list: OrderedList) {
  if ('modulesOf' in list) {
    return { table: sql.table('learning.course_modules'), parent: sql.ref('version_id'), id: list.modulesOf };
  }
  return { table: sql.table('learning.lessons'), parent: sql.ref('module_id'), id: list.lessonsOf };
}
