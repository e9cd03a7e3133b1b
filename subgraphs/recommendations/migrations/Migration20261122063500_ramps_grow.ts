import { Migration } from '@mikro-orm/migrations';

/** Ramps grow: staff may let more units take part while an experiment runs, and nobody can put units out. */
export class Migration20261122063500_ramps_grow extends Migration {
  override up(): void {
    this.addSql(`create function "recommendations"."reached_share_fn"(ramp jsonb, hours double precision) returns int
      language sql immutable as $$
        select coalesce(max((step ->> 'share')::int), 0) from jsonb_array_elements(ramp) step
         where (step ->> 'afterHours')::double precision <= hours $$`);
    // Clocks of processes differ: what was reached within the last minute may be taken back, and the next minute counts.
    this.addSql(`create or replace function "recommendations"."started_experiments_immutable_fn"() returns trigger language plpgsql as $$
      declare hours double precision;
      begin
        if old.status <> 'DRAFT' and (new.name, new.unit, new.exclusion_group, new.range_from, new.range_to, new.expected_lift)
            is distinct from (old.name, old.unit, old.exclusion_group, old.range_from, old.range_to, old.expected_lift) then
          raise exception 'What decides who takes part does not change after the start'
            using errcode = 'check_violation', constraint = 'started_experiments_immutable_check';
        end if;
        if old.status <> 'DRAFT' and new.ramp is distinct from old.ramp then
          hours := extract(epoch from coalesce(old.paused_at, now()) - old.ramp_from) / 3600;
          if old.status = 'COMPLETED' or recommendations.reached_share_fn(new.ramp, hours + 1.0 / 60)
              < recommendations.reached_share_fn(old.ramp, greatest(hours - 1.0 / 60, 0)) then
            raise exception 'Whoever takes part in an experiment is not put out of it'
              using errcode = 'check_violation', constraint = 'started_experiments_immutable_check';
          end if;
        end if;
        return new;
      end $$`);
  }
}
