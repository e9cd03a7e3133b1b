import { Migration } from '@mikro-orm/migrations';

/** Former models. */
export class Migration20261122004920_former_models extends Migration {
  override up(): void {
    this.addSql(
      `alter table "recommendations"."ranking_models" add "importance" jsonb not null default '[]', add "compared_with_id" uuid null, add "former_id" uuid null`,
    );
  }
}
