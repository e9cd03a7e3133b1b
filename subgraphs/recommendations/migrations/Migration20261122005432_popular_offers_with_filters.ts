import { Migration } from '@mikro-orm/migrations';

/** Popular offers with filters. */
export class Migration20261122005432_popular_offers_with_filters extends Migration {
  override up(): void {
    this.addSql(`drop index "recommendations"."offers_popular"`);
    this.addSql(
      `create index offers_by_popularity on recommendations.offers (subject_id, popularity, tutor_id) include (levels, rate_minor, currency, city, languages, formats, hours, tutor_created_at) where not hidden`,
    );
  }
}
