import { Migration } from '@mikro-orm/migrations';

/** Fresh orders. */
export class Migration20261122002630_fresh_orders extends Migration {
  override up(): void {
    this.addSql(
      `create table "recommendations"."fresh_orders" ("order_id" uuid not null, "top" text null, "due_at" timestamptz null, primary key ("order_id"))`,
    );
    this.addSql(
      `create index fresh_orders_due on recommendations.fresh_orders (due_at, order_id) where due_at is not null`,
    );
  }
}
