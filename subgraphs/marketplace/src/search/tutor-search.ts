import type { EntityManager } from '@mikro-orm/postgresql';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import { keysetPage, type PageRequest, type SortKey, walkedPage } from '@tutorgraph/kit/pagination/keyset';
import { type RawBuilder, sql } from 'kysely';
import { chainedPages } from '../pages/chained-pages.js';
import { findTaughtSubjects } from '../subjects/subject.repository.js';
import type { TutorOrderName } from '../tutors/tutor.rules.js';
import { readText, type TextQuery } from './search-text.js';
import { filterText, isSearch } from './text-search.js';
import { TutorCard } from './tutor-card.entity.js';
import {
  asksOffering,
  cardConditions,
  checkPrice,
  holdsText,
  offeringConditions,
  ownConditions,
  type TutorQuery,
  type TutorSearch,
  tutorConditions,
} from './tutor-conditions.js';

type Sql = RawBuilder<unknown>;
type SortType = SortKey['type'];

const MOST_ALTERNATIVES = 20;
/**
 * Of so many of the next cards is seen whether enough of them fulfil what is asked. If not, about two thousand of
 * 100,000 may: sorting them takes less than walking on.
 */
const WALKED = 1_000;

/** What is looked for, understood, with what its text means where it matters most. */
export interface ReadSearch extends TutorQuery {
  mainText?: TextQuery | undefined;
}

/**
 * Understands what is looked for: subjects by their slugs, and what a text means.
 *
 * @returns null when nobody can fulfil it
 * @throws BAD_USER_INPUT for a price without its currency, and for texts and lists that are too long
 */
export async function readSearch(em: EntityManager, search: TutorSearch): Promise<ReadSearch | null> {
  checkPrice(search);
  checkAlternatives(search);
  const { text, subjectId, subjectIds, subjectSlug, ...rest } = search;
  const subjects = await readSubjects(em, { subjectId, subjectIds, subjectSlug });
  const texts = isSearch(text) ? await readText(em, text) : undefined;
  if (subjects?.length === 0) return null;
  return { ...rest, text: texts?.anywhere, mainText: texts?.main, subjects };
}

/** @throws BAD_USER_INPUT for lists that are too long */
function checkAlternatives({ subjectIds, languages }: TutorSearch): void {
  if ([subjectIds, languages].every((list) => (list?.length ?? 0) <= MOST_ALTERNATIVES)) return;
  throw badUserInput(`filter.subjectIds and filter.languages may have at most ${MOST_ALTERNATIVES} items`);
}

/** A page of cards. */
export function findCards(
  em: EntityManager,
  query: ReadSearch,
  order: TutorOrderName,
  page: PageRequest,
): Promise<Connection<TutorCard>> {
  switch (order) {
    case 'RELEVANCE':
      return mostRelevant(em, query, page);
    case 'RATING':
      return cards(em, query, page, sortedBy(sql`t.rating`, 'numeric'));
    case 'NEWEST':
      return cards(em, query, page, sortedBy(sql`t.created_at`, 'timestamptz'));
    case 'EXPERIENCE':
      return cards(em, query, page, sortedBy(sql`t.experience_years`, 'integer'));
    case 'PRICE_LOW':
      return pricedCards(em, query, page, 'asc');
    case 'PRICE_HIGH':
      return pricedCards(em, query, page, 'desc');
  }
}

/** Ids of subjects that fulfil all of it and are not archived; undefined when nothing is asked for. */
async function readSubjects(
  em: EntityManager,
  { subjectId, subjectIds, subjectSlug }: Pick<TutorSearch, 'subjectId' | 'subjectIds' | 'subjectSlug'>,
): Promise<readonly string[] | undefined> {
  const lists = [...(subjectId ? [[subjectId]] : []), ...(subjectIds && subjectIds.length > 0 ? [subjectIds] : [])];
  const slug = subjectSlug ? filterText('subjectSlug', subjectSlug) : undefined;
  if (lists.length === 0 && slug === undefined) return undefined;
  return findTaughtSubjects(em, lists, slug);
}

/** Those first whom the text is about, then those who mention it; among each of them the best first. */
function mostRelevant(em: EntityManager, query: ReadSearch, page: PageRequest): Promise<Connection<TutorCard>> {
  const order = sortedBy(sql`t.quality`, 'integer');
  const { mainText } = query;
  if (!mainText) return cards(em, query, page, order);
  const isOther = sql`not ${holdsText(mainText)}`;
  return chainedPages(
    [(part) => cards(em, { ...query, text: mainText }, part, order), (part) => cards(em, query, part, order, isOther)],
    page,
  );
}

/** In the order of a column. */
function cards(
  em: EntityManager,
  query: TutorQuery,
  page: PageRequest,
  order: readonly SortKey[],
  further: Sql = sql`true`,
): Promise<Connection<TutorCard>> {
  const list = { ...listOf(query, further), order: withoutIndex(order) };
  if (isRare(query)) return keysetPage(em, list, page);
  const where = sql.join([...ownConditions(query), further], sql` and `);
  const walk = { from: sql`from marketplace.tutor_cards t where true`, where, order, most: WALKED };
  return walkedPage(em, { ...list, walk }, page);
}

function listOf(query: TutorQuery, further: Sql = sql`true`) {
  const where = sql.join([...tutorConditions(query), further], sql` and `);
  return { entity: TutorCard, from: sql`from marketplace.tutor_cards t where ${where}` };
}

/** The planner takes what words begin so for frequent: it would walk down an index in which the few may come last. */
function isRare({ text }: TutorQuery): boolean {
  return Boolean(text && !text.isFrequent);
}

/** The same order, in a way that no index has. */
function withoutIndex([first, ...others]: readonly SortKey[]): SortKey[] {
  if (!first) return others;
  const { expression, type } = first;
  const nothing = type === 'text' ? sql`|| ''` : type === 'timestamptz' ? sql`+ interval '0'` : sql`+ 0`;
  return [{ ...first, expression: sql`(${expression} ${nothing})` }, ...others];
}

// As in the index tutor_cards_dearest: who offers nothing is last in both directions.
const PRICE = { asc: sql`t.lowest_minor`, desc: sql`(case when t.highest_minor = 0 then 0 else t.lowest_minor end)` };

/** By the lowest rate that fits. The card tells it unless one offering has to fulfil something more. */
function pricedCards(
  em: EntityManager,
  query: TutorQuery,
  page: PageRequest,
  direction: 'asc' | 'desc',
): Promise<Connection<TutorCard>> {
  const byCurrency = (expression: Sql): SortKey[] =>
    query.currency ? [] : [{ expression, type: 'text', direction: 'asc' }];
  if (!(query.subjects || asksOffering(query))) {
    const order = [...byCurrency(sql`t.currency`), ...sortedBy(PRICE[direction], 'bigint', direction)];
    return keysetPage(em, { ...listOf(query), order: isRare(query) ? withoutIndex(order) : order }, page);
  }
  // What offerings are asked for their cards are not asked again: the planner would take the fewer for fewer still.
  const nothing = { subjects: undefined, currency: undefined, priceFrom: undefined, priceTo: undefined };
  const ofCard = cardConditions({ ...query, ...nothing });
  const conditions = [...offeringConditions(query), ...ofCard];
  if (query.subjects?.length !== 1) conditions.push(sql`not exists (${cheaperOffering(query)})`);
  const from = sql`from marketplace.offerings o join marketplace.tutor_cards t on t.tutor_id = o.tutor_id
    where ${sql.join(conditions, sql` and `)}`;
  const order = [...byCurrency(sql`o.currency`), ...sortedBy(sql`o.rate_minor`, 'bigint', direction, sql`o.tutor_id`)];
  return keysetPage(em, { entity: TutorCard, from, order }, page);
}

/** An offering that fits as well and costs less than `o`: each tutor is listed once. */
function cheaperOffering(query: TutorQuery): Sql {
  const conditions = [
    ...offeringConditions(query, 'b'),
    sql`(b.rate_minor, b.subject_id) < (o.rate_minor, o.subject_id)`,
  ];
  return sql`select from marketplace.offerings b where ${sql.join(conditions, sql` and `)}`;
}

function sortedBy(
  expression: Sql,
  type: SortType,
  direction: 'asc' | 'desc' = 'desc',
  id = sql`t.tutor_id`,
): SortKey[] {
  return [
    { expression, type, direction },
    { expression: id, type: 'uuid', direction },
  ];
}
