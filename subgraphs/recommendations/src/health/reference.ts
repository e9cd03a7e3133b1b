import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import { FEATURE_NAMES } from '../ranking/features.js';
import { listsOf } from './day-lists.js';
import { shifted } from './days.js';
import { type Histogram, ModelReference } from './health.entity.js';

/** What a model is used to is known after so many days of its own. */
const FIRST_DAYS = 7;
/** So many lists are enough for histograms, of what a model is used to and of a day; more would only take longer. */
const MOST_LISTS = { reference: 1_000, day: 500 };
/** Of fewer lists no histogram says anything. */
const LEAST_LISTS = 50;
/** What was shown in a list `r`; the offset keeps PostgreSQL from reading all lists there are instead. */
const SHOWN = sql`(select features, score from recommendations.impressions where request_id = r.id offset 0)`;
const TENTHS = sql`array[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]::float8[]`;

/** What is to be counted: features by their names, and scores. */
interface Borders {
  borders: Readonly<Record<string, readonly number[]>>;
  scoreBorders: readonly number[];
}

/** The histograms of some lists. */
interface Counted {
  features: Record<string, number[]>;
  scores: number[];
}

/** When a model was trained, and when it first ranked. */
interface ModelBeginning {
  dataFrom: Date | null;
  dataTo: Date | null;
  firstDay: string | null;
}

/** What a model is used to; null while it is too new, or too little was shown. Made once. @param day a day on which it ranked */
export async function referenceOf(
  em: EntityManager,
  modelId: string,
  { day, today }: { day: string; today: string },
): Promise<ModelReference | null> {
  const known = await em.findOne(ModelReference, { modelId });
  if (known) return known;
  const { rows } = await sql<ModelBeginning>`
    select m.data_from as "dataFrom", m.data_to as "dataTo", least(d.first, ${day}::date)::text as "firstDay"
      from recommendations.ranking_models m
     cross join lateral (select min(day) as first from recommendations.model_days where model_id = m.id and lists > 0) d
     where m.id = ${modelId}`.execute(em.getKysely());
  const [beginning] = rows;
  if (!beginning?.firstDay || shifted(beginning.firstDay, FIRST_DAYS) > today) return null;
  return makeReference(em, modelId, beginning, beginning.firstDay);
}

/** Counts values of some of a model's lists by the borders of its reference. */
export function countValues(em: EntityManager, lists: RawBuilder<boolean>, by: Borders): Promise<Counted> {
  return countIn(em, sampleOf(lists, MOST_LISTS.day), by);
}

async function makeReference(
  em: EntityManager,
  modelId: string,
  { dataFrom, dataTo }: ModelBeginning,
  firstDay: string,
): Promise<ModelReference | null> {
  const lastDay = shifted(firstDay, FIRST_DAYS - 1);
  const own = { from: new Date(firstDay), to: new Date(shifted(lastDay, 1)) };
  const first = sampleOf(listsOf(modelId, `${firstDay}T00:00:00Z`, lastDay), MOST_LISTS.reference);
  const training =
    dataFrom && dataTo
      ? sampleOf(
          sql<boolean>`(r.created_at >= ${dataFrom} and r.created_at < ${dataTo} and r.surface in ('ORDER', 'WISH'))`,
          MOST_LISTS.reference,
        )
      : null;
  if ((await countOf(em, first)) < LEAST_LISTS) return null;
  const isTraining = training !== null && (await countOf(em, training)) >= LEAST_LISTS;
  const seen = isTraining ? training : first;
  const borders = await featureBorders(em, seen);
  const scoreBorders = await scoreTenths(em, first);
  const { features } = await countIn(em, seen, { borders, scoreBorders });
  const { scores } = await countIn(em, first, { borders, scoreBorders });
  const span = isTraining && dataFrom && dataTo ? { from: dataFrom, to: dataTo } : own;
  await em.upsert(
    ModelReference,
    {
      ...{ modelId, borders, features, scoreBorders, scores, isTraining },
      ...{ dataFrom: span.from, dataTo: span.to, createdAt: new Date() },
    },
    { onConflictAction: 'ignore' },
  );
  return em.findOne(ModelReference, { modelId });
}

/** Lists as rows `r`, some of many: the same ones whenever they are asked for. */
function sampleOf(lists: RawBuilder<boolean>, most: number): RawBuilder<unknown> {
  return sql`(select r.id from recommendations.ranking_requests r where ${lists} order by md5(r.id::text) limit ${most}) r`;
}

async function countOf(em: EntityManager, from: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from ${from}`.execute(em.getKysely());
  return rows[0]?.count ?? 0;
}

async function featureBorders(em: EntityManager, from: RawBuilder<unknown>): Promise<Record<string, number[]>> {
  const { rows } = await sql<{ place: number; tenths: number[] | null }>`
    select f.place::int as place, percentile_disc(${TENTHS}) within group (order by f.value) as tenths
      from ${from} cross join lateral ${SHOWN} i
     cross join unnest(i.features) with ordinality f (value, place)
     where cardinality(i.features) = ${FEATURE_NAMES.length} and f.value <> 'NaN' group by 1`.execute(em.getKysely());
  const byPlace = new Map(rows.map(({ place, tenths }) => [place, tenths ?? []]));
  return Object.fromEntries(FEATURE_NAMES.map((name, index) => [name, different(byPlace.get(index + 1) ?? [])]));
}

async function scoreTenths(em: EntityManager, from: RawBuilder<unknown>): Promise<number[]> {
  const { rows } = await sql<{ tenths: number[] | null }>`
    select percentile_disc(${TENTHS}) within group (order by i.score) as tenths
      from ${from} cross join lateral ${SHOWN} i`.execute(em.getKysely());
  return different(rows[0]?.tenths ?? []);
}

/** Rising borders, one at least: what has one value only is below it or not. */
function different(borders: readonly number[]): number[] {
  const unique = [...new Set(borders)].sort((a, b) => a - b);
  return unique.length > 0 ? unique : [0];
}

async function countIn(
  em: EntityManager,
  from: RawBuilder<unknown>,
  { borders, scoreBorders }: Borders,
): Promise<Counted> {
  const known = FEATURE_NAMES.flatMap((name, index) =>
    borders[name] ? [{ name, place: index + 1, borders: borders[name] }] : [],
  );
  // What is not known is NaN, which is greater than all borders; it has a bin of its own.
  const { rows } = await sql<{ name: string; bin: number; count: number }>`
    select b.name, case when f.value = 'NaN' then 0 else 1 + width_bucket(f.value::float8, b.borders) end as bin,
           count(*)::int as count
      from ${from} cross join lateral ${SHOWN} i
     cross join unnest(i.features) with ordinality f (value, place)
      join jsonb_to_recordset(${JSON.stringify(known)}::jsonb) as b (name text, place int, borders float8[])
        on b.place = f.place
     where cardinality(i.features) = ${FEATURE_NAMES.length} group by 1, 2`.execute(em.getKysely());
  const { rows: scored } = await sql<{ bin: number; count: number }>`
    select 1 + width_bucket(i.score::float8, ${[...scoreBorders]}::float8[]) as bin, count(*)::int as count
      from ${from} cross join lateral ${SHOWN} i
     group by 1`.execute(em.getKysely());
  return {
    features: Object.fromEntries(
      known.map(({ name, borders: own }) => [
        name,
        histogram(
          rows.filter((row) => row.name === name),
          own,
        ),
      ]),
    ),
    scores: histogram(scored, scoreBorders),
  };
}

/** One bin for what is not known, one below all borders, and one from each on. */
function histogram(counts: readonly { bin: number; count: number }[], borders: readonly number[]): number[] {
  const bins = new Array<number>(borders.length + 2).fill(0);
  for (const { bin, count } of counts) bins[bin] = count;
  return bins;
}

/** A histogram of nothing yet. */
export const NO_VALUES: Histogram = [];
