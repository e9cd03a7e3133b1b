import type { EntityManager, EntityName } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { sqlState } from '../database/transaction.js';
import { type Connection, DEFAULT_PER_PAGE, MOST_PER_PAGE } from '../graphql/connection.js';
import { badUserInput } from '../graphql/errors.js';

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

/** A list to page through: rows of one table, aliased `t`. */
export interface KeysetList<Entity extends object> {
  entity: EntityName<Entity>;
  /** Everything between FROM and ORDER BY but the keyset, such as `from tutors t where t.hidden_at is null`. */
  from: RawBuilder<unknown>;
  order: readonly SortKey[];
}

/**
 * A look at the next rows of an ordering before all of the list is asked. When enough of them are on the list, the page is
 * full after few rows, however rare the planner takes the list's rows for. Otherwise they are rare, and are sorted.
 */
export interface Walk {
  /** What to walk along, such as `from tutors t where true`. */
  from: RawBuilder<unknown>;
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

interface Page {
  size: number;
  backwards: boolean;
  bound: string[] | undefined;
}

/**
 * Answers one page by its keys, never by an offset: one statement, however far the page lies.
 *
 * @throws BAD_USER_INPUT for a page size out of bounds or a cursor that this list did not give
 */
export async function keysetPage<Entity extends object>(
  em: SqlEntityManager,
  list: KeysetList<Entity>,
  request: PageRequest,
): Promise<Connection<Entity>> {
  const page = readPage(request, list.order);
  const rows = await run(em, pageOf(list, page));
  return toConnection(em, list, request, page, rows, () => keysetCount(em, list));
}

/**
 * Answers the same page after a walk, in two statements at most.
 *
 * @throws BAD_USER_INPUT for a page size out of bounds or a cursor that this list did not give
 */
export async function walkedPage<Entity extends object>(
  em: SqlEntityManager,
  list: WalkableList<Entity>,
  request: PageRequest,
): Promise<Connection<Entity>> {
  const { walk } = list;
  const page = readPage(request, list.order);
  // Nothing is compared below the limit, so that nothing leads the planner away from the index.
  const next = sql`select t.* ${walk.from} ${beyond(walk, page)} ${ordered(walk, page)} limit ${walk.most}`;
  let rows = await run(em, pageOf({ from: sql`from (${next}) t where ${walk.where}`, order: walk.order }, page));
  if (rows.length <= page.size) {
    // A walk that came to the end has seen all; then this finds nothing at once.
    const isFurther = sql`(select count(*) from (${next}) t) = ${walk.most}`;
    const all = await run(em, pageOf({ ...list, from: sql`${list.from} and ${isFurther}` }, page));
    if (all.length > 0) rows = all;
  }
  return toConnection(em, list, request, page, rows, () => keysetCount(em, list));
}

/** Answers the same page of the list below each parent: one statement for all of them. */
export async function nestedKeysetPages<Entity extends object>(
  em: SqlEntityManager,
  list: NestedKeysetList<Entity>,
  parents: readonly string[],
  request: PageRequest,
): Promise<Map<unknown, Connection<Entity>>> {
  const page = readPage(request, list.order);
  const rows = await run(
    em,
    sql`select parent.id as parent_id, child.* from unnest(${[...parents]}::uuid[]) as parent(id) cross join lateral (
      select t.*, ${cursorColumn(list.order)} ${list.from} and ${list.parent} = parent.id ${beyond(list, page)}
      ${ordered(list, page)} limit ${page.size + 1}
    ) child`,
  );
  const counts = onceCounted(em, list, parents);
  return new Map(
    parents.map((parent) => {
      const own = rows.filter((row) => row['parent_id'] === parent);
      const count = async (): Promise<number> => (await counts()).get(parent) ?? 0;
      return [parent, toConnection(em, list, request, page, own, count)];
    }),
  );
}

async function keysetCount<Entity extends object>(em: SqlEntityManager, list: KeysetList<Entity>): Promise<number> {
  const [row] = await run(em, sql`select count(*)::int as count ${list.from}`);
  return Number(row?.['count']);
}

function onceCounted<Entity extends object>(
  em: SqlEntityManager,
  list: NestedKeysetList<Entity>,
  parents: readonly string[],
): () => Promise<Map<string, number>> {
  let counted: Promise<Map<string, number>> | undefined;
  const count = async (): Promise<Map<string, number>> => {
    const rows = await run(
      em,
      sql`select ${list.parent} as parent_id, count(*)::int as count ${list.from}
          and ${list.parent} = any(${[...parents]}::uuid[]) group by 1`,
    );
    return new Map(rows.map((row) => [String(row['parent_id']), Number(row['count'])]));
  };
  return () => (counted ??= count());
}

type Row = Record<string, unknown>;

/** SQLSTATE class of values that do not fit: a date that does not exist, a number too large, a text with NUL. */
const DATA_EXCEPTION = '22';

async function run(em: SqlEntityManager, query: RawBuilder<unknown>): Promise<Row[]> {
  try {
    const { rows } = await (query as RawBuilder<Row>).execute(em.getKysely());
    return rows;
  } catch (error) {
    if (sqlState(error).startsWith(DATA_EXCEPTION)) {
      throw badUserInput('A filter or cursor holds a value that cannot be compared with; start without it', error);
    }
    throw error;
  }
}

function cursorColumn(order: readonly SortKey[]): RawBuilder<unknown> {
  return sql`json_build_array(${sql.join(order.map(({ expression }) => sql`(${expression})::text`))})::text as cursor_keys`;
}

function pageOf(list: Pick<KeysetList<object>, 'from' | 'order'>, page: Page): RawBuilder<unknown> {
  return sql`select t.*, ${cursorColumn(list.order)} ${list.from} ${beyond(list, page)} ${ordered(list, page)} limit ${page.size + 1}`;
}

function ordered(list: Pick<KeysetList<object>, 'order'>, page: Page): RawBuilder<unknown> {
  const keys = list.order.map(({ expression, direction }) => {
    const ascending = (direction === 'asc') !== page.backwards;
    return ascending ? sql`${expression} asc` : sql`${expression} desc`;
  });
  return sql`order by ${sql.join(keys)}`;
}

/**
 * A row comparison, or, when directions differ, what one would mean: (a > x) or (a = x and b > y) or … An index begins at
 * the page only by the former or by a bound of the first key, which the latter therefore has too.
 */
function beyond(list: Pick<KeysetList<object>, 'order'>, page: Page): RawBuilder<unknown> {
  const { bound } = page;
  const [first] = list.order;
  if (!(bound && first)) return sql``;
  const values = list.order.map(({ type }, index) => sql`cast(${bound[index]} as ${sql.raw(type)})`);
  const isAscending = (first.direction === 'asc') !== page.backwards;
  if (list.order.every(({ direction }) => direction === first.direction)) {
    const keys = sql.join(list.order.map(({ expression }) => expression));
    return sql`and (${keys}) ${isAscending ? sql`>` : sql`<`} (${sql.join(values)})`;
  }
  const alternatives = list.order.map((key, index) => {
    const equal = list.order.slice(0, index).map((before, at) => sql`${before.expression} = ${values[at]}`);
    const ascending = (key.direction === 'asc') !== page.backwards;
    const further = ascending ? sql`${key.expression} > ${values[index]}` : sql`${key.expression} < ${values[index]}`;
    return sql`(${sql.join([...equal, further], sql` and `)})`;
  });
  return sql`and ${first.expression} ${isAscending ? sql`>=` : sql`<=`} ${values[0]} and (${sql.join(alternatives, sql` or `)})`;
}

function toConnection<Entity extends object>(
  em: EntityManager,
  list: KeysetList<Entity>,
  request: PageRequest,
  page: Page,
  rows: Row[],
  totalCount: () => Promise<number>,
): Connection<Entity> {
  const more = rows.length > page.size;
  const wanted = rows.slice(0, page.size);
  if (page.backwards) wanted.reverse();
  const edges = wanted.map(({ cursor_keys: keys, parent_id: _, ...data }) => ({
    cursor: Buffer.from(String(keys)).toString('base64url'),
    node: em.map(list.entity, data as Parameters<typeof em.map<Entity>>[1]),
  }));
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
