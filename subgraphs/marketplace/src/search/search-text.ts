import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import { filterText } from './text-search.js';
import { inOtherLayout, meaningsOf, wordsOf } from './typing.rules.js';

/** What a text looks for. */
export interface TextQuery {
  /** All words, as a query that `to_tsquery` reads. */
  words: string;
  /** Only in what a tutor is called, teaches or says in one line, not in all that they say. */
  onlyMain: boolean;
  /** Do many of the best tutors fulfil it? Then walking down from the best one soon finds enough. */
  isFrequent: boolean;
}

/** A text, both ways. */
export interface TextQueries {
  anywhere: TextQuery;
  main: TextQuery;
}

/** Of so many of the best tutors is seen whether a text is frequent. */
const LOOKED_AT = 500;
const FREQUENT_FROM = 10;

/** Words as alike as this, of 1, may be meant by another one. */
const LEAST_LIKENESS = 0.4;
/** How much less alike than the best one a further word may be. */
const LIKENESS_SPREAD = 0.15;
const MOST_ALIKE = 3;

/**
 * Understands a text that people typed: each word from its beginning, and what it means besides. Only when nobody is
 * found by it are words added that sound alike, in either alphabet and in the other layout of the keyboard: a typing
 * error is put right, and whoever types without one is found nothing else.
 *
 * @returns undefined when there is nothing to look for
 * @throws BAD_USER_INPUT for a text that is too long
 */
export async function readText(em: EntityManager, text: string): Promise<TextQueries | undefined> {
  const words = wordsOf(filterText('text', text));
  if (words.length === 0) return undefined;
  const meanings = words.map(meaningsOf);
  const exact = await counted(em, meanings);
  if (exact.found) return exact.query;
  const alike = await wordsAlike(em, words);
  if (alike.size === 0) return exact.query;
  const tolerant = words.map((word, index) => [...(meanings[index] ?? []), ...(alike.get(word) ?? [])]);
  return (await counted(em, tolerant)).query;
}

/**
 * Words that may have been meant by those of a text with which nothing was found, as tutors' search understands them: of
 * what tutors say of themselves.
 *
 * @returns undefined when there are none
 * @throws BAD_USER_INPUT for a text that is too long
 */
export async function readTolerantly(em: EntityManager, text: string): Promise<RawBuilder<unknown> | undefined> {
  const words = wordsOf(filterText('text', text));
  const alike = words.length > 0 ? await wordsAlike(em, words) : new Map<string, string[]>();
  const meanings = words.map((word) => [...meaningsOf(word), ...(alike.get(word) ?? [])]);
  return meanings.some(({ length }) => length > 1) ? toQuery(allOf(meanings)) : undefined;
}

/** A query as a value for SQL: the configuration `russian` stems Latin words as English ones. */
export function toQuery(query: string): RawBuilder<unknown> {
  return sql`to_tsquery('russian', ${query})`;
}

/** What the database makes of a query, to be kept; null when nothing is left of it. */
export async function stemmedQuery(em: EntityManager, query: string): Promise<string | null> {
  const { rows } = await sql<{ stemmed: string }>`select ${toQuery(query)}::text as stemmed`.execute(em.getKysely());
  return rows[0]?.stemmed || null;
}

/** A query of words that may mean several things, with how frequent it is and whether it finds anybody. */
async function counted(
  em: EntityManager,
  meanings: readonly (readonly string[])[],
): Promise<{ query: TextQueries; found: boolean }> {
  const words = allOf(meanings);
  const query = toQuery(words);
  const { rows } = await sql<{ anywhere: number; main: number }>`
    select count(*) filter (where t.document @@ ${query})::int as anywhere,
           count(*) filter (where t.main @@ ${query})::int as main
      from (select main, document from marketplace.tutor_cards order by quality desc, tutor_id desc limit ${LOOKED_AT}) t
  `.execute(em.getKysely());
  const { anywhere, main } = rows[0] ?? { anywhere: 0, main: 0 };
  return {
    query: {
      anywhere: { words, onlyMain: false, isFrequent: anywhere >= FREQUENT_FROM },
      main: { words, onlyMain: true, isFrequent: main >= FREQUENT_FROM },
    },
    found: anywhere > 0 || (await findsAnybody(em, words)),
  };
}

/** All words from their beginnings, each of which may mean several things, as `to_tsquery` reads it. */
function allOf(meanings: readonly (readonly string[])[]): string {
  return meanings.map((meant) => `(${meant.map((word) => `${word}:*`).join(' | ')})`).join(' & ');
}

async function findsAnybody(em: EntityManager, query: string): Promise<boolean> {
  // In an order that no index has: the planner would walk down one, to the end when there is nobody.
  const { rows } = await sql`select from marketplace.tutor_cards t where t.document @@ ${toQuery(query)}
    order by t.quality + 0 limit 1`.execute(em.getKysely());
  return rows.length > 0;
}

/** Words that sound like those that no known word begins with, by the word as it was typed. */
async function wordsAlike(em: EntityManager, words: readonly string[]): Promise<Map<string, string[]>> {
  const each = words.map(
    (word) => sql`(select ${word}::text as typed, v.word, max(similarity(v.sound, k.sound)) as likeness
      from (values (marketplace.latin(${word})), (marketplace.latin(${inOtherLayout(word)}))) as k (sound)
      join marketplace.search_words v on v.sound % k.sound
      where not exists (select from marketplace.search_words known where known.word like ${`${word}%`})
      group by v.word order by likeness desc, v.word limit ${MOST_ALIKE})`,
  );
  const { rows } = await sql<{
    typed: string;
    word: string;
    likeness: number;
  }>`${sql.join(each, sql` union all `)}`.execute(em.getKysely());
  return new Map(
    Array.from(
      Map.groupBy(rows, ({ typed }) => typed),
      ([typed, found]) => {
        const best = Math.max(...found.map(({ likeness }) => likeness));
        const least = Math.max(LEAST_LIKENESS, best - LIKENESS_SPREAD);
        return [typed, found.filter(({ likeness }) => likeness >= least).map(({ word }) => word)];
      },
    ),
  );
}
