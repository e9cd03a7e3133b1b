import { Migration } from '@mikro-orm/migrations';

/** Similarity scales. */
export class Migration20261122061419_similarity_scales extends Migration {
  override up(): void {
    this.addSql(
      `alter table "recommendations"."embedding_models" add "usual" double precision null, add "spread" double precision null`,
    );
    this.addSql(
      `alter table "recommendations"."embedding_models" add constraint "embedding_models_scale_check" check ((usual is null) = (spread is null) and spread > 0)`,
    );
  }
}
