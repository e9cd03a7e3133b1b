import { createHash } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { EmbeddedKind } from './embedding.entity.js';

/** Changing how texts are put together changes this, and so has all of them embedded anew. */
const VERSION = '1';
/** What a provider reads of a text. Russian has some two characters a token; models take 8,191 tokens. */
export const LONGEST_TEXT = 6_000;

/** What has texts: its table, whose alias is `t`, and what is embedded of it. */
export interface TextOwner {
  table: RawBuilder<unknown>;
  vectors: RawBuilder<unknown>;
  /** The column of `vectors` that names the owner. */
  key: RawBuilder<unknown>;
  text: RawBuilder<string>;
  hash: RawBuilder<string>;
  /** Does anybody look for it? The others are given no vectors. */
  isWanted: RawBuilder<boolean>;
}

/** Of a tutor the profile; of an order its title, goal and description, as wishes have it in their `text`. */
export const TEXT_OWNERS: Readonly<Record<EmbeddedKind, TextOwner>> = {
  TUTOR: owner('tutors', 'tutor_vectors', 'tutor_id', ['headline', 'biography'], sql`true`),
  ORDER: owner('orders', 'order_vectors', 'order_id', ['title', 'goal', 'description'], sql`t.status = 'OPEN'`),
};

/** What tells a text apart from another one; the same as the `hash` of its owner. */
export function hashOfText(text: string): string {
  return createHash('md5').update(`${VERSION}${text}`).digest('hex');
}

function owner(
  table: string,
  vectors: string,
  key: string,
  columns: readonly string[],
  isWanted: RawBuilder<boolean>,
): TextOwner {
  const parts = sql.join(columns.map((column) => sql`nullif(trim(t.${sql.ref(column)}), '')`));
  const text = sql<string>`left(concat_ws(E'\n', ${parts}), ${sql.lit(LONGEST_TEXT)})`;
  return {
    table: sql`recommendations.${sql.ref(table)}`,
    vectors: sql`recommendations.${sql.ref(vectors)}`,
    key: sql.ref(key),
    text,
    hash: sql<string>`md5(${sql.lit(VERSION)} || ${text})`,
    isWanted,
  };
}
