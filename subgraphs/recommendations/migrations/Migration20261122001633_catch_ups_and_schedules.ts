import { Migration } from '@mikro-orm/migrations';

/** Catch ups and schedules. */
export class Migration20261122001633_catch_ups_and_schedules extends Migration {
  override up(): void {
    this.addSql(
      `create table "recommendations"."catch_ups" ("id" uuid not null, "removes" boolean not null, "kind" text not null, "after_id" uuid null, "copied" int not null, "started_at" timestamptz not null, "finished_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(
      `create unique index catch_ups_one_runs on recommendations.catch_ups ((true)) where finished_at is null`,
    );
    this.addSql(`alter table "recommendations"."bookings" alter column "student_id" drop not null`);
    this.addSql(`alter table "recommendations"."orders" add "time_zone" text null`);
    this.addSql(`alter table "recommendations"."tutors" add "schedule" jsonb null`);
    this.addSql(
      `alter table "recommendations"."catch_ups" add constraint "catch_ups_kind_check" check ("kind" in ('TUTOR', 'ORDER', 'APPLICATION', 'BOOKING', 'REVIEW'))`,
    );
  }
}
