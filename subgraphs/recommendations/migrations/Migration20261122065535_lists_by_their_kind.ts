import { Migration } from '@mikro-orm/migrations';

/** Lists by their kind. */
export class Migration20261122065535_lists_by_their_kind extends Migration {
  override up(): void {
    this.addSql(`drop index "recommendations"."ranking_requests_newest"`);
    this.addSql(
      `create index ranking_requests_ranked on recommendations.ranking_requests (created_at, id) include (model_id) where surface in ('ORDER', 'WISH')`,
    );
    this.addSql(
      `create index ranking_requests_beside on recommendations.ranking_requests (created_at, id) where surface in ('SIMILAR', 'ORDERS')`,
    );
  }
}
