import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import { type RawBuilder, sql } from 'kysely';
import { type TextQuery, toQuery } from './search-text.js';
import { filterText } from './text-search.js';

type Given<Value> = Value | null | undefined;
type Sql = RawBuilder<unknown>;

/** What is looked for, as people ask for it; conditions add up. */
export interface TutorSearch {
  text?: Given<string>;
  subjectId?: Given<string>;
  subjectIds?: Given<readonly string[]>;
  subjectSlug?: Given<string>;
  level?: Given<string>;
  priceFrom?: Given<number>;
  priceTo?: Given<number>;
  currency?: Given<string>;
  city?: Given<string>;
  format?: Given<string>;
  language?: Given<string>;
  languages?: Given<readonly string[]>;
  ratingAtLeast?: Given<number>;
  verified?: Given<boolean>;
  premiumOnly?: Given<boolean>;
}

/** What is looked for, understood. */
export interface TutorQuery extends Omit<TutorSearch, 'text' | 'subjectId' | 'subjectIds' | 'subjectSlug'> {
  text?: TextQuery | undefined;
  /** Any of these, none of them archived; all when left out. */
  subjects?: readonly string[] | undefined;
}

const ARCHIVED = sql`array(select s.id from marketplace.subjects s where s.archived_at is not null)`;

/** @throws BAD_USER_INPUT for a price without its currency */
export function checkPrice({ priceFrom, priceTo, currency }: TutorSearch): void {
  if ((given(priceFrom) || given(priceTo)) && !currency) {
    throw badUserInput('filter.priceFrom and filter.priceTo need filter.currency');
  }
}

/** Must one offering fulfil something that the card does not tell? */
export function asksOffering({ level, priceFrom, priceTo }: TutorQuery): boolean {
  return Boolean(level) || given(priceFrom) || given(priceTo);
}

/** Conditions of a card that is aliased `t`; those of its offerings aside. */
export function cardConditions(query: TutorQuery): Sql[] {
  const { subjects, priceFrom, priceTo, currency, city, format, language, languages, ratingAtLeast, text } = query;
  const conditions: Sql[] = [];
  if (subjects) conditions.push(teaches(subjects));
  if (currency) conditions.push(sql`t.currency = ${currency}`);
  if (city) conditions.push(sql`t.city = lower(${filterText('city', city)})`);
  if (format) conditions.push(sql`${format}::text = any (t.formats)`);
  if (language) conditions.push(sql`t.languages @> array[${language}]::text[]`);
  if (languages && languages.length > 0) conditions.push(sql`t.languages && ${[...languages]}::text[]`);
  if (given(ratingAtLeast)) conditions.push(sql`t.rating >= ${ratingAtLeast}::numeric`);
  if (query.verified) conditions.push(sql`t.verified_until > now()`);
  if (query.premiumOnly) conditions.push(sql`t.premium`);
  // Without them there is no offering that fits; they keep most cards from being asked for theirs.
  if (given(priceFrom)) conditions.push(sql`t.highest_minor >= ${priceFrom}`);
  if (given(priceTo)) conditions.push(sql`t.lowest_minor <= ${priceTo}`);
  // Last, for it takes longest.
  if (text) conditions.push(holdsText(text));
  return conditions;
}

/** Conditions that one offering must fulfil, `o` unless told otherwise, of the card `t`. */
export function offeringConditions(query: TutorQuery, alias = 'o'): Sql[] {
  const { subjects, level, priceFrom, priceTo, currency } = query;
  const offering = sql.ref(alias);
  const conditions = [sql`${offering}.tutor_id = t.tutor_id`];
  // What is archived is not among the subjects asked for. That nobody asks for one is said so that the planner, which
  // knows nothing of what a card's subjects have to do with its offerings, does not take it for rare.
  conditions.push(
    subjects ? isOneOf(sql`${offering}.subject_id`, subjects) : sql`${offering}.subject_id <> all (${ARCHIVED})`,
  );
  if (level) conditions.push(sql`${level}::text = any (${offering}.levels)`);
  if (currency) conditions.push(sql`${offering}.currency = ${currency}`);
  if (given(priceFrom)) conditions.push(sql`${offering}.rate_minor >= ${priceFrom}`);
  if (given(priceTo)) conditions.push(sql`${offering}.rate_minor <= ${priceTo}`);
  return conditions;
}

/** Which of a card's own copies of its offerings fulfil what `offeringConditions` asks, as a JSON path. */
export function offersThatFit({ subjects, level, priceFrom, priceTo }: TutorQuery): string {
  const conditions = [
    ...(subjects ? [subjects.map((id) => `@.subject_id == ${JSON.stringify(id)}`).join(' || ')] : []),
    ...(level ? [`@.levels[*] == ${JSON.stringify(level)}`] : []),
    ...(given(priceFrom) ? [`@.rate_minor >= ${priceFrom}`] : []),
    ...(given(priceTo) ? [`@.rate_minor <= ${priceTo}`] : []),
  ];
  return conditions.length === 0 ? '$[*]' : `$[*] ? (${conditions.map((condition) => `(${condition})`).join(' && ')})`;
}

/** All conditions of a card that is aliased `t`. */
export function tutorConditions(query: TutorQuery): Sql[] {
  const conditions = cardConditions(query);
  if (asksOffering(query)) {
    const fits = sql.join(offeringConditions(query), sql` and `);
    conditions.push(sql`exists (select from marketplace.offerings o where ${fits})`);
  }
  return conditions.length > 0 ? conditions : [sql`true`];
}

/** The same of the card alone, by its own copies of its offerings: for cards that are read in any case. */
export function ownConditions(query: TutorQuery): Sql[] {
  const conditions = cardConditions(query);
  if (asksOffering(query)) conditions.push(sql`jsonb_path_exists(t.offers, ${offersThatFit(query)}::jsonpath)`);
  return conditions.length > 0 ? conditions : [sql`true`];
}

/** Does the card `t` hold the words? */
export function holdsText({ words, onlyMain }: TextQuery): Sql {
  return sql`${onlyMain ? sql`t.main` : sql`t.document`} @@ ${toQuery(words)}`;
}

function teaches(subjects: readonly string[]): Sql {
  const [only, ...others] = subjects;
  return others.length === 0 && only
    ? sql`t.subject_ids @> array[${only}]::uuid[]`
    : sql`t.subject_ids && ${[...subjects]}::uuid[]`;
}

function isOneOf(expression: Sql, ids: readonly string[]): Sql {
  const [only, ...others] = ids;
  return others.length === 0 && only ? sql`${expression} = ${only}` : sql`${expression} = any (${[...ids]}::uuid[])`;
}

function given<Value>(value: Given<Value>): value is Value {
  return value !== null && value !== undefined;
}
