import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import { startOfBand } from './facet.rules.js';
import {
  allOf,
  asksOffering,
  offersThatFit,
  ownConditions,
  type TutorQuery,
  tutorConditions,
} from './tutor-conditions.js';

/** How many tutors there are of one value. */
export interface FacetCount {
  value: string;
  count: number;
}

/** By what tutors can be narrowed down, each without regard to its own filter. */
export interface FacetCounts {
  /** Are all counts exact, not estimated? */
  isExact: boolean;
  subjects: FacetCount[];
  /** The least price of each band, in minor units; empty without a currency. */
  prices: FacetCount[];
  cities: FacetCount[];
  languages: FacetCount[];
  formats: FacetCount[];
}

type Sql = RawBuilder<unknown>;
type FacetName = Exclude<keyof FacetCounts, 'isExact'>;
interface Row {
  facet: FacetName | 'size';
  value: string;
  count: number;
}

/** How many cards are counted one by one; of more, as many are a sample. */
const SAMPLE = 1_000;
/** Values of one facet that are answered. */
const MOST_VALUES = 50;
/** `shuffle` lies evenly from 0 to this. */
const SHUFFLE_RANGE = 2 ** 31;

const OWN_FILTERS: Readonly<Record<FacetName, readonly (keyof TutorQuery)[]>> = {
  subjects: ['subjects'],
  prices: ['priceFrom', 'priceTo'],
  cities: ['city'],
  languages: ['language', 'languages'],
  formats: ['format'],
};

const VALUES: Readonly<Record<Exclude<FacetName, 'prices'>, Sql>> = {
  subjects: sql`unnest(t.subject_ids)::text`,
  cities: sql`t.city`,
  languages: sql`unnest(t.languages)`,
  formats: sql`unnest(t.formats)`,
};

/**
 * Counts by each facet in one statement. Facets whose own filter is not set share what they count; each of the others
 * counts what is found without its own. Of more than 1,000 tutors a fair sample is counted, the first by `shuffle`, and
 * what it says is projected upon all: `shuffle` is spread evenly, so that how far the sample reaches tells its share.
 */
export async function countFacets(em: EntityManager, query: TutorQuery): Promise<FacetCounts> {
  const sets = new Map<string, { name: string; query: TutorQuery }>();
  const setOf = new Map<FacetName, string>();
  for (const [facet, filters] of Object.entries(OWN_FILTERS) as [FacetName, readonly (keyof TutorQuery)[]][]) {
    const isFiltered = filters.some((filter) => isSet(query[filter]));
    const name = isFiltered ? `without_${facet}` : 'whole';
    setOf.set(facet, name);
    sets.set(name, { name, query: isFiltered ? without(query, filters) : query });
  }
  const counts = [...setOf].flatMap(([facet, name]) => countsOf(facet, name, sets.get(name)?.query ?? query));
  const sizes = [...sets.keys()].map((name) => {
    return sql`(select 'size' as facet, ${name}::text as value, count(*)::int as count, max(shuffle) as reach from ${sql.table(name)})`;
  });
  const { rows } = await sql<Row & { reach: number | null }>`
    with ${sql.join([...sets.values()].map(({ name, query: wanted }) => sql`${sql.table(name)} as materialized (${sample(wanted)})`))}
    ${sql.join([...counts, ...sizes], sql` union all `)}`.execute(em.getKysely());
  const sizeOf = new Map(
    rows.flatMap(({ facet, value, ...size }) => (facet === 'size' ? [[value, size] as const] : [])),
  );
  const scaled = (facet: FacetName, toValues = (own: FacetCount[]) => own): FacetCount[] => {
    const { count: size = 0, reach = null } = sizeOf.get(setOf.get(facet) ?? '') ?? {};
    const share = size < SAMPLE || reach === null ? 1 : (reach + 1) / SHUFFLE_RANGE;
    return toValues(rows.filter((row) => row.facet === facet)).map(({ value, count }) => ({
      value,
      count: share === 1 ? count : roundedEstimate(count / share),
    }));
  };
  const subjects = asksOffering(query) ? (own: FacetCount[]) => spread(own, String) : undefined;
  const prices = (own: FacetCount[]) => spread(own, (rate) => String(startOfBand(Number(rate))));
  return {
    isExact: [...sizeOf.values()].every(({ count }) => count < SAMPLE),
    subjects: scaled('subjects', subjects),
    prices: scaled('prices', prices).sort((a, b) => Number(a.value) - Number(b.value)),
    cities: scaled('cities'),
    languages: scaled('languages'),
    formats: scaled('formats'),
  };
}

/** The first of those who fulfil it by `shuffle`. Only where a price is asked for it may be better to begin with offerings. */
function sample(query: TutorQuery): Sql {
  const isPriced = isSet(query.priceFrom) || isSet(query.priceTo);
  return sql`select t.tutor_id, t.subject_ids, t.offers, t.city, t.languages, t.formats, t.shuffle
    from marketplace.tutor_cards t where ${allOf(isPriced ? tutorConditions(query) : ownConditions(query))}
    order by t.shuffle, t.tutor_id limit ${SAMPLE}`;
}

function countsOf(facet: FacetName, set: string, query: TutorQuery): Sql[] {
  // OFFSET 0 keeps the planner from computing each value twice.
  const counted = (value: Sql, most: Sql): Sql => sql`(
    select ${facet}::text as facet, counted.value, count(*)::int as count, null::int as reach
    from (select ${value} as value from ${sql.table(set)} t offset 0) counted
    where counted.value is not null group by counted.value order by count desc, counted.value ${most})`;
  const ofOffers = (what: string): Sql[] => {
    return [
      counted(sql`jsonb_path_query_array(t.offers, ${`${offersThatFit(query)}.${what}`}::jsonpath)::text`, sql``),
    ];
  };
  if (facet === 'prices') return query.currency ? ofOffers('rate_minor') : [];
  // Level and price must hold for the offering of the subject itself.
  if (facet === 'subjects' && asksOffering(query)) return ofOffers('subject_id');
  return [counted(VALUES[facet], sql`limit ${MOST_VALUES}`)];
}

/** Counts of values of which one tutor may have several, from counts of lists of them: each tutor once for each value. */
function spread(rows: readonly FacetCount[], nameOf: (item: string | number) => string): FacetCount[] {
  const counts = new Map<string, number>();
  for (const { value: list, count } of rows) {
    const items: (string | number)[] = JSON.parse(list);
    for (const value of new Set(items.map(nameOf))) counts.set(value, (counts.get(value) ?? 0) + count);
  }
  return Array.from(counts, ([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, MOST_VALUES);
}

function without(query: TutorQuery, filters: readonly (keyof TutorQuery)[]): TutorQuery {
  return { ...query, ...Object.fromEntries(filters.map((filter) => [filter, undefined])) };
}

function isSet(value: unknown): boolean {
  return value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
}

/** An estimate says no more than it knows: two digits. */
function roundedEstimate(count: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 1);
  return Math.round(count / unit) * unit;
}
