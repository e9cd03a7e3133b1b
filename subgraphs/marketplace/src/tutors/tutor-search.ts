import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import { keysetPage, type PageRequest, type SortKey } from '@tutorgraph/kit/pagination/keyset';
import { type RawBuilder, sql } from 'kysely';
import { filterText, isSearch, searchQuery } from '../search/text-search.js';
import { Tutor } from './tutor.entity.js';
import type { TutorOrderName } from './tutor.rules.js';

type Given<Value> = Value | null | undefined;

/** What is looked for; conditions add up. */
export interface TutorSearch {
  text?: Given<string>;
  subjectId?: Given<string>;
  subjectSlug?: Given<string>;
  level?: Given<string>;
  priceFrom?: Given<number>;
  priceTo?: Given<number>;
  currency?: Given<string>;
  city?: Given<string>;
  format?: Given<string>;
  language?: Given<string>;
  ratingAtLeast?: Given<number>;
}

// As in the indexes tutors_best_rated and tutors_search.
const RATING = sql`coalesce(t.rating_sum::numeric / nullif(t.review_count, 0), 0)`;
const DOCUMENT = sql`marketplace.search_document(t.display_name || ' ' || t.headline || ' ' || coalesce(t.biography, '') || ' ' || coalesce(t.education, '') || ' ' || coalesce(t.city, ''))`;
const MOST = '9223372036854775807';

/** A page of tutors who want to be found. @throws BAD_USER_INPUT for a price without its currency */
export function findTutors(
  em: EntityManager,
  search: TutorSearch,
  order: TutorOrderName,
  page: PageRequest,
): Promise<Connection<Tutor>> {
  const offering = offeringConditions(search);
  const conditions = [sql`t.hidden_at is null`, ...tutorConditions(search)];
  if (offering.length > 0) conditions.push(sql`exists (select ${offeringsWith(offering)})`);
  return keysetPage(
    em,
    {
      entity: Tutor,
      from: sql`from marketplace.tutors t where ${sql.join(conditions, sql` and `)}`,
      order: [...sortKeys(order, offering), { expression: sql`t.id`, type: 'uuid', direction: 'desc' }],
    },
    page,
  );
}

function tutorConditions(search: TutorSearch): RawBuilder<unknown>[] {
  const conditions: RawBuilder<unknown>[] = [];
  if (isSearch(search.text)) conditions.push(sql`t.id in (${idsByText(search.text)})`);
  if (search.currency) conditions.push(sql`t.currency = ${search.currency}`);
  if (search.city) conditions.push(sql`lower(t.city) = lower(${filterText('city', search.city)})`);
  if (search.format) conditions.push(sql`${search.format} = any (t.formats)`);
  if (search.language) conditions.push(sql`${search.language} = any (t.languages)`);
  if (given(search.ratingAtLeast)) conditions.push(sql`${RATING} >= ${search.ratingAtLeast}::numeric`);
  return conditions;
}

function offeringConditions(search: TutorSearch): RawBuilder<unknown>[] {
  const { subjectId, subjectSlug, level, priceFrom, priceTo } = search;
  if ((given(priceFrom) || given(priceTo)) && !search.currency) {
    throw badUserInput('filter.priceFrom and filter.priceTo need filter.currency');
  }
  const conditions: RawBuilder<unknown>[] = [];
  if (subjectId) conditions.push(isId(subjectId) ? sql`o.subject_id = ${subjectId}` : sql`false`);
  if (subjectSlug) conditions.push(sql`s.slug = ${filterText('subjectSlug', subjectSlug)}`);
  if (level) conditions.push(sql`${level} = any (o.levels)`);
  if (given(priceFrom)) conditions.push(sql`o.rate_minor >= ${priceFrom}`);
  if (given(priceTo)) conditions.push(sql`o.rate_minor <= ${priceTo}`);
  return conditions;
}

/** Everything after SELECT of the tutor's offerings that fit; archived subjects do not count. */
function offeringsWith(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  const all = [sql`o.tutor_id = t.id`, sql`s.archived_at is null`, ...conditions];
  return sql`from marketplace.offerings o join marketplace.subjects s on s.id = o.subject_id where ${sql.join(all, sql` and `)}`;
}

function idsByText(text: string): RawBuilder<unknown> {
  const query = searchQuery(text);
  return sql`select t.id from marketplace.tutors t where ${DOCUMENT} @@ ${query}
    union select o.tutor_id from marketplace.subjects s join marketplace.offerings o on o.subject_id = s.id
    where s.archived_at is null and marketplace.search_document(s.name_en || ' ' || s.name_ru) @@ ${query}`;
}

function sortKeys(order: TutorOrderName, offering: readonly RawBuilder<unknown>[]): SortKey[] {
  const price = (whenNone: string): RawBuilder<unknown> =>
    sql`(select coalesce(min(o.rate_minor), ${sql.lit(whenNone)}::bigint) ${offeringsWith(offering)})`;
  const currency: SortKey = { expression: sql`t.currency`, type: 'text', direction: 'asc' };
  switch (order) {
    case 'RATING':
      return [{ expression: RATING, type: 'numeric', direction: 'desc' }];
    case 'PRICE_LOW':
      return [currency, { expression: price(MOST), type: 'bigint', direction: 'asc' }];
    case 'PRICE_HIGH':
      return [currency, { expression: price('0'), type: 'bigint', direction: 'desc' }];
    case 'NEWEST':
      return [{ expression: sql`t.created_at`, type: 'timestamptz', direction: 'desc' }];
    case 'EXPERIENCE':
      return [{ expression: sql`t.experience_years`, type: 'integer', direction: 'desc' }];
  }
}

function given<Value>(value: Given<Value>): value is Value {
  return value !== null && value !== undefined;
}
