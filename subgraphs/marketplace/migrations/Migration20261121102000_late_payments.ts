import { Migration } from '@mikro-orm/migrations';

/** Money for bookings, decided upon once; who said that a lesson took place; bookings that time moves on. */
export class Migration20261121102000_late_payments extends Migration {
  override up(): void {
    this.addSql(
      `create table "marketplace"."booking_payments" ("payment_id" uuid not null, "booking_id" uuid not null, "accepted" boolean not null, "marked_by" uuid null, "reason" text null, "created_at" timestamptz not null, primary key ("payment_id"))`,
    );
    this.addSql(`create index "booking_payments_of_booking" on "marketplace"."booking_payments" ("booking_id")`);
    this.addSql(`alter table "marketplace"."bookings" add "completed_by" text null, add "dispute_note" text null`);
    this.addSql(`update "marketplace"."bookings" set completed_by = 'SYSTEM' where status = 'COMPLETED'`);
    this.addSql(
      `create index "bookings_to_move_on" on "marketplace"."bookings" ("starts_at") where status = any (array['CONFIRMED', 'IN_PROGRESS'])`,
    );
    this.addSql(
      `alter table "marketplace"."bookings" add constraint "bookings_note_check" check (length(dispute_note) <= 2000)`,
    );
    this.addSql(
      `alter table "marketplace"."bookings" add constraint "bookings_completed_by_check" check ("completed_by" in ('STUDENT', 'TUTOR', 'STAFF', 'SYSTEM'))`,
    );
    this.addSql(
      `alter table "marketplace"."booking_payments" add constraint "booking_payments_booking_id_foreign" foreign key ("booking_id") references "marketplace"."bookings" ("id")`,
    );
    this.addSql(
      `alter table "marketplace"."booking_payments" add constraint "booking_payments_reason_check" check (length(reason) <= 500)`,
    );
    this.addSql(
      `alter table "marketplace"."booking_payments" add constraint "booking_payments_accepted_check" check (accepted or marked_by is null)`,
    );
  }
}
