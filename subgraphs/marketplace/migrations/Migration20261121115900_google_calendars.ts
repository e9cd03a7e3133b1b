import { Migration } from '@mikro-orm/migrations';

/** Lessons in people’s Google calendars, and calendars that are still to be cleared of them. */
export class Migration20261121115900_google_calendars extends Migration {
  override up(): void {
    this.addSql(
      `create table "marketplace"."google_departures" ("id" uuid not null, "account_hash" text not null, "sealed_access" text not null, "booking_ids" uuid[] not null, "due_at" timestamptz not null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "google_departures_due" on "marketplace"."google_departures" ("due_at")`);
    this.addSql(
      `create table "marketplace"."google_lessons" ("calendar_id" uuid not null, "booking_id" uuid not null, "written" text null, "claimed_until" timestamptz null, primary key ("calendar_id", "booking_id"))`,
    );
    this.addSql(`create index "google_lessons_of_booking" on "marketplace"."google_lessons" ("booking_id")`);
    this.addSql(`alter table "marketplace"."external_calendars" add "locale" text null`);
    this.addSql(
      `alter table "marketplace"."google_lessons" add constraint "google_lessons_calendar_id_foreign" foreign key ("calendar_id") references "marketplace"."external_calendars" ("id") on update cascade on delete cascade`,
    );
    this.addSql(
      `alter table "marketplace"."google_lessons" add constraint "google_lessons_booking_id_foreign" foreign key ("booking_id") references "marketplace"."bookings" ("id") on update cascade on delete cascade`,
    );
  }
}
