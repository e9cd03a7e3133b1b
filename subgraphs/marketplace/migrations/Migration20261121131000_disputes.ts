import { Migration } from '@mikro-orm/migrations';

/** Staff finds the disputes that wait for it. */
export class Migration20261121131000_disputes extends Migration {
  override up(): void {
    this.addSql(
      `create index "bookings_disputed" on "marketplace"."bookings" ("disputed_at", "id") where status = 'DISPUTED'`,
    );
  }
}
