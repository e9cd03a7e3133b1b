import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import { type RawBuilder, sql } from 'kysely';

const LONGEST_SEARCH = 100;

/**
 * Words to search for, as a PostgreSQL query: all of them, each from its beginning. To be compared with the database's
 * `marketplace.search_document(text)`: the configuration `russian` stems Russian words as Russian and Latin ones as
 * English, so that one index serves both languages.
 *
 * @throws BAD_USER_INPUT for a text that is too long
 */
export function searchQuery(text: string): RawBuilder<unknown> {
  if (text.length > LONGEST_SEARCH) throw badUserInput(`filter.text may have at most ${LONGEST_SEARCH} characters`);
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  return sql`to_tsquery('russian', ${words.map((word) => `${word}:*`).join(' & ')})`;
}

/** Is there anything to search for? */
export function isSearch(text: string | null | undefined): text is string {
  return /[\p{L}\p{N}]/u.test(text ?? '');
}
