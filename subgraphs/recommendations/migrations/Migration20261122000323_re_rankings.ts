import { Migration } from '@mikro-orm/migrations';

/** Re rankings. */
export class Migration20261122000323_re_rankings extends Migration {
  override up(): void {
    this.addSql(
      `create table "recommendations"."re_rankings" ("key" text not null, "places" smallint[] not null, "created_at" timestamptz not null, primary key ("key"))`,
    );
    this.addSql(`create index "re_rankings_oldest" on "recommendations"."re_rankings" ("created_at")`);
  }
}
