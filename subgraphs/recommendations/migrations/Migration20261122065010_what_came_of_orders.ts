import { Migration } from '@mikro-orm/migrations';

/** What came of orders. */
export class Migration20261122065010_what_came_of_orders extends Migration {
  override up(): void {
    this.addSql(
      `alter table "recommendations"."order_impressions" add "opened_at" timestamptz null, add "answered_at" timestamptz null`,
    );
  }
}
