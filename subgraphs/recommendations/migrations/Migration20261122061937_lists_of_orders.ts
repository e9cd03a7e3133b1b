import { Migration } from '@mikro-orm/migrations';

/** Lists of orders. */
export class Migration20261122061937_lists_of_orders extends Migration {
  override up(): void {
    this.addSql(
      `create table "recommendations"."order_impressions" ("request_id" uuid not null, "order_id" uuid not null, "position" int not null, "score" real not null, "chance" real not null, "shown_at" timestamptz not null, primary key ("request_id", "order_id"))`,
    );
    this.addSql(`alter table "recommendations"."ranking_requests" alter column "model_id" drop not null`);
    this.addSql(
      `alter table "recommendations"."order_impressions" add constraint "order_impressions_request_id_foreign" foreign key ("request_id") references "recommendations"."ranking_requests" ("id") on delete cascade`,
    );
  }
}
