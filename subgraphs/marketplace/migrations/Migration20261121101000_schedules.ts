import { Migration } from '@mikro-orm/migrations';

/** When tutors teach: weekly windows, other windows on single dates, days off. */
export class Migration20261121101000_schedules extends Migration {
  override up(): void {
    this.addSql(
      `create table "marketplace"."schedules" ("tutor_id" uuid not null, "time_zone" text not null, "buffer_before_minutes" int not null, "buffer_after_minutes" int not null, "minimum_notice_minutes" int not null, "booking_window_days" int not null, "daily_limit" int null, "weekly_limit" int null, "slot_step_minutes" int not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("tutor_id"))`,
    );
    this.addSql(
      `create table "marketplace"."schedule_rules" ("id" uuid not null, "tutor_id" uuid not null, "weekday" int not null, "starts_at_minute" int not null, "ends_at_minute" int not null, primary key ("id"))`,
    );
    this.addSql(
      `alter table "marketplace"."schedule_rules" add constraint "schedule_rules_apart" exclude using gist (tutor_id with =, weekday with =, int4range(starts_at_minute, ends_at_minute) with &&)`,
    );
    this.addSql(
      `create table "marketplace"."schedule_overrides" ("id" uuid not null, "tutor_id" uuid not null, "date" date not null, "windows" int4multirange not null, primary key ("id"))`,
    );
    this.addSql(
      `alter table "marketplace"."schedule_overrides" add constraint "schedule_overrides_date_unique" unique ("tutor_id", "date")`,
    );
    this.addSql(
      `create table "marketplace"."days_off" ("id" uuid not null, "tutor_id" uuid not null, "from_date" date not null, "to_date" date not null, primary key ("id"))`,
    );
    this.addSql(
      `alter table "marketplace"."days_off" add constraint "days_off_apart" exclude using gist (tutor_id with =, daterange(from_date, to_date, '[]') with &&)`,
    );
    this.addSql(
      `alter table "marketplace"."schedules" add constraint "schedules_tutor_id_foreign" foreign key ("tutor_id") references "marketplace"."tutors" ("id") on update no action on delete no action`,
    );
    this.addSql(
      `alter table "marketplace"."schedules" add constraint "schedules_time_zone_check" check (length(time_zone) >= 1 and length(time_zone) <= 64)`,
    );
    this.addSql(
      `alter table "marketplace"."schedules" add constraint "schedules_buffer_before_check" check (buffer_before_minutes >= 0 and buffer_before_minutes <= 120)`,
    );
    this.addSql(
      `alter table "marketplace"."schedules" add constraint "schedules_buffer_after_check" check (buffer_after_minutes >= 0 and buffer_after_minutes <= 120)`,
    );
    this.addSql(
      `alter table "marketplace"."schedules" add constraint "schedules_notice_check" check (minimum_notice_minutes >= 0 and minimum_notice_minutes <= 43200)`,
    );
    this.addSql(
      `alter table "marketplace"."schedules" add constraint "schedules_booking_window_check" check (booking_window_days >= 1 and booking_window_days <= 365)`,
    );
    this.addSql(
      `alter table "marketplace"."schedules" add constraint "schedules_daily_limit_check" check (daily_limit >= 1 and daily_limit <= 96)`,
    );
    this.addSql(
      `alter table "marketplace"."schedules" add constraint "schedules_weekly_limit_check" check (weekly_limit >= 1 and weekly_limit <= 672)`,
    );
    this.addSql(
      `alter table "marketplace"."schedules" add constraint "schedules_slot_step_check" check (slot_step_minutes in (5, 10, 15, 30, 60))`,
    );
    this.addSql(
      `alter table "marketplace"."schedule_rules" add constraint "schedule_rules_tutor_id_foreign" foreign key ("tutor_id") references "marketplace"."schedules" ("tutor_id") on delete cascade`,
    );
    this.addSql(
      `alter table "marketplace"."schedule_rules" add constraint "schedule_rules_weekday_check" check (weekday >= 1 and weekday <= 7)`,
    );
    this.addSql(
      `alter table "marketplace"."schedule_rules" add constraint "schedule_rules_minutes_check" check (starts_at_minute >= 0 and starts_at_minute < ends_at_minute and ends_at_minute <= 1440)`,
    );
    this.addSql(
      `alter table "marketplace"."schedule_overrides" add constraint "schedule_overrides_tutor_id_foreign" foreign key ("tutor_id") references "marketplace"."schedules" ("tutor_id") on delete cascade`,
    );
    this.addSql(
      `alter table "marketplace"."schedule_overrides" add constraint "schedule_overrides_windows_check" check (windows <@ '{[0,1440)}'::int4multirange)`,
    );
    this.addSql(
      `alter table "marketplace"."days_off" add constraint "days_off_tutor_id_foreign" foreign key ("tutor_id") references "marketplace"."schedules" ("tutor_id") on delete cascade`,
    );
    this.addSql(
      `alter table "marketplace"."days_off" add constraint "days_off_dates_check" check (from_date <= to_date)`,
    );
  }
}
