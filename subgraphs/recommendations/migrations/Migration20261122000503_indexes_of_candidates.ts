import { Migration } from '@mikro-orm/migrations';

/** Indexes of candidates. */
export class Migration20261122000503_indexes_of_candidates extends Migration {
  override up(): void {
    this.addSql(
      `create index "orders_matched_of_subject" on "recommendations"."orders" ("subject_id", "created_at") where status = 'MATCHED'`,
    );
    this.addSql(
      `create index "offers_newest" on "recommendations"."offers" ("subject_id", "tutor_created_at", "tutor_id") where not hidden`,
    );
  }
}
