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
  /** What must not be held. */
  otherText?: TextQuery | undefined;
  /** Any of these, none of them archived; all when left out. */
  subjects?: readonly string[] | undefined;
}

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
  const { subjects, currency, priceFrom, priceTo, text, otherText } = query;
  const conditions = sharedConditions(query);
  if (currency) conditions.unshift(sql`t.currency = ${currency}`);
  if (subjects) conditions.unshift(teaches(subjects));
  // Without them there is no offering that fits; they keep most cards from being asked for theirs.
  if (given(priceFrom)) conditions.push(sql`t.highest_minor >= ${priceFrom}`);
  if (given(priceTo)) conditions.push(sql`t.lowest_minor <= ${priceTo}`);
  // Last, for it takes longest.
  if (text) conditions.push(holdsText(text, 't'));
  if (otherText) conditions.push(sql`not ${holdsText(otherText, 't')}`);
  return conditions;
}

/** All conditions of a subject's card that is aliased `t`; each tutor has one at most that fulfils them. */
export function subjectCardConditions(query: TutorQuery): Sql[] {
  const { subjects, text, otherText } = query;
  const conditions = [...offerConditions(query, 't'), ...sharedConditions(query)];
  if (text) conditions.push(cardHolds(text));
  if (otherText) conditions.push(sql`not ${cardHolds(otherText)}`);
  if (subjects?.length !== 1) conditions.push(isCheapest(query));
  return conditions;
}

/** The cards of each subject asked for, aliased `t`; of all subjects when none is asked for. */
export function subjectCards({ subjects }: TutorQuery): Sql[] {
  const conditions = subjects?.map((id) => sql`t.subject_id = ${id}`) ?? [sql`true`];
  return conditions.map((condition) => sql`from marketplace.subject_cards t where ${condition}`);
}

/** What an offering costs, by the card of its subject. */
export function priceConditions({ currency, priceFrom, priceTo }: TutorQuery, alias = 't'): Sql[] {
  const offer = sql.ref(alias);
  const conditions: Sql[] = [];
  if (currency) conditions.push(sql`${offer}.currency = ${currency}`);
  if (given(priceFrom)) conditions.push(sql`${offer}.rate_minor >= ${priceFrom}`);
  if (given(priceTo)) conditions.push(sql`${offer}.rate_minor <= ${priceTo}`);
  return conditions;
}

/** What both kinds of cards say, aliased `t`. */
function sharedConditions(query: TutorQuery): Sql[] {
  const { city, format, language, languages, ratingAtLeast } = query;
  const conditions: Sql[] = [];
  if (city) conditions.push(sql`t.city = lower(${filterText('city', city)})`);
  if (format) conditions.push(sql`${format}::text = any (t.formats)`);
  if (language) conditions.push(sql`t.languages @> array[${language}]::text[]`);
  if (languages && languages.length > 0) conditions.push(sql`t.languages && ${[...languages]}::text[]`);
  if (given(ratingAtLeast)) conditions.push(sql`t.rating >= ${ratingAtLeast}::numeric`);
  if (query.verified) conditions.push(sql`t.verified_until > now()`);
  if (query.premiumOnly) conditions.push(sql`t.premium`);
  return conditions;
}

/** What one offering must fulfil, by the card of its subject. */
function offerConditions(query: TutorQuery, alias: string): Sql[] {
  const { subjects, level } = query;
  const offer = sql.ref(alias);
  const conditions = priceConditions(query, alias);
  if (subjects) conditions.push(isOneOf(sql`${offer}.subject_id`, subjects));
  if (level) conditions.push(sql`${level}::text = any (${offer}.levels)`);
  return conditions;
}

/** What another offering `o` of the tutor `t` must fulfil in the same way. */
function offersOfTutor(query: TutorQuery): Sql {
  return sql`from marketplace.subject_cards o where o.tutor_id = t.tutor_id and ${allOf(offerConditions(query, 'o'))}`;
}

/** Has the tutor `t` no offering that fits as well and costs less? It is asked row by row: the planner must not join it. */
function isCheapest(query: TutorQuery): Sql {
  return sql`(select true ${offersOfTutor(query)} and (o.rate_minor, o.subject_id) < (t.rate_minor, t.subject_id) limit 1) is null`;
}

/** Which of a card's own copies of its offerings fit, as a JSON path. */
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
  if (asksOffering(query)) conditions.push(sql`exists (select ${offersOfTutor(query)})`);
  return conditions;
}

/** The same of the card alone, by its own copies of its offerings: for cards that are read in any case. */
export function ownConditions(query: TutorQuery): Sql[] {
  const conditions = cardConditions(query);
  if (asksOffering(query)) conditions.push(sql`jsonb_path_exists(t.offers, ${offersThatFit(query)}::jsonpath)`);
  return conditions;
}

/** Does the card hold the words? */
function holdsText({ words, onlyMain }: TextQuery, alias: string): Sql {
  return sql`${sql.ref(alias)}.${onlyMain ? sql`main` : sql`document`} @@ ${toQuery(words)}`;
}

/** Does the card of the tutor `t` hold the words? It is read row by row, which the planner cannot turn round. */
function cardHolds(text: TextQuery): Sql {
  return sql`(select ${holdsText(text, 'c')} from marketplace.tutor_cards c where c.tutor_id = t.tutor_id)`;
}

/** All of them. */
export function allOf(conditions: readonly Sql[]): Sql {
  return conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`;
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
