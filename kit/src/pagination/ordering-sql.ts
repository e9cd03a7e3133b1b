import { type RawBuilder, sql } from 'kysely';
import { fixedSql } from '../database/read-sql.js';
import type { SortKey } from './keyset.js';

/** What follows from an ordering alone, which is put together once where the ordering is a constant. */
interface OrderingSql {
  cursorColumn: RawBuilder<unknown>;
  forwards: RawBuilder<unknown>;
  backwards: RawBuilder<unknown>;
}

const orderings = new WeakMap<readonly SortKey[], OrderingSql>();
/** A page looks at its ordering a few times: one that is made anew for each page does not come so often. */
const CONSTANT_AT_USE = 10;
const uses = new WeakMap<readonly SortKey[], number>();

/** The SQL of an ordering. */
export function orderingSql(order: readonly SortKey[]): OrderingSql {
  const known = orderings.get(order);
  if (known) return known;
  const plain = {
    cursorColumn: cursorColumnOf(order),
    forwards: orderBy(order, false),
    backwards: orderBy(order, true),
  };
  const use = (uses.get(order) ?? 0) + 1;
  uses.set(order, use);
  if (use < CONSTANT_AT_USE) return plain;
  const fixed = {
    cursorColumn: fixedSql(plain.cursorColumn),
    forwards: fixedSql(plain.forwards),
    backwards: fixedSql(plain.backwards),
  };
  orderings.set(order, fixed);
  return fixed;
}

function cursorColumnOf(order: readonly SortKey[]): RawBuilder<unknown> {
  return sql`json_build_array(${sql.join(order.map(({ expression }) => sql`(${expression})::text`))})::text as cursor_keys`;
}

function orderBy(order: readonly SortKey[], backwards: boolean): RawBuilder<unknown> {
  const keys = order.map(({ expression, direction }) => {
    const ascending = (direction === 'asc') !== backwards;
    return ascending ? sql`${expression} asc` : sql`${expression} desc`;
  });
  return sql`order by ${sql.join(keys)}`;
}
