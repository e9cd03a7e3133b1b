import { Migration } from '@mikro-orm/migrations';

/** Calendars that people keep elsewhere, and when they are busy by them. */
export class Migration20261121103000_external_calendars extends Migration {
  override up(): void {
    this.addSql(
      `create table "marketplace"."external_calendars" ("id" uuid not null, "user_id" uuid not null, "kind" text not null, "name" text not null, "sealed_access" text not null, "address_hash" text not null, "host" text not null, "status" text not null, "failure" text null, "failing_since" timestamptz null, "failures" int not null default 0, "last_read_at" timestamptz null, "unrolled_at" timestamptz null, "next_read_at" timestamptz not null, "etag" text null, "last_modified" text null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "external_calendars_due" on "marketplace"."external_calendars" ("next_read_at")`);
    this.addSql(
      `alter table "marketplace"."external_calendars" add constraint "external_calendars_once" unique ("user_id", "address_hash")`,
    );
    this.addSql(
      `create table "marketplace"."busy_times" ("calendar_id" uuid not null, "starts_at" timestamptz not null, "ends_at" timestamptz not null, primary key ("calendar_id", "starts_at"))`,
    );
    this.addSql(
      `alter table "marketplace"."external_calendars" add constraint "external_calendars_name_check" check (length(name) >= 1 and length(name) <= 100)`,
    );
    this.addSql(
      `alter table "marketplace"."external_calendars" add constraint "external_calendars_failing_check" check ((failing_since is null) = (failure is null))`,
    );
    this.addSql(
      `alter table "marketplace"."external_calendars" add constraint "external_calendars_failure_status_check" check ((status = 'UNREADABLE') = (failure is not null))`,
    );
    this.addSql(
      `alter table "marketplace"."external_calendars" add constraint "external_calendars_kind_check" check ("kind" in ('ICS', 'GOOGLE'))`,
    );
    this.addSql(
      `alter table "marketplace"."external_calendars" add constraint "external_calendars_status_check" check ("status" in ('PENDING', 'READABLE', 'UNREADABLE'))`,
    );
    this.addSql(
      `alter table "marketplace"."external_calendars" add constraint "external_calendars_failure_check" check ("failure" in ('ADDRESS_NOT_PUBLIC', 'UNREACHABLE', 'TOO_SLOW', 'TOO_LARGE', 'TOO_MANY_REDIRECTS', 'REFUSED', 'NOT_A_CALENDAR', 'CONSENT_WITHDRAWN'))`,
    );
    this.addSql(
      `alter table "marketplace"."busy_times" add constraint "busy_times_calendar_id_foreign" foreign key ("calendar_id") references "marketplace"."external_calendars" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "marketplace"."busy_times" add constraint "busy_times_span_check" check (ends_at > starts_at)`,
    );
  }
}
