import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import { OUTCOME_DAYS } from '../ranking/grades.rules.js';
import { type Days, shifted } from './days.js';
import type { ModelDay } from './health.entity.js';

/** Coverage looks back so far: who teaches something rare is looked for seldom. */
export const COVERAGE_DAYS = 28;
/** So long somebody is a newcomer. */
export const NEWCOMER_DAYS = 30;

/** How much a place is seen, as DCG has it; of whole numbers PostgreSQL would take the logarithm a hundred times slower. */
const WEIGHT = sql`(ln(2::float8) / ln((i.position + 1)::float8))`;

/** A city, or those who teach online only, with newcomers apart; sums of several days. */
export interface ExposureRow {
  /** Empty for online only. */
  city: string;
  isNewcomer: boolean;
  /** The mean of the days. */
  tutors: number;
  exposure: number;
  squares: number;
  successes: number;
}

/** Of the 28 days to a day: who could be shown, who was by a model, and how unevenly. */
export async function coverageOf(
  em: EntityManager,
  modelId: string,
  day: string,
): Promise<Pick<ModelDay, 'visibleTutors' | 'shownTutors' | 'gini'>> {
  const [from, to] = [shifted(day, 1 - COVERAGE_DAYS), shifted(day, 1)];
  const { rows } = await sql<{ visible: number; shown: number; gini: number | null }>`
    with seen as (
      select i.tutor_id, sum(${WEIGHT}) as exposure
        from recommendations.ranking_requests r join recommendations.impressions i on i.request_id = r.id
       where ${inSpan(from, to)} and r.model_id = ${modelId} group by 1),
    everybody as (
      select coalesce(s.exposure, 0) as exposure, s.tutor_id is not null as is_shown,
             row_number() over (order by coalesce(s.exposure, 0)) as place
        from recommendations.tutors t left join seen s on s.tutor_id = t.id
       where not t.hidden and t.created_at < ${to}::timestamptz)
    select count(*)::int as visible, (count(*) filter (where is_shown))::int as shown,
           2 * sum(place * exposure) / nullif(count(*) * sum(exposure), 0) - (count(*) + 1.0) / nullif(count(*), 0) as gini
      from everybody`.execute(em.getKysely());
  const [{ visible, shown, gini } = { visible: 0, shown: 0, gini: null }] = rows;
  return { visibleTutors: visible, shownTutors: shown, gini: gini === null ? null : Number(gini) };
}

/** Counts anew how much each group was shown on a day, whatever ranked. */
export async function countExposure(tx: EntityManager, day: string): Promise<void> {
  const db = tx.getKysely();
  const to = shifted(day, 1);
  const group = sql`coalesce(t.city, '') as city, t.created_at >= ${to}::timestamptz - make_interval(days => ${NEWCOMER_DAYS}) as is_newcomer`;
  await sql`delete from recommendations.exposure_days where day = ${day}`.execute(db);
  await sql`
    insert into recommendations.exposure_days (day, city, is_newcomer, tutors, exposure, squares, successes)
    select ${day}::date, city, is_newcomer, sum(tutors)::int, sum(exposure), sum(squares), sum(successes)::int from (
      select ${group}, count(*) as tutors, 0 as exposure, 0 as squares, 0 as successes from recommendations.tutors t
       where not t.hidden and t.created_at < ${to}::timestamptz group by 1, 2
      union all
      select ${group}, 0, sum(${WEIGHT}), sum(${WEIGHT} * ${WEIGHT}), count(*) filter (where exists (
               select from recommendations.outcomes o
                where o.request_id = i.request_id and o.tutor_id = i.tutor_id and o.kind in ('CHOSEN', 'BOOKED', 'REPEATED')
                  and o.at < i.shown_at + make_interval(days => ${OUTCOME_DAYS})))
        from recommendations.ranking_requests r join recommendations.impressions i on i.request_id = r.id
        join recommendations.tutors t on t.id = i.tutor_id and not t.hidden
       where ${inSpan(day, to)} group by 1, 2) each
     group by 2, 3`.execute(db);
}

/** Sums of the days of a span. */
export async function exposuresOf(em: EntityManager, { from, to }: Days): Promise<ExposureRow[]> {
  const { rows } = await sql<ExposureRow>`
    select e.city, e.is_newcomer as "isNewcomer", sum(e.tutors)::float8 / max(d.days) as tutors,
           sum(e.exposure) as exposure, sum(e.squares) as squares, sum(e.successes)::int as successes
      from recommendations.exposure_days e
     cross join (select count(distinct day) as days from recommendations.exposure_days
                  where day between ${from} and ${to}) d
     where e.day between ${from} and ${to} group by 1, 2`.execute(em.getKysely());
  return rows;
}

function inSpan(from: string, to: string): RawBuilder<boolean> {
  return sql<boolean>`(r.created_at >= ${`${from}T00:00:00Z`}::timestamptz and r.created_at < ${`${to}T00:00:00Z`}::timestamptz
    and r.surface in ('ORDER', 'WISH'))`;
}
