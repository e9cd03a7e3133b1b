import type { EntityManager } from '@mikro-orm/postgresql';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import { keysetPage, type PageRequest, type SortKey, type Walk, walkedPage } from '@tutorgraph/kit/pagination/keyset';
import { type RawBuilder, sql } from 'kysely';
import { chainedPages } from '../pages/chained-pages.js';
import { findTaughtSubjects } from '../subjects/subject.repository.js';
import type { TutorOrderName } from '../tutors/tutor.rules.js';
import { readText, type TextQuery } from './search-text.js';
import { filterText, isSearch } from './text-search.js';
import { TutorCard } from './tutor-card.entity.js';
import {
  allOf,
  asksOffering,
  cardConditions,
  checkPrice,
  ownConditions,
  priceConditions,
  subjectCardConditions,
  subjectCards,
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
  return chainedPages(
    [{ text: mainText }, { otherText: mainText }].map(
      (wanted) => (part) => cards(em, { ...query, ...wanted }, part, order),
    ),
    page,
  );
}

/** In the order of a column. */
function cards(
  em: EntityManager,
  query: TutorQuery,
  page: PageRequest,
  order: readonly SortKey[],
): Promise<Connection<TutorCard>> {
  const list = sql`from marketplace.tutor_cards t where ${allOf(tutorConditions(query))}`;
  const walk = query.subjects
    ? { from: subjectCards(query), where: allOf(subjectCardConditions(query)) }
    : { from: [sql`from marketplace.tutor_cards t where true`], where: allOf(ownConditions(query)) };
  return walked(em, query, page, list, { ...walk, order });
}

/** A page of a list after a walk; of one that is known to be rare without. */
function walked(
  em: EntityManager,
  query: TutorQuery,
  page: PageRequest,
  from: Sql,
  walk: Omit<Walk, 'most'>,
): Promise<Connection<TutorCard>> {
  const list = { entity: TutorCard, from, order: withoutIndex(walk.order) };
  return isRare(query)
    ? keysetPage(em, list, page)
    : walkedPage(em, { ...list, walk: { ...walk, most: WALKED } }, page);
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
    const list = {
      entity: TutorCard,
      from: sql`from marketplace.tutor_cards t where ${allOf(cardConditions(query))}`,
      order: isRare(query) ? withoutIndex(order) : order,
    };
    return keysetPage(em, list, page);
  }
  const where = allOf(subjectCardConditions(query));
  const list = sql`from marketplace.subject_cards t where ${where}
    and t.tutor_id in (select t.tutor_id from marketplace.tutor_cards t where ${allOf(cardConditions(query))})`;
  return walked(em, query, page, list, {
    from: subjectCards(query).map((from) => sql`${from} and ${allOf(priceConditions(query))}`),
    where,
    order: [...byCurrency(sql`t.currency`), ...sortedBy(sql`t.rate_minor`, 'bigint', direction)],
  });
}

function sortedBy(expression: Sql, type: SortType, direction: 'asc' | 'desc' = 'desc'): SortKey[] {
  return [
    { expression, type, direction },
    { expression: sql`t.tutor_id`, type: 'uuid', direction },
  ];
}
