import { Migration } from '@mikro-orm/migrations';

/** Delivery order. */
export class Migration20261121173918_delivery_order extends Migration {
  override up(): void {
    this.addSql(`alter table "messaging"."notifications" add "time_zone" text not null default 'UTC'`);
    this.addSql(`drop index "messaging"."deliveries_waiting"`);
    this.addSql(`alter table "messaging"."deliveries" add "priority" smallint not null default 2`);
    this.addSql(`create index "deliveries_newest" on "messaging"."deliveries" ("created_at", "id")`);
    this.addSql(
      `create index "deliveries_waiting" on "messaging"."deliveries" ("channel", "priority", "due_at") where status = 'QUEUED' and digest_id is null`,
    );
  }
}
