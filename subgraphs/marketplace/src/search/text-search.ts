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
  const words = filterText('text', text).match(/[\p{L}\p{N}]+/gu) ?? [];
  return sql`to_tsquery('russian', ${words.map((word) => `${word}:*`).join(' & ')})`;
}

/** A text of a filter, without blanks around it. @throws BAD_USER_INPUT when it is too long or cannot be one */
export function filterText(name: string, text: string): string {
  if (text.length <= LONGEST_SEARCH && !text.includes('\0')) return text.trim();
  throw badUserInput(`filter.${name} may have at most ${LONGEST_SEARCH} characters`);
}

/** Is there anything to search for? */
export function isSearch(text: string | null | undefined): text is string {
  return /[\p{L}\p{N}]/u.test(text ?? '');
}
