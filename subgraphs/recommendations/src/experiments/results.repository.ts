import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Count, CountedVariant } from './analysis/results.rules.js';
import type { Experiment } from './experiment.entity.js';

/** Outcomes are told of at most so long after they happened: that is how long events are kept. */
const LATE_DAYS = 8;

/** What was counted in each variant of an experiment; two statements at most, however many units there are. */
export async function countVariants(em: EntityManager, { id, unit, tally }: Experiment): Promise<CountedVariant[]> {
  if (tally) return tally.map(({ counts, ...variant }) => ({ ...variant, counts: new Map(Object.entries(counts)) }));
  const people =
    unit === 'USER'
      ? sql`1`
      : sql`(select count(*) from recommendations.experiment_participants p where p.exposure_id = x.id)`;
  const { rows: variants } = await sql<Record<'id' | 'key', string> & Record<'share' | 'units' | 'x' | 'xx', number>>`
    select v.id, v.key, v.share, count(m.id)::int as units, coalesce(sum(m.people), 0)::float as x,
           coalesce(sum(m.people * m.people), 0)::float as xx
      from recommendations.experiment_variants v
      left join (select x.id, x.variant_id, ${people} as people from recommendations.experiment_exposures x
                  where x.experiment_id = ${id}) m on m.variant_id = v.id
     where v.experiment_id = ${id} group by v.id order by v.position`.execute(em.getKysely());
  const { rows: counts } = await sql<Count & { variant_id: string; metric: string }>`
    with people as (
      select c.exposure_id, c.metric_id, c.participant_id, count(*) as conversions, sum(c.value) as value
        from recommendations.experiment_conversions c
        join recommendations.experiment_metrics m on m.id = c.metric_id and m.experiment_id = ${id}
       group by 1, 2, 3),
    units as (
      select exposure_id, metric_id, sum(conversions) as conversions, count(*) as converted, sum(value) as value
        from people group by 1, 2),
    counted as (
      select x.variant_id, m.key as metric, u.conversions, ${people}::float as people,
             case m.kind when 'MEAN' then u.value else u.converted end as y
        from units u join recommendations.experiment_metrics m on m.id = u.metric_id
        join recommendations.experiment_exposures x on x.id = u.exposure_id and x.experiment_id = ${id})
    select variant_id, metric, sum(conversions)::int as conversions, count(*)::int as "convertedUnits",
           sum(y)::float as y, sum(y * y)::float as yy, sum(y * people)::float as xy
      from counted where y > 0 group by variant_id, metric`.execute(em.getKysely());
  return variants.map(({ id: variantId, ...variant }) => {
    const own = counts.filter((count) => count.variant_id === variantId);
    return { ...variant, counts: new Map(own.map(({ variant_id: _, metric, ...count }) => [metric, count])) };
  });
}

/** Experiments whose outcomes are still told of. */
export async function findCountable(em: EntityManager, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from recommendations.experiments
     where status in ('RUNNING', 'PAUSED') or completed_at > ${now}::timestamptz - make_interval(days => ${LATE_DAYS})
     order by id`.execute(em.getKysely());
  return rows.map(({ id }) => id);
}

/**
 * Counts what became of tutors in lists that were shown with an experiment's variants, for the units that met it before:
 * each outcome once, however often it is called.
 */
export async function countOutcomes(em: EntityManager, experimentId: string, now: Date): Promise<void> {
  await sql`
    insert into recommendations.experiment_conversions (id, exposure_id, participant_id, metric_id, value, key, at)
    select gen_random_uuid(), x.id, p.id, m.id, 1, o.id::text, o.at
      from recommendations.experiments e
      join recommendations.outcomes o
        on o.at > coalesce(e.counted_at, e.started_at) - make_interval(days => ${LATE_DAYS})
       and o.at <= coalesce(e.completed_at, ${now}::timestamptz)
      join recommendations.experiment_metrics m on m.experiment_id = e.id and m.key = lower(o.kind)
      left join recommendations.ranking_requests r on r.id = o.request_id
      join recommendations.experiment_exposures x on x.experiment_id = e.id and x.at <= o.at
       and x.unit = case e.unit when 'USER' then o.student_id::text
                    else coalesce(r.city, 'online') || ':' || r.subject_id end
      join recommendations.experiment_variants v on v.id = x.variant_id and v.key = o.variants ->> e.id::text
      left join recommendations.experiment_participants p
        on e.unit = 'CLUSTER' and p.exposure_id = x.id and p.user_id = o.student_id and p.at <= o.at
     where e.id = ${experimentId} and (e.unit = 'USER' or p.id is not null)
        on conflict (exposure_id, metric_id, key) do nothing`.execute(em.getKysely());
  await sql`update recommendations.experiments set counted_at = ${now}::timestamptz where id = ${experimentId}`.execute(
    em.getKysely(),
  );
}
