import { Migration } from '@mikro-orm/migrations';

/** Experiments: their variants and metrics, who met them, and what was counted. */
export class Migration20261122000005_experiments extends Migration {
  override up(): void {
    this.addSql('create extension if not exists btree_gist with schema public');
    this.addSql(
      `create table "recommendations"."experiments" ("id" uuid not null, "name" text not null, "description" text not null, "unit" text not null, "status" text not null, "exclusion_group" text null, "range_from" int not null, "range_to" int not null, "ramp" jsonb not null, "expected_lift" double precision not null, "owner_id" uuid null, "created_at" timestamptz not null, "started_at" timestamptz null, "ramp_from" timestamptz null, "paused_at" timestamptz null, "breach" jsonb null, "completed_at" timestamptz null, "winner" text null, "counted_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(`create index "experiments_newest" on "recommendations"."experiments" ("created_at", "id")`);
    this.addSql(`create index experiments_running on recommendations.experiments (id) where status = 'RUNNING'`);
    this.addSql(
      `alter table "recommendations"."experiments" add constraint "experiments_ranges_apart" exclude using gist (exclusion_group with =, int4range(range_from, range_to) with &&) where (status in ('RUNNING', 'PAUSED'))`,
    );
    this.addSql(
      `alter table "recommendations"."experiments" add constraint "experiments_units_alike" exclude using gist (exclusion_group with =, unit with <>) where (status in ('RUNNING', 'PAUSED'))`,
    );
    this.addSql(`alter table "recommendations"."experiments" add constraint "experiments_name_unique" unique ("name")`);
    this.addSql(
      `create table "recommendations"."experiment_metrics" ("id" uuid not null, "experiment_id" uuid not null, "key" text not null, "position" int not null, "kind" text not null, "better" text not null, "role" text not null, "harm" double precision null, "most" double precision not null, primary key ("id"))`,
    );
    this.addSql(
      `create unique index experiment_metrics_one_primary on recommendations.experiment_metrics (experiment_id) where role = 'PRIMARY'`,
    );
    this.addSql(
      `alter table "recommendations"."experiment_metrics" add constraint "experiment_metrics_key_unique" unique ("experiment_id", "key")`,
    );
    this.addSql(
      `create table "recommendations"."experiment_variants" ("id" uuid not null, "experiment_id" uuid not null, "key" text not null, "position" int not null, "share" int not null, "payload" jsonb not null, primary key ("id"))`,
    );
    this.addSql(
      `alter table "recommendations"."experiment_variants" add constraint "experiment_variants_key_unique" unique ("experiment_id", "key")`,
    );
    this.addSql(
      `alter table "recommendations"."experiment_variants" add constraint "experiment_variants_place_unique" unique ("experiment_id", "position")`,
    );
    this.addSql(
      `create table "recommendations"."experiment_exposures" ("id" uuid not null, "experiment_id" uuid not null, "unit" text not null, "variant_id" uuid not null, "at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "experiment_exposures_of_unit" on "recommendations"."experiment_exposures" ("unit")`);
    this.addSql(
      `alter table "recommendations"."experiment_exposures" add constraint "experiment_exposures_once" unique ("experiment_id", "unit")`,
    );
    this.addSql(
      `create table "recommendations"."experiment_participants" ("id" uuid not null, "exposure_id" uuid not null, "user_id" uuid null, "at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `create index "experiment_participants_of_user" on "recommendations"."experiment_participants" ("user_id")`,
    );
    this.addSql(
      `alter table "recommendations"."experiment_participants" add constraint "experiment_participants_once" unique ("exposure_id", "user_id")`,
    );
    this.addSql(
      `create table "recommendations"."experiment_conversions" ("id" uuid not null, "exposure_id" uuid not null, "participant_id" uuid null, "metric_id" uuid not null, "value" double precision not null, "key" text not null, "at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `create index "experiment_conversions_of_metric" on "recommendations"."experiment_conversions" ("metric_id")`,
    );
    this.addSql(
      `create index "experiment_conversions_of_participant" on "recommendations"."experiment_conversions" ("participant_id")`,
    );
    this.addSql(
      `alter table "recommendations"."experiment_conversions" add constraint "experiment_conversions_once" unique ("exposure_id", "metric_id", "key")`,
    );
    this.addSql(
      `alter table "recommendations"."experiments" add constraint "experiments_name_check" check (name ~ '^[a-z][a-z0-9-]{2,59}$')`,
    );
    this.addSql(
      `alter table "recommendations"."experiments" add constraint "experiments_range_check" check (range_from >= 0 and range_from < range_to and range_to <= 10000)`,
    );
    this.addSql(
      `alter table "recommendations"."experiments" add constraint "experiments_expected_lift_check" check (expected_lift between 0.01 and 1)`,
    );
    this.addSql(
      `alter table "recommendations"."experiments" add constraint "experiments_started_check" check ((status = 'DRAFT') = (started_at is null))`,
    );
    this.addSql(
      `alter table "recommendations"."experiments" add constraint "experiments_ramp_check" check ((started_at is null) = (ramp_from is null))`,
    );
    this.addSql(
      `alter table "recommendations"."experiments" add constraint "experiments_paused_check" check ((status = 'PAUSED') = (paused_at is not null))`,
    );
    this.addSql(
      `alter table "recommendations"."experiments" add constraint "experiments_breach_check" check (breach is null or status in ('PAUSED', 'COMPLETED'))`,
    );
    this.addSql(
      `alter table "recommendations"."experiments" add constraint "experiments_completed_check" check ((status = 'COMPLETED') = (completed_at is not null))`,
    );
    this.addSql(
      `alter table "recommendations"."experiments" add constraint "experiments_winner_check" check (winner is null or status = 'COMPLETED')`,
    );
    this.addSql(
      `alter table "recommendations"."experiments" add constraint "experiments_unit_check" check ("unit" in ('USER', 'CLUSTER'))`,
    );
    this.addSql(
      `alter table "recommendations"."experiments" add constraint "experiments_status_check" check ("status" in ('DRAFT', 'RUNNING', 'PAUSED', 'COMPLETED'))`,
    );
    this.addSql(
      `alter table "recommendations"."experiment_metrics" add constraint "experiment_metrics_experiment_id_foreign" foreign key ("experiment_id") references "recommendations"."experiments" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "recommendations"."experiment_metrics" add constraint "experiment_metrics_key_check" check (key ~ '^[a-z][a-z0-9_]{0,39}$')`,
    );
    this.addSql(
      `alter table "recommendations"."experiment_metrics" add constraint "experiment_metrics_most_check" check (most > 0 and most <= 1000000000)`,
    );
    this.addSql(
      `alter table "recommendations"."experiment_metrics" add constraint "experiment_metrics_harm_check" check ((role = 'GUARDRAIL') = (harm is not null) and (harm is null or harm between 0 and 10))`,
    );
    this.addSql(
      `alter table "recommendations"."experiment_metrics" add constraint "experiment_metrics_kind_check" check ("kind" in ('PROPORTION', 'MEAN'))`,
    );
    this.addSql(
      `alter table "recommendations"."experiment_metrics" add constraint "experiment_metrics_better_check" check ("better" in ('HIGHER', 'LOWER'))`,
    );
    this.addSql(
      `alter table "recommendations"."experiment_metrics" add constraint "experiment_metrics_role_check" check ("role" in ('PRIMARY', 'SECONDARY', 'GUARDRAIL'))`,
    );
    this.addSql(
      `alter table "recommendations"."experiment_variants" add constraint "experiment_variants_experiment_id_foreign" foreign key ("experiment_id") references "recommendations"."experiments" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "recommendations"."experiment_variants" add constraint "experiment_variants_key_check" check (key ~ '^[a-z][a-z0-9_]{0,39}$')`,
    );
    this.addSql(
      `alter table "recommendations"."experiment_variants" add constraint "experiment_variants_share_check" check (share between 1 and 10000)`,
    );
    this.addSql(
      `alter table "recommendations"."experiment_exposures" add constraint "experiment_exposures_experiment_id_foreign" foreign key ("experiment_id") references "recommendations"."experiments" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "recommendations"."experiment_exposures" add constraint "experiment_exposures_variant_id_foreign" foreign key ("variant_id") references "recommendations"."experiment_variants" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "recommendations"."experiment_participants" add constraint "experiment_participants_exposure_id_foreign" foreign key ("exposure_id") references "recommendations"."experiment_exposures" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "recommendations"."experiment_conversions" add constraint "experiment_conversions_exposure_id_foreign" foreign key ("exposure_id") references "recommendations"."experiment_exposures" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "recommendations"."experiment_conversions" add constraint "experiment_conversions_participant_id_foreign" foreign key ("participant_id") references "recommendations"."experiment_participants" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "recommendations"."experiment_conversions" add constraint "experiment_conversions_metric_id_foreign" foreign key ("metric_id") references "recommendations"."experiment_metrics" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "recommendations"."experiment_conversions" add constraint "experiment_conversions_value_check" check (value >= 0 and value <= 1000000000)`,
    );
    this.variantsAreWhole();
    this.startedIsImmutable();
  }

  /** At the end of each transaction shares are all of it, and one of them is control's. */
  private variantsAreWhole(): void {
    this.addSql(`create function "recommendations"."experiment_is_whole_fn"() returns trigger language plpgsql as $$
      declare subject uuid;
      begin
        if tg_table_name = 'experiments' then subject := new.id;
        elsif tg_op = 'DELETE' then subject := old.experiment_id;
        else subject := new.experiment_id;
        end if;
        if exists (select 1 from recommendations.experiments where id = subject) and (
          select coalesce(sum(share), 0) <> 10000 or not coalesce(bool_or(key = 'control'), false)
            from recommendations.experiment_variants where experiment_id = subject) then
          raise exception 'Shares of an experiment must be 10000 together, one of them of control'
            using errcode = 'check_violation', constraint = 'experiment_variants_whole_check';
        end if;
        return null;
      end $$`);
    for (const [table, on] of [
      ['experiments', 'insert'],
      ['experiment_variants', 'insert or update or delete'],
    ]) {
      this.addSql(
        `create constraint trigger "${table}_whole" after ${on} on "recommendations"."${table}" deferrable initially deferred for each row execute function "recommendations"."experiment_is_whole_fn"()`,
      );
    }
  }

  /** What decides who takes part, what they get and what is counted does not change once an experiment has started. */
  private startedIsImmutable(): void {
    this.addSql(`create function "recommendations"."experiment_parts_immutable_fn"() returns trigger language plpgsql as $$
      declare parent uuid;
      begin
        if tg_op = 'DELETE' then parent := old.experiment_id; else parent := new.experiment_id; end if;
        if exists (select 1 from recommendations.experiments where id = parent and status <> 'DRAFT') then
          raise exception 'Variants and metrics of an experiment that has started do not change'
            using errcode = 'check_violation', constraint = 'started_experiments_immutable_check';
        end if;
        if tg_op = 'DELETE' then return old; end if;
        return new;
      end $$`);
    for (const table of ['experiment_variants', 'experiment_metrics']) {
      this.addSql(
        `create trigger "${table}_immutable" before insert or update or delete on "recommendations"."${table}" for each row execute function "recommendations"."experiment_parts_immutable_fn"()`,
      );
    }
    this.addSql(`create function "recommendations"."started_experiments_immutable_fn"() returns trigger language plpgsql as $$
      begin
        if old.status <> 'DRAFT' and (new.name, new.unit, new.exclusion_group, new.range_from, new.range_to, new.ramp, new.expected_lift)
            is distinct from (old.name, old.unit, old.exclusion_group, old.range_from, old.range_to, old.ramp, old.expected_lift) then
          raise exception 'What decides who takes part does not change after the start'
            using errcode = 'check_violation', constraint = 'started_experiments_immutable_check';
        end if;
        return new;
      end $$`);
    this.addSql(
      `create trigger "experiments_immutable" before update on "recommendations"."experiments" for each row execute function "recommendations"."started_experiments_immutable_fn"()`,
    );
  }
}
