import { Migration } from '@mikro-orm/migrations';

/** Stripe cursors. */
export class Migration20261121142635_stripe_cursors extends Migration {
  override up(): void {
    this.addSql(
      `create table "payments"."stripe_cursors" ("account" text not null, "recovered_until" timestamptz null, "looked_at" timestamptz not null, primary key ("account"))`,
    );
    this.addSql(`create index "stripe_cursors_oldest" on "payments"."stripe_cursors" ("looked_at")`);
  }
}
