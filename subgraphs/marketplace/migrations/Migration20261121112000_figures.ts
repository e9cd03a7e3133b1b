import { Migration } from '@mikro-orm/migrations';

/** Indexes on time, by which figures are counted. */
export class Migration20261121112000_figures extends Migration {
  override up(): void {
    this.addSql(`create index "orders_by_time" on "marketplace"."orders" ("created_at")`);
    this.addSql(`create index "applications_by_time" on "marketplace"."applications" ("created_at")`);
    this.addSql(
      `create index "applications_chosen_by_time" on "marketplace"."applications" ("decided_at") where status = 'CHOSEN'`,
    );
    this.addSql(
      `create index "bookings_completed" on "marketplace"."bookings" ("completed_at") where status = 'COMPLETED'`,
    );
    this.addSql(
      `create index "bookings_completed_by_tutor" on "marketplace"."bookings" ("tutor_id", "completed_at") where status = 'COMPLETED'`,
    );
    this.addSql(
      `create index "bookings_cancelled" on "marketplace"."bookings" ("cancelled_at") where cancelled_at is not null`,
    );
    this.addSql(`create index "reviews_by_time" on "marketplace"."reviews" ("created_at")`);
  }
}
