import type { EntityName } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { entityRows } from '../database/entity-rows.js';
import { readSql, type SqlRow } from '../database/read-sql.js';
import { sqlState } from '../database/transaction.js';
import { type Connection, DEFAULT_PER_PAGE, MOST_PER_PAGE } from '../graphql/connection.js';
import { badUserInput } from '../graphql/errors.js';
import { orderingSql } from './ordering-sql.js';

/** One key of an ordering. The keys of an ordering together are unique and never null: end with the id. */
export interface SortKey {
  /** SQL expression over the list's rows, such as `t.created_at`. */
  expression: RawBuilder<unknown>;
  /** PostgreSQL type of the expression, to which a cursor's text is cast back. */
  type: 'uuid' | 'timestamptz' | 'text' | 'integer' | 'bigint' | 'numeric';
  direction: 'asc' | 'desc';
}

/** Which page is wanted; as the client sent it. */
export interface PageRequest {
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}

/**
 * A list to page through: rows of one table, aliased `t`. They are read as plain objects with the values of the entity's
 * columns, which nothing keeps or writes back.
 */
export interface KeysetList<Entity extends object> {
  entity: EntityName<Entity>;
  /** Everything between FROM and ORDER BY but the keyset, such as `from tutors t where t.hidden_at is null`. */
  from: RawBuilder<unknown>;
  order: readonly SortKey[];
  /**
   * Is one plan good for all pages, whatever the parameters of `from` are? See `readSql`. Its rows then have all columns of
   * the entity. @default false
   */
  prepared?: boolean;
}

/**
 * A look at the next rows of an ordering before all of the list is asked. When enough of them are on the list, the page is
 * full after few rows, however rare the planner takes the list's rows for. Otherwise they are rare, and are sorted.
 */
export interface Walk {
  /** What to walk along, such as `from tutors t where true`; of several, an index gives each in order. */
  from: readonly RawBuilder<unknown>[];
  /** Which of its rows are on the list. */
  where: RawBuilder<unknown>;
  /** Columns of an index: the list's own `order` should say the same in a way that no index has. */
  order: readonly SortKey[];
  /** How many rows are looked at. */
  most: number;
}

/** A list along which one may walk. `from` must have a WHERE. */
export interface WalkableList<Entity extends object> extends KeysetList<Entity> {
  walk: Walk;
}

/** A list below each of several parents, answered for all of them by one statement. */
export interface NestedKeysetList<Entity extends object> extends KeysetList<Entity> {
  /** The column that names the parent, such as `t.order_id`. `from` must have a WHERE. */
  parent: RawBuilder<unknown>;
}

/** What a statement of a page reads along, so that nothing else has to be asked for it, and what it leaves out. */
export interface ReadAlong<Entity extends object> {
  /**
   * Properties that are not read where the list is `prepared`: long texts that the operation does not select and nothing
   * else looks at. The rows are without them.
   */
  without?: readonly (keyof Entity & string)[];
  /** The number of rows of the whole list: where the operation selects it. @default false */
  total?: boolean;
  columns?: readonly ColumnAlong<Entity>[];
}

/** A value that is read along with each row. */
export interface ColumnAlong<Entity extends object> {
  /** SQL expression over the list's rows, such as `(select count(*) from applications a where a.order_id = t.id)`. */
  value: RawBuilder<unknown>;
  /** Takes it, to where those look who want it: a DataLoader's `prime`. */
  take(node: Entity, value: unknown): void;
}

interface Page {
  size: number;
  backwards: boolean;
  bound: string[] | undefined;
}

/**
 * Answers one page by its keys, never by an offset: one statement, however far the page lies.
 *
 * @param along what else that statement reads
 * @throws BAD_USER_INPUT for a page size out of bounds or a cursor that this list did not give
 */
export async function keysetPage<Entity extends object>(
  em: EntityManager,
  list: KeysetList<Entity>,
  request: PageRequest,
  along: ReadAlong<Entity> = {},
): Promise<Connection<Entity>> {
  const page = readPage(request, list.order);
  const rows = await run(
    em,
    list,
    pageOf(list, sql.join([columnsOf(em, list, along), ...columnsAlong(list, along)]), page),
  );
  const total = rows[0]?.['total_along'];
  // A page without rows brings nothing along.
  const count = async (): Promise<number> => (total === undefined ? keysetCount(em, list) : Number(total));
  return toConnection(readerAlong(em, list, along), request, page, rows, count);
}

/**
 * Answers the same page after a walk, in two statements at most.
 *
 * @throws BAD_USER_INPUT for a page size out of bounds or a cursor that this list did not give
 */
export async function walkedPage<Entity extends object>(
  em: EntityManager,
  list: WalkableList<Entity>,
  request: PageRequest,
): Promise<Connection<Entity>> {
  const { walk } = list;
  const page = readPage(request, list.order);
  // Nothing is compared below the limit, so that nothing leads the planner away from the index.
  const end = sql`${ordered(walk, page)} limit ${walk.most}`;
  const ranges = rangesBeyond(walk, page);
  const each = walk.from.flatMap((from) => ranges.map((range) => sql`(select t.* ${from} and ${range} ${end})`));
  const next =
    each.length === 1 ? sql.join(each) : sql`(select t.* from (${sql.join(each, sql` union all `)}) t ${end})`;
  const columns = columnsOf(em, list);
  const walked = { from: sql`from ${next} t where ${walk.where}`, order: walk.order };
  let rows = await run(em, list, pageOf(walked, columns, page));
  if (rows.length <= page.size) {
    // A walk that came to the end has seen all; then this finds nothing at once.
    const isFurther = sql`(select count(*) from ${next} t) = ${walk.most}`;
    const further = { ...list, from: sql`${list.from} and ${isFurther}` };
    const all = await run(em, list, pageOf(further, columns, page));
    if (all.length > 0) rows = all;
  }
  return toConnection(entityRows(em, list.entity).read, request, page, rows, () => keysetCount(em, list));
}

/** Answers the same page of the list below each parent: one statement for all of them. */
export async function nestedKeysetPages<Entity extends object>(
  em: EntityManager,
  list: NestedKeysetList<Entity>,
  parents: readonly string[],
  request: PageRequest,
): Promise<Map<unknown, Connection<Entity>>> {
  const page = readPage(request, list.order);
  const rows = await run(
    em,
    list,
    sql`select parent.id as parent_id, child.* from unnest(${[...parents]}::uuid[]) as parent(id) cross join lateral (
      select ${columnsOf(em, list)}, ${orderingSql(list.order).cursorColumn} ${list.from} and ${list.parent} = parent.id
      ${beyond(list, page)} ${ordered(list, page)} ${limitOf(page)}
    ) child`,
  );
  const counts = onceCounted(em, list, parents);
  const { read } = entityRows(em, list.entity);
  return new Map(
    parents.map((parent) => {
      const own = rows.filter((row) => row['parent_id'] === parent);
      const count = async (): Promise<number> => (await counts()).get(parent) ?? 0;
      return [parent, toConnection(read, request, page, own, count)];
    }),
  );
}

async function keysetCount<Entity extends object>(em: EntityManager, list: KeysetList<Entity>): Promise<number> {
  const [row] = await run(em, list, sql`select count(*)::int as count ${list.from}`);
  return Number(row?.['count']);
}

function onceCounted<Entity extends object>(
  em: EntityManager,
  list: NestedKeysetList<Entity>,
  parents: readonly string[],
): () => Promise<Map<string, number>> {
  let counted: Promise<Map<string, number>> | undefined;
  const count = async (): Promise<Map<string, number>> => {
    const rows = await run(
      em,
      list,
      sql`select ${list.parent} as parent_id, count(*)::int as count ${list.from}
          and ${list.parent} = any(${[...parents]}::uuid[]) group by 1`,
    );
    return new Map(rows.map((row) => [String(row['parent_id']), Number(row['count'])]));
  };
  return () => (counted ??= count());
}

/** SQLSTATE class of values that do not fit: a date that does not exist, a number too large, a text with NUL. */
const DATA_EXCEPTION = '22';

async function run<Entity extends object>(
  em: EntityManager,
  { prepared }: KeysetList<Entity>,
  query: RawBuilder<unknown>,
): Promise<SqlRow[]> {
  try {
    return await readSql(em, query, { prepared });
  } catch (error) {
    if (sqlState(error).startsWith(DATA_EXCEPTION)) {
      throw badUserInput('A filter or cursor holds a value that cannot be compared with; start without it', error);
    }
    throw error;
  }
}

function columnsAlong<Entity extends object>(
  { from }: KeysetList<Entity>,
  { total, columns = [] }: ReadAlong<Entity>,
): RawBuilder<unknown>[] {
  const all = total ? [sql`(select count(*)::int ${from}) as total_along`] : [];
  return [...all, ...columns.map(({ value }, index) => sql`${value} as ${sql.id(`along_${index}`)}`)];
}

/** Reads a row, and gives away what was read along. */
function readerAlong<Entity extends object>(
  em: EntityManager,
  { entity }: KeysetList<Entity>,
  { columns = [] }: ReadAlong<Entity>,
): (row: SqlRow) => Entity {
  const { read } = entityRows(em, entity);
  return (row) => {
    const node = read(row);
    columns.forEach(({ take }, index) => {
      take(node, row[`along_${index}`]);
    });
    return node;
  };
}

/** By name where the statement outlives a migration that adds one; else what `from` has of them. */
function columnsOf<Entity extends object>(
  em: EntityManager,
  { entity, prepared }: KeysetList<Entity>,
  { without = [] }: ReadAlong<Entity> = {},
): RawBuilder<unknown> {
  return prepared ? entityRows(em, entity).columns(without) : sql`t.*`;
}

function pageOf(
  list: Pick<KeysetList<object>, 'from' | 'order'>,
  columns: RawBuilder<unknown>,
  page: Page,
): RawBuilder<unknown> {
  return sql`select ${columns}, ${orderingSql(list.order).cursorColumn} ${list.from} ${beyond(list, page)} ${ordered(list, page)} ${limitOf(page)}`;
}

/** One row more than wanted tells whether there are more. As a literal: of a parameter the planner expects a tenth of all. */
function limitOf({ size }: Page): RawBuilder<unknown> {
  return sql`limit ${sql.lit(size + 1)}`;
}

function ordered({ order }: Pick<KeysetList<object>, 'order'>, page: Page): RawBuilder<unknown> {
  return orderingSql(order)[page.backwards ? 'backwards' : 'forwards'];
}

/** What lies beyond the page's bound, as one condition. An index begins at it by a row comparison or by the first key. */
function beyond(list: Pick<KeysetList<object>, 'order'>, page: Page): RawBuilder<unknown> {
  const { bound } = page;
  const [first] = list.order;
  if (!(bound && first)) return sql``;
  const ranges = rangesBeyond(list, page);
  if (ranges.length === 1) return sql`and ${sql.join(ranges)}`;
  const isAscending = (first.direction === 'asc') !== page.backwards;
  const from = sql`${first.expression} ${isAscending ? sql`>=` : sql`<=`} cast(${bound[0]} as ${sql.raw(first.type)})`;
  return sql`and ${from} and (${sql.join(ranges, sql` or `)})`;
}

/**
 * Conditions which together are what lies beyond the page's bound, each of a range of an index: a row comparison, or, where
 * directions differ, one for each run of keys of the same direction: a > x; a = x and (b, c) < (y, z); …
 */
function rangesBeyond({ order }: Pick<KeysetList<object>, 'order'>, { bound, backwards }: Page): RawBuilder<unknown>[] {
  if (!bound) return [sql`true`];
  const keys = order.map(({ expression, type, direction }, index) => {
    const value = sql`cast(${bound[index]} as ${sql.raw(type)})`;
    return { expression, value, isAscending: (direction === 'asc') !== backwards };
  });
  const starts = keys.flatMap((key, index) => (key.isAscending === keys[index - 1]?.isAscending ? [] : [index]));
  return starts.map((start, run) => {
    const own = keys.slice(start, starts[run + 1]);
    const comparison = own[0]?.isAscending ? sql`>` : sql`<`;
    const further = sql`(${sql.join(own.map(({ expression }) => expression))}) ${comparison} (${sql.join(own.map(({ value }) => value))})`;
    const equal = keys.slice(0, start).map(({ expression, value }) => sql`${expression} = ${value}`);
    return sql`(${sql.join([...equal, further], sql` and `)})`;
  });
}

/** An edge whose cursor is written when somebody asks for it: few do but for the last one's. */
class KeysetEdge<Entity> {
  constructor(
    private readonly keys: string,
    readonly node: Entity,
  ) {}

  get cursor(): string {
    return Buffer.from(this.keys).toString('base64url');
  }
}

function toConnection<Entity extends object>(
  read: (row: SqlRow) => Entity,
  request: PageRequest,
  page: Page,
  rows: SqlRow[],
  totalCount: () => Promise<number>,
): Connection<Entity> {
  const more = rows.length > page.size;
  const wanted = rows.slice(0, page.size);
  if (page.backwards) wanted.reverse();
  const edges = wanted.map((row) => new KeysetEdge(String(row['cursor_keys']), read(row)));
  return {
    edges,
    totalCount,
    pageInfo: {
      hasNextPage: page.backwards ? Boolean(request.before) : more,
      hasPreviousPage: page.backwards ? more : Boolean(request.after),
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function readPage(request: PageRequest, order: readonly SortKey[]): Page {
  const { first, last, after, before } = request;
  const given = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;
  if (given(first) && given(last)) throw badUserInput('Give either first or last, not both');
  const backwards = given(last);
  if (backwards ? given(after) : given(before)) throw badUserInput('Use after with first, and before with last');
  const size = (backwards ? last : first) ?? DEFAULT_PER_PAGE;
  if (size < 0 || size > MOST_PER_PAGE) {
    throw badUserInput(`${backwards ? 'last' : 'first'} must be between 0 and ${MOST_PER_PAGE}`);
  }
  const cursor = backwards ? before : after;
  return { size, backwards, bound: given(cursor) ? readCursor(cursor, order) : undefined };
}

const checks: Record<SortKey['type'], z.ZodType<string>> = {
  uuid: z.uuid(),
  timestamptz: z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?([+-]\d\d(:\d\d)?)?$/),
  text: z.string().max(1_000),
  integer: z.string().regex(/^-?\d{1,10}$/),
  bigint: z.string().regex(/^-?\d{1,19}$/),
  numeric: z.string().regex(/^-?\d{1,40}(\.\d{1,40})?$/),
};

function readCursor(cursor: string, order: readonly SortKey[]): string[] {
  try {
    const keys = z
      .array(z.string())
      .length(order.length)
      .parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return order.map(({ type }, index) => checks[type].parse(keys[index]));
  } catch (cause) {
    throw badUserInput('The cursor is not one that this list gave; start without it', cause);
  }
}
